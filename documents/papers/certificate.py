"""What a certificate of completion says: who took part, how they were checked, what happened when, what proves it."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from documents.papers.certificatewords import WORDS


@dataclass(frozen=True)
class CertifiedFile:
    """A file of the agreement; hashes are SHA-256 in hex, as sent and as completed."""

    name: str
    pages: int
    sha256_before: str
    sha256_after: str


@dataclass(frozen=True)
class SigningCertificate:
    """The certificate of a person's digital signature, and the time stamp on it; the serial number in hex."""

    subject: str
    issuer: str
    serial: str
    stamped_at: datetime | None = None
    stamped_by: str = ""


@dataclass(frozen=True)
class Party:
    """Someone who took part; `checks` are sentences ("possession of the mailbox"), times aware.

    `signature` is an encoded picture (`documents.pictures`), `consent` the version of the text that was accepted.
    """

    name: str
    email: str
    role: str
    checks: tuple[str, ...] = ()
    viewed_at: datetime | None = None
    consented_at: datetime | None = None
    consent: str = ""
    signed_at: datetime | None = None
    ip: str = ""
    user_agent: str = ""
    signature: bytes | None = None
    certificate: SigningCertificate | None = None


@dataclass(frozen=True)
class Event:
    """Something that happened; `what` is a sentence in the certificate's language, the time aware."""

    at: datetime
    actor: str
    what: str
    ip: str = ""


@dataclass(frozen=True)
class Assurance:
    """What the document's signatures are, said honestly.

    `archive_by` names the authority whose time stamp keeps the document, `trial` tells that it is the suite's own;
    `provider` tells that an outside provider issued the signers' certificates.
    """

    archive_at: datetime | None = None
    archive_by: str = ""
    trial: bool = False
    provider: bool = False


@dataclass(frozen=True)
class Certificate:
    """All that a certificate says, in one language (en, zh-Hans, zh-Hant) and one time zone (IANA name).

    `consent` is the text that signers accepted, in this language, and its version.
    """

    agreement_id: str
    title: str
    sender: str
    completed_at: datetime
    files: tuple[CertifiedFile, ...]
    parties: tuple[Party, ...]
    events: tuple[Event, ...]
    audit_head: str
    verification_url: str
    assurance: Assurance = Assurance()
    consent: tuple[str, str] = ("", "")
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
