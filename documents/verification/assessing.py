"""From signatures that were found to what is said of each: proven times, levels, trust."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from asn1crypto import cms
from pyhanko.pdf_utils.generic import parse_pdf_date

from documents.verification import judge
from documents.verification.breakage import BROKEN
from documents.verification.judge import Judge, Opinion
from documents.verification.ranges import Digests, Range
from documents.verification.report import Reason, Role, Signature


@dataclass(frozen=True)
class Found:
    """A signature as it stands in the file; `covered` is None when it does not say rightly what it covers."""

    field: str
    role: Role
    covered: Range | None
    claimed: str = ""
    docmdp: int | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Proof:
    """The present, or the time of the nearest time stamp around, and whether such a one is there."""

    moment: datetime
    stamped: bool = False


def assess(data: Any, found: Sequence[Found], judging: Judge, at: datetime) -> tuple[list[Signature], list[Reason]]:
    """What is said of each signature, in the order given (the order of signing), and why not all is well."""
    digests = Digests(data, [one.covered for one in found if one.covered], hashlib.new)
    signatures: list[Signature] = []
    reasons: list[Reason] = []
    proof = _Proof(at)
    for one in reversed(found):
        signature, problems, proof = _assess(one, len(data), judging, digests, proof)
        signatures.insert(0, signature)
        reasons = [*problems, *reasons]
    return signatures, reasons


def _assess(
    found: Found, size: int, judging: Judge, digests: Digests, proof: _Proof
) -> tuple[Signature, list[Reason], _Proof]:
    signature = Signature(
        found.field, found.role, claimed_time=_time(found.claimed), docmdp=found.docmdp, changes=found.changes
    )
    if found.covered is None:
        return signature, [], proof
    signature = replace(signature, coverage="entire_file" if found.covered.end == size else "revision")
    try:
        signed = judge.load(found.covered.cms)
        digest = _digest(digests, found.covered)
        if found.role == "time_stamp":
            return _stamp(signature, judging.time_stamp(signed, digest, proof.moment), proof)
        signature = replace(signature, claimed_time=signature.claimed_time or judge.claimed_time(signed))
        return *_person(signature, judging, signed, digest, proof), proof
    except BROKEN as error:
        return signature, [Reason("signature_invalid", str(error)[:200], found.field)], proof


def _digest(digests: Digests, covered: Range) -> Callable[[str], bytes]:
    return lambda algorithm: digests.of(algorithm, covered)


def _stamp(signature: Signature, opinion: Opinion, proof: _Proof) -> tuple[Signature, list[Reason], _Proof]:
    """A document time stamp: what it covers existed at its time (EN 319 102-1, 5.6.2)."""
    proven = opinion.trusted and opinion.at is not None and opinion.at <= proof.moment
    told = replace(_told(signature, opinion), trusted_time=opinion.at if proven else None)
    reasons = _reasons(signature.field, opinion, proof.stamped)
    if opinion.trusted and not proven:
        reasons.append(Reason("timestamp_wrong", "later than what covers it", signature.field))
    return told, reasons, _Proof(opinion.at, True) if proven and opinion.at else proof


def _person(
    signature: Signature, judging: Judge, signed: cms.SignedData, digest: Callable[[str], bytes], proof: _Proof
) -> tuple[Signature, list[Reason]]:
    token, over = judge.token_of(signed)
    stamp = judging.time_stamp(token, over, proof.moment) if token is not None else None
    moment, reasons = proof.moment, list[Reason]()
    if stamp is not None:
        reasons = [_of_stamp(one) for one in _reasons(signature.field, stamp, proof.stamped)]
        if stamp.trusted and stamp.at:
            moment = stamp.at
            if moment > proof.moment:
                reasons.append(Reason("timestamp_wrong", "later than what covers it", signature.field))
    proven = proof.stamped or moment is not proof.moment
    opinion = judging.signature(signed, digest, moment)
    reasons += _reasons(signature.field, opinion, proven)
    told = replace(_told(signature, opinion), trusted_time=moment if proven else None)
    return replace(told, level=_level(opinion, stamp, proof)), reasons


def _told(signature: Signature, opinion: Opinion) -> Signature:
    return replace(
        signature, signer=opinion.signer, issuer=opinion.issuer, intact=opinion.intact, valid=opinion.valid,
        trusted=opinion.trusted,
    )  # fmt: skip


def _level(opinion: Opinion, stamp: Opinion | None, proof: _Proof) -> str:
    """The PAdES baseline level that is reached (EN 319 142-1, 6)."""
    if not (opinion.intact and opinion.valid):
        return ""
    if stamp is None or not stamp.trusted:
        return "B-B"
    if not (opinion.trusted and opinion.revocation_known):
        return "B-T"
    return "B-LTA" if proof.stamped else "B-LT"


def _reasons(field: str, opinion: Opinion, proven: bool) -> list[Reason]:
    if not opinion.problem:
        return []
    code = "certificate_not_valid_then" if opinion.problem == "certificate_ended" and proven else opinion.problem
    return [Reason(code, opinion.detail, field)]


def _of_stamp(reason: Reason) -> Reason:
    """A time stamp that is over something else does not mean that the document was changed."""
    code = "timestamp_wrong" if reason.code in ("bytes_changed", "signature_invalid") else reason.code
    return replace(reason, code=code)


def _time(text: str) -> datetime | None:
    try:
        parsed: datetime | None = parse_pdf_date(text) if text else None
    except BROKEN:
        return None
    return parsed if parsed and parsed.tzinfo else None
