"""What a certificate of completion says: who took part, how they were checked, what happened when."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from documents.certificatewords import WORDS


@dataclass(frozen=True)
class CertifiedFile:
    """A file of the agreement; hashes are SHA-256 in hex, as sent and as completed."""

    name: str
    pages: int
    sha256_before: str
    sha256_after: str


@dataclass(frozen=True)
class Party:
    """Someone who took part; `checks` are sentences ("possession of the mailbox"), `signature` a PNG, times aware."""

    name: str
    email: str
    role: str
    checks: tuple[str, ...] = ()
    viewed_at: datetime | None = None
    signed_at: datetime | None = None
    ip: str = ""
    user_agent: str = ""
    signature: bytes | None = None


@dataclass(frozen=True)
class Event:
    """Something that happened; `what` is a sentence in the certificate's language, the time aware."""

    at: datetime
    actor: str
    what: str
    ip: str = ""


@dataclass(frozen=True)
class Certificate:
    """All that a certificate says, in one language (en, zh-Hans, zh-Hant) and one time zone (IANA name)."""

    agreement_id: str
    title: str
    sender: str
    completed_at: datetime
    files: tuple[CertifiedFile, ...]
    parties: tuple[Party, ...]
    events: tuple[Event, ...]
    audit_head: str
    verification_url: str
    language: str = "en"
    zone: str = "UTC"
    product: str = "Signet"

    @property
    def words(self) -> dict[str, str]:
        """The fixed words in the certificate's language; English for others."""
        return WORDS.get(self.language, WORDS["en"])

    def shown(self, moment: datetime | None) -> str:
        """A time in the certificate's zone with its offset; a dash for none."""
        return moment.astimezone(self.tz).isoformat(" ", "seconds") if moment else "-"

    @property
    def tz(self) -> tzinfo:
        """The certificate's time zone."""
        return ZoneInfo(self.zone)


def all_text(content: Certificate) -> str:
    """Every character the certificate may show."""
    digits = "0123456789-:+., /…•·"
    return digits + "".join(content.words.values()) + "".join(_strings(astuple(content)))


def qr_png(text: str) -> bytes:
    """A QR code as PNG, one module 8 pixels wide."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code: Any = QRCode(border=0, box_size=8, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    held = io.BytesIO()
    code.make_image().save(held, "PNG")
    return held.getvalue()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Sequence) and not isinstance(value, bytes):
        for item in value:
            yield from _strings(item)
