"""What the signatures of a finished file say, judged by pyHanko (EN 319 102-1); used by tests and as a gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from documents.errors import Refused


@dataclass(frozen=True)
class SignatureStatus:
    """One signature: `intact` bytes, `valid` CMS, `trusted` chain; `coverage` and `modification` by pyHanko's names."""

    field: str
    signer: str
    signed_at: datetime | None
    intact: bool
    valid: bool
    trusted: bool
    coverage: str
    modification: str
    docmdp_ok: bool
    detail: str = ""

    @property
    def sound(self) -> bool:
        """Untouched, correct, from a trusted signer, and nothing changed since but what the document permits."""
        return self.intact and self.valid and self.trusted and self.docmdp_ok and self.modification != "OTHER"


def signatures(path: Path, trust_roots: Sequence[bytes]) -> list[SignatureStatus]:
    """The status of every signature in the order of signing; `trust_roots` is DER certificates. Refused pdf_damaged."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    with path.open("rb") as file:
        try:
            embedded = PdfFileReader(file, strict=False).embedded_regular_signatures
        except (PdfError, ValueError) as error:
            raise Refused("pdf_damaged", str(error)) from error
        context = _context(trust_roots)
        return [_status(one, context) for one in sorted(embedded, key=lambda one: one.signed_revision)]


def all_sound(statuses: Sequence[SignatureStatus]) -> bool:
    """True if there are signatures, all are sound, and the last covers the entire file."""
    return bool(statuses) and all(one.sound for one in statuses) and statuses[-1].coverage == "ENTIRE_FILE"


def _context(trust_roots: Sequence[bytes]) -> Any:
    from asn1crypto import x509
    from pyhanko_certvalidator import ValidationContext

    roots = [x509.Certificate.load(root) for root in trust_roots]
    return ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")


def _status(embedded: Any, context: Any) -> SignatureStatus:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError

    name = str(embedded.field_name)
    try:
        status = validate_pdf_signature(embedded, context)
    except (SignatureValidationError, SigningError, PdfError, ValueError) as error:
        return SignatureStatus(name, "", None, False, False, False, "UNCLEAR", "OTHER", False, str(error))
    return SignatureStatus(
        field=name,
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        signed_at=status.signer_reported_dt,
        intact=bool(status.intact),
        valid=bool(status.valid),
        trusted=bool(status.trusted),
        coverage=status.coverage.name if status.coverage else "UNCLEAR",
        modification=status.modification_level.name if status.modification_level else "OTHER",
        docmdp_ok=bool(status.docmdp_ok),
    )
