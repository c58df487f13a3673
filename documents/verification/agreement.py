"""A file that Signet prepared: certified, then one planned update after the other, each read to its last byte."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from asn1crypto import crl, ocsp, x509

from documents.values import Ref, Value
from documents.verification import canonical, changes, form, ranges, sections, updates
from documents.verification.assessing import Found
from documents.verification.breakage import BROKEN
from documents.verification.judge import Evidence
from documents.verification.report import Reason, Role
from documents.verification.sections import LAST, Sections
from documents.verification.syntax import Malformed, StreamObject, text
from documents.verification.updates import Update

HEADER = b"%PDF-"
SIGNING = re.compile(rb"/ByteRange\s*\[|/Contents\s*<[0-9A-Fa-f]{64}")


@dataclass
class Reading:
    """The signatures of an agreement in order, what proves them, and everything that is not as planned."""

    found: list[Found] = field(default_factory=list)
    evidence: Evidence = field(default_factory=Evidence)
    reasons: list[Reason] = field(default_factory=list)


def read(data: Any, trust: Sequence[bytes]) -> Reading:
    """Read a whole agreement; raises Malformed when its structure cannot be followed at all."""
    demand_ends(data)
    held = sections.read(data)
    first = _certification(held)
    history = [updates.read(held, revision) for revision in range(first, len(held.items))]
    reading = Reading()
    names = list(_judged(held, history, reading))
    covered = _covered(data, history, names, reading)
    reading.evidence = _evidence(held, reading)
    after = [_kind(held, update) for update in history]
    bad = {reason.field: reason.code for reason in reading.reasons}
    for place, (update, name, range_) in enumerate(zip(history, names, covered, strict=True)):
        later = [
            label
            for kind, other in zip(after[place + 1 :], names[place + 1 :], strict=True)
            for label in ((bad[other],) if other in bad else kind)
        ]
        reading.found.append(_found(held, update, name, range_, tuple(dict.fromkeys(later))))
    demand_last_canonical(data, reading, trust)
    return reading


def demand_ends(data: Any) -> None:
    """Raises Malformed for a file that does not begin and end as a PDF does."""
    if bytes(data[: len(HEADER)]) != HEADER:
        raise Malformed("header_damaged")
    ends = [found.end() for found in LAST.finditer(data, max(len(data) - (1 << 20), 0))]
    if ends and ends[-1] != len(data):
        cut = SIGNING.search(data, ends[-1]) is not None  # an update that was begun
        raise Malformed("end_missing" if cut else "bytes_after_end", f"{len(data) - ends[-1]} bytes")


def _certification(held: Sections) -> int:
    """The number of the section that brought the certification signature."""
    last = len(held.items) - 1
    control = form.read(held, last).controls.get(form.CERTIFICATION)
    value = control.entries.get("/V") if control else None
    place = held.place(value.number, last) if isinstance(value, Ref) else None
    if place is None or place.container:
        raise Malformed("certification_missing")
    for number, section in enumerate(held.items):
        if number and held.items[number - 1].end <= place.offset < section.offset:
            return number
    raise Malformed("certification_missing", "not in an update")


def _judged(held: Sections, history: Sequence[Update], reading: Reading) -> Iterator[str]:
    """The field of each update, after noting what in it was not planned."""
    planned = form.read(held, history[0].revision)
    names: list[str] = []
    for place, update in enumerate(history):
        try:
            if place == 0:
                changes.certified(held, planned, update)
                name = form.CERTIFICATION
            elif update.archive:
                name = changes.demand_archive(held, update)
            else:
                name = changes.demand_signing(held, planned, update)
        except Malformed as error:
            name = _name_of(update)
            reading.reasons.append(Reason(error.code, error.detail, name))
        names.append(name)
        yield name
    if missing := changes.unsigned(planned, names):
        reading.reasons.append(Reason("incomplete", ", ".join(missing)))


def _name_of(update: Update) -> str:
    mine = Ref(update.signature.number, update.signature.generation)
    held = (one.value for one in update.objects.values() if isinstance(one.value, dict))
    return next((text(entries.get("/T")) for entries in held if entries.get("/V") == mine), "")


def _covered(data: Any, history: Sequence[Update], names: Sequence[str], reading: Reading) -> list[ranges.Range | None]:
    """What each signature covers: from the first byte to the end of its own update, without its own value."""
    covered: list[ranges.Range | None] = []
    for update, name in zip(history, names, strict=True):
        try:
            covered.append(_range(data, update))
        except Malformed as error:
            covered.append(None)
            reading.reasons.append(Reason(error.code, error.detail, name))
    return covered


def _range(data: Any, update: Update) -> ranges.Range:
    found = ranges.checked(data, update.value)
    own = update.signature
    if not own.start < found.opened < found.closed < own.end:
        raise Malformed("byterange_wrong", "the gap is in another object")
    if found.end != update.section.end:
        raise Malformed("byterange_wrong", f"it ends at {found.end}, its revision at {update.section.end}")
    return found


def _kind(held: Sections, update: Update) -> tuple[str, ...]:
    if update.archive:
        return ("archive_data",)
    filled = sum(held.place(number, update.revision - 1) is not None for number in update.objects)
    return ("form_filling", "signature_added") if filled > 1 else ("signature_added",)


def _found(held: Sections, update: Update, name: str, covered: ranges.Range | None, later: tuple[str, ...]) -> Found:
    level = changes.docmdp(held, update)
    role: Role = "time_stamp" if update.archive else "certification" if level else "approval"
    return Found(name, role, covered, text(update.value.get("/M")), level, later)


def _evidence(held: Sections, reading: Reading) -> Evidence:
    """What the security store holds at the end (ISO 32000-2, 12.8.4.3)."""
    last = len(held.items) - 1
    store = held.resolve(form.catalog(held, last).get("/DSS"), last)
    try:
        return Evidence(
            _loaded(held, last, store, "/Certs", x509.Certificate.load),
            _loaded(held, last, store, "/OCSPs", ocsp.OCSPResponse.load),
            _loaded(held, last, store, "/CRLs", crl.CertificateList.load),
        )
    except (Malformed, *BROKEN) as error:
        reading.reasons.append(Reason("dss_changed", str(error)[:200]))
        return Evidence()


def _loaded(held: Sections, at: int, store: Value, key: str, load: Callable[..., Any]) -> list[Any]:
    listed = held.resolve(store.get(key), at) if isinstance(store, dict) else None
    parsed = []
    for item in listed or []:
        stream = held.resolve(item, at)
        if not isinstance(stream, StreamObject):
            raise Malformed("dss_changed", key)
        parsed.append(load(stream.decoded(), strict=True))
    return parsed


def demand_last_canonical(data: Any, reading: Reading, trust: Sequence[bytes]) -> None:
    """Later signatures cover the values of all earlier ones; only the last value must be held against its form."""
    last = reading.found[-1].covered
    if last is None:
        return
    try:
        ranges.demand_lower_case(data, last)
        canonical.demand(last.cms, [*trust, *(one.dump() for one in reading.evidence.certificates)])
    except Malformed as error:
        reading.reasons.append(Reason(error.code, error.detail, reading.found[-1].field))
    except BROKEN as error:
        reading.reasons.append(Reason("signature_invalid", str(error)[:200], reading.found[-1].field))
