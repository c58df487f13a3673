"""Verify one PDF, offline, from its first byte to its last."""

import hashlib
import logging
import mmap
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from documents.verification import agreement, other
from documents.verification.agreement import Reading
from documents.verification.assessing import assess
from documents.verification.breakage import BROKEN
from documents.verification.judge import Judge
from documents.verification.report import Kind, Reason, Report, verdict_of
from documents.verification.syntax import Malformed

OURS = re.compile(rb"/T[ ]?\(certification\)")
SIGNED = re.compile(rb"/ByteRange\s*\[|/Contents\s*<[0-9A-Fa-f]{256}")
ZIP = b"PK\3\4"


def verify(path: Path, trust: Sequence[bytes], *, at: datetime | None = None) -> Report:
    """See `documents.verification.verify`."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    at = at or datetime.now(UTC)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if not (size := file.tell()):
            return _unknown("other", Reason("not_a_pdf"), sha256, 0, at)
        file.seek(0)
        if file.read(len(ZIP)) == ZIP:  # whatever is in it: a bundle has its own verification
            return _unknown("other", Reason("not_a_pdf", "ZIP"), sha256, size, at)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            kind, reading = _read(data, file, trust)
            signatures, reasons = assess(data, reading.found, Judge(trust, reading.evidence), at)
    ordered = tuple(dict.fromkeys([*reading.reasons, *reasons]))
    return Report(verdict_of(ordered), kind, sha256, size, at, tuple(signatures), ordered)


def _unknown(kind: Kind, reason: Reason, sha256: str, size: int, at: datetime) -> Report:
    return Report("unknown", kind, sha256, size, at, reasons=(reason,))


def _read(data: Any, file: Any, trust: Sequence[bytes]) -> tuple[Kind, Reading]:
    signed = SIGNED.search(data) is not None
    if signed and OURS.search(data):
        return "agreement", _agreement(data, file, trust)
    try:
        reading = other.read(data, file, trust)
    except Malformed as error:
        return "other", Reading(reasons=[_unreadable(data, signed, error)])
    if not reading.found:
        reading.reasons.append(Reason("signature_unlinked" if signed else "no_signatures"))
    return "other", reading


def _agreement(data: Any, file: Any, trust: Sequence[bytes]) -> Reading:
    """An agreement by our own reading; when that is not possible, why, with the signatures pyHanko still finds."""
    try:
        return agreement.read(data, trust)
    except Malformed as error:
        reason = Reason(error.code, error.detail)
    except BROKEN as error:
        reason = Reason("structure_damaged", f"{type(error).__name__}: {error}"[:200])
    try:
        reading = other.read(data, file, trust)
    except Malformed:
        reading = Reading()
    reading.reasons.insert(0, reason)
    return reading


def _unreadable(data: Any, signed: bool, error: Malformed) -> Reason:
    """A file that held signatures and cannot be read was damaged; any other is just not readable."""
    if signed:
        head = bytes(data[:5]) == agreement.HEADER
        return Reason("structure_damaged" if head else "header_damaged", error.detail)
    return Reason("unreadable" if b"%PDF-" in bytes(data[:1024]) else "not_a_pdf", error.detail)
