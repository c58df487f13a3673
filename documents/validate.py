"""What the signatures of a finished file say, judged by pyHanko (EN 319 102-1); used by tests and as a gate."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from documents.errors import Refused

LATER = timedelta(days=2 * 365)  # every certificate of a signer may have ended by then
SKEW = timedelta(seconds=30)  # clocks of time-stamping authorities may be ahead
WHOLE = "ENTIRE_FILE"
UNPROVEN = ("REVOKED_NO_POE", "REVOKED_CA_NO_POE", "NO_POE", "OUT_OF_BOUNDS_NO_POE")

for judge in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(judge).setLevel(logging.CRITICAL)  # what it finds is returned


@dataclass(frozen=True)
class SignatureStatus:
    """One signature: `intact` bytes, `valid` CMS, `trusted` chain; `coverage` and `modification` by pyHanko's names.

    `stamped_at` is the time of its time stamp, if that is sound; `end` is where the signed bytes end. `last` says that
    the entire file is covered: by this signature, or after it by nothing but sound document time stamps.
    """

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
    stamped_at: datetime | None = None
    last: bool = False
    end: int = 0

    @property
    def untouched(self) -> bool:
        """Correct, and nothing changed since but what the document permits, whoever signed."""
        return self.intact and self.valid and self.docmdp_ok and self.modification != "OTHER"

    @property
    def sound(self) -> bool:
        """Untouched, correct, from a trusted signer, and nothing changed since but what the document permits."""
        return self.untouched and self.trusted


def signatures(path: Path, trust_roots: Sequence[bytes]) -> list[SignatureStatus]:
    """The status of every signature in the order of signing; `trust_roots` is DER certificates. Refused pdf_damaged.

    Document time stamps are judged too, and show in `last`. Revocation is not looked at; `flaws` does.
    """
    with path.open("rb") as file:
        embedded = _embedded(file)
        context = _context(trust_roots)
        signed, stamps = _split(embedded)
        stamped = _all_stamp(stamps, context)
        return [_status(one, context, stamped and one is signed[-1], bool(stamps)) for one in signed]


def all_sound(statuses: Sequence[SignatureStatus]) -> bool:
    """True if there are signatures, all are sound, and the last, or what stamps it, covers the entire file."""
    return bool(statuses) and all(one.sound for one in statuses) and statuses[-1].last


def flaws(path: Path, roots: Sequence[bytes], *, archived: bool, after: int = 0, unstamped: bool = False) -> list[str]:
    """What keeps a file from being called done, in words for logs; nothing if every signature is sound.

    `roots` is DER certificates. `archived` asks for PAdES B-LTA: every signature passes the validation of EN 319 102-1,
    5.6.3 from what the file itself holds, now and in two years, revocation included, and a document time stamp covers
    the entire file. Nothing is fetched: the last time stamp's revocation data has to be recent, as it is when made. Of
    signatures that end at or before offset `after`, those of strangers in an upload, no more is asked than that they
    are untouched. `unstamped` is for files begun before signatures carried time stamps: one without holds now, by what
    the file itself holds, and the document time stamp proves since when (EN 319 142-1, 6.3).
    """
    try:
        return _archive_flaws(path, roots, after, unstamped) if archived else _present_flaws(path, roots, after)
    except Refused as error:
        return [str(error)]


def only_unproven(found: Sequence[str]) -> bool:
    """Whether all that `flaws` tells is that nothing proves a certificate older than its revocation (EN 319 102-1)."""
    return all(any(f": {code}: " in one for code in UNPROVEN) for one in found)


def _present_flaws(path: Path, roots: Sequence[bytes], after: int) -> list[str]:
    found = signatures(path, roots)
    if not found:
        return ["it carries no signature"]
    unsound = [_told(one) for one in found if not (one.sound if one.end > after else one.untouched)]
    return unsound + ([] if found[-1].last else ["something follows the last signature"])


def _archive_flaws(path: Path, roots: Sequence[bytes], after: int, unstamped: bool) -> list[str]:
    with path.open("rb") as file:
        embedded = _embedded(file)
        everybody, stamps = _split(embedded)
        signed = [one for one in everybody if _end(one) > after]
        if not signed or not stamps:
            return ["it carries no signature" if not signed else "no document time stamp follows the last signature"]
        if embedded[-1].evaluate_signature_coverage().name != WHOLE:
            return ["something follows the last document time stamp"]
        strangers = signatures(path, roots) if len(signed) < len(everybody) else []
        touched = [_told(one) for one in strangers if one.end <= after and not one.untouched]
        return touched + asyncio.run(_long_term_flaws(signed, _specification(roots), unstamped))


def _told(status: SignatureStatus) -> str:
    return f"{status.field}: {status.detail or status}"


def _end(embedded: Any) -> int:
    """Where the signed bytes end."""
    return int(sum(list(embedded.byte_range)[-2:]))


async def _long_term_flaws(signed: Sequence[Any], specification: Any, unstamped: bool) -> list[str]:
    from pyhanko.sign.validation.ades import ades_lta_validation, simulate_future_ades_lta_validation

    found = []
    for one in signed:
        try:
            now = await ades_lta_validation(one, specification)
            if unstamped and not _carries_stamp(one):
                found += [f"{one.field_name}: {flaw}" for flaw in [_flaw_held(now)] if flaw]
                continue
            proved = now.oldest_evidence_record_timestamp  # held since; certificates may have ended by now
            later = await simulate_future_ades_lta_validation(one, specification, datetime.now(UTC) + LATER, proved)
        except _unacceptable() as error:
            found.append(f"{one.field_name}: {type(error).__name__}: {error}")
            continue
        found += [f"{one.field_name}: {flaw}" for flaw in (_flaw_now(now), _flaw_later(later)) if flaw]
    return found


def _carries_stamp(embedded: Any) -> bool:
    """Whether a signature has a time stamp of its own, sound or not."""
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

    return any(True for _ in extract_tst_data_iter(embedded.signer_info, signed=False))


def _flaw_now(result: Any) -> str:
    return _failed(result) or _flaw_held(result)


def _flaw_held(result: Any) -> str:
    if result.oldest_evidence_record_timestamp is None:
        return "its document time stamps do not hold"
    if not result.api_status or not result.api_status.bottom_line:
        return f"not sound: {result.api_status and result.api_status.summary()}"
    return ""


def _flaw_later(result: Any) -> str:
    failed = _failed(result)
    return f"in two years: {failed}" if failed else ""


def _failed(result: Any) -> str:
    from pyhanko.sign.ades.report import AdESPassed

    return "" if result.ades_subindic is AdESPassed.OK else f"{result.ades_subindic.name}: {result.failure_msg}"


class _Remembering:
    """A policy on changes after signing that looks at the same revisions once.

    pyHanko looks at the changes since every signature for each validation of each of them: twenty signers would take
    half a minute.
    """

    def __init__(self, policy: Any) -> None:
        self._policy = policy
        self._reviews: dict[Any, Any] = {}

    def apply(self, old: Any, new: Any, field_mdp_spec: Any = None, doc_mdp: Any = None) -> Any:
        """As the policy says."""
        return self._policy.apply(old, new, field_mdp_spec=field_mdp_spec, doc_mdp=doc_mdp)

    def review_file(self, reader: Any, base_revision: Any, field_mdp_spec: Any = None, doc_mdp: Any = None) -> Any:
        """As the policy says, or has said before."""
        key = (reader, base_revision, repr(field_mdp_spec), doc_mdp)
        if key not in self._reviews:
            self._reviews[key] = self._policy.review_file(reader, base_revision, field_mdp_spec, doc_mdp)
        return self._reviews[key]


def _specification(roots: Sequence[bytes]) -> Any:
    """Nothing is fetched, and the state of every certificate below a root has to be known."""
    from asn1crypto import x509
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY
    from pyhanko.sign.validation import policy_decl
    from pyhanko_certvalidator.context import CertValidationPolicySpec
    from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
    from pyhanko_certvalidator.registry import SimpleTrustManager

    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=[x509.Certificate.load(root) for root in roots]),
        revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("require")),
        time_tolerance=SKEW,
    )
    gathering = policy_decl.RevocationInfoGatheringSpec(policy_decl.RevinfoOnlineFetchingRule.LOCAL_ONLY)
    signature = policy_decl.SignatureValidationSpec(policy, gathering, key_usage_settings=_usage())
    changes: Any = _Remembering(DEFAULT_DIFF_POLICY)
    return policy_decl.PdfSignatureValidationSpec(signature, changes)


def _usage() -> Any:
    """A certificate that signs documents is made for signatures or for commitments (RFC 5280, 4.2.1.3)."""
    from pyhanko.sign.validation.settings import KeyUsageConstraints

    return KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)


def _context(trust_roots: Sequence[bytes]) -> Any:
    from asn1crypto import x509
    from pyhanko_certvalidator import ValidationContext

    roots = [x509.Certificate.load(root) for root in trust_roots]
    return ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")


def _embedded(file: Any) -> list[Any]:
    """Signatures and document time stamps in the order of signing. Refused pdf_damaged."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        return list(PdfFileReader(file, strict=False).embedded_signatures)
    except (PdfError, ValueError) as error:
        raise Refused("pdf_damaged", str(error)) from error


def _split(embedded: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """The signatures, and the document time stamps behind the last of them."""
    signed = [one for one in embedded if one.sig_object_type == "/Sig"]
    behind = embedded[embedded.index(signed[-1]) + 1 :] if signed else embedded
    return signed, list(behind)


def _unacceptable() -> tuple[type[Exception], ...]:
    """What pyHanko raises for a signature that it cannot judge."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation.errors import SignatureValidationError

    return SignatureValidationError, SigningError, PdfError, ValueError


def _all_stamp(stamps: Sequence[Any], context: Any) -> bool:
    """Whether these document time stamps are sound, and the last covers the entire file."""
    from pyhanko.sign.validation import validate_pdf_timestamp

    try:
        found = [validate_pdf_timestamp(one, context) for one in stamps]
    except _unacceptable():
        return False
    sound = all(one.intact and one.valid and one.trusted for one in found)
    return bool(found) and sound and _coverage(found[-1]) == WHOLE


def _status(embedded: Any, context: Any, stamped: bool, followed: bool) -> SignatureStatus:
    from pyhanko.sign.validation import validate_pdf_signature

    name = str(embedded.field_name)
    try:
        status = validate_pdf_signature(embedded, context, key_usage_settings=_usage())
    except _unacceptable() as error:
        return SignatureStatus(name, "", None, False, False, False, "UNCLEAR", "OTHER", False, str(error))
    coverage = _coverage(status)
    return SignatureStatus(
        field=name,
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        signed_at=status.signer_reported_dt,
        intact=bool(status.intact),
        valid=bool(status.valid),
        trusted=bool(status.trusted),
        coverage=coverage,
        modification=status.modification_level.name if status.modification_level else "OTHER",
        docmdp_ok=bool(status.docmdp_ok),
        stamped_at=_time_of(status.timestamp_validity),
        last=stamped or (coverage == WHOLE and not followed),
        end=_end(embedded),
    )


def _coverage(status: Any) -> str:
    return str(status.coverage.name) if status.coverage else "UNCLEAR"


def _time_of(stamp: Any) -> datetime | None:
    sound = stamp and stamp.valid and stamp.intact and stamp.trusted
    return stamp.timestamp if sound else None
