"""The cross-reference sections of a file and its objects as they stood after each of them (ISO 32000-2, 7.5)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.values import Ref, Value
from documents.verification import syntax
from documents.verification.syntax import IndirectObject, Malformed, StreamObject

LAST = re.compile(rb"startxref\r?\n(\d{1,12})\r?\n%%EOF(?:\r\n|\n|\r)?")
TAIL = 64  # bytes: a file ends with startxref, its offset and %%EOF
TABLE = re.compile(rb"xref[ ]*\r?\n")
RUN = re.compile(rb"(\d{1,10}) (\d{1,10})[ ]*\r?\n")
ROW = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)")
TRAILER = re.compile(rb"trailer[\x00\t\n\x0c\r ]*(?=<<)")
MOST_SECTIONS = 2_000
MOST_OBJECTS = 2_000_000


@dataclass(frozen=True)
class Place:
    """Where an object is: at an offset, or as the n-th one in an object stream; neither for a free one."""

    offset: int = 0
    generation: int = 0
    container: int = 0
    index: int = 0
    free: bool = False


@dataclass(frozen=True)
class Section:
    """A cross-reference section: its offset, where its %%EOF line ends, its trailer, and what it lists."""

    offset: int
    end: int
    trailer: Mapping[str, Value]
    places: Mapping[int, Place]
    number: int | None = None  # the object number, for a stream


class Sections:
    """All sections of a file, oldest first, and the objects by what the sections say."""

    def __init__(self, data: Any, items: Sequence[Section]) -> None:
        self.data, self.items = data, items
        self._objects: dict[int, IndirectObject] = {}
        self._contained: dict[int, Mapping[int, tuple[int, Value]]] = {}

    def get(self, ref: Ref, revision: int) -> Value:
        """The value of an object after section number `revision`; None for one that is not there."""
        place = self.place(ref.number, revision)
        if place is None or place.free or place.generation != ref.generation:
            return None
        if place.container:
            return self._in_stream(ref.number, place, revision)
        found = self.object_at(place.offset)
        if (found.number, found.generation) != (ref.number, ref.generation):
            raise Malformed("xref_wrong", f"object {ref.number} is not at {place.offset}")
        return found.value

    def place(self, number: int, revision: int) -> Place | None:
        """Where an object stood after section number `revision`."""
        return next((s.places[number] for s in reversed(self.items[: revision + 1]) if number in s.places), None)

    def resolve(self, value: Value, revision: int) -> Value:
        """The value, or the object that it refers to."""
        return self.get(value, revision) if isinstance(value, Ref) else value

    def object_at(self, offset: int) -> IndirectObject:
        """The object at an offset, read once."""
        if offset not in self._objects:
            self._objects[offset] = syntax.object_at(self.data, offset)
        return self._objects[offset]

    def _in_stream(self, number: int, place: Place, revision: int) -> Value:
        container = self.place(place.container, revision)
        if container is None or container.container or container.free:
            raise Malformed("xref_wrong", f"object {number} is in no stream")
        if container.offset not in self._contained:
            self._contained[container.offset] = _contained(self.object_at(container.offset).value)
        held = self._contained[container.offset].get(place.index)
        if held is None or held[0] != number:
            raise Malformed("xref_wrong", f"object {number} is not in its stream")
        return held[1]


def read(data: Any) -> Sections:
    """Every section that the last one leads to; raises Malformed for loops, hybrids and whatever reads doubtfully."""
    ends = [found for found in LAST.finditer(data, max(len(data) - TAIL, 0)) if found.end() == len(data)]
    if not ends:
        raise Malformed("structure_damaged", "no startxref at the end")
    items, offset, end = [], int(ends[-1][1]), len(data)
    while True:
        section = _section(data, offset, end)
        items.append(section)
        previous = section.trailer.get("/Prev")
        if previous is None:
            return Sections(data, items[::-1])
        if type(previous) is not int or not 0 < previous < offset or len(items) > MOST_SECTIONS:
            raise Malformed("xref_wrong", f"/Prev {previous} at {offset}")
        offset, end = previous, _end(data, previous)


def _end(data: Any, offset: int) -> int:
    found = LAST.search(data, offset)
    if found is None or int(found[1]) != offset:
        raise Malformed("xref_wrong", f"the section at {offset} has no end")
    return found.end()


def _section(data: Any, offset: int, end: int) -> Section:
    if not 0 < offset < end:
        raise Malformed("xref_wrong", f"no section at {offset}")
    table = TABLE.match(data, offset)
    section = _table(data, offset, table.end(), end) if table else _stream(data, offset, end)
    if "/Encrypt" in section.trailer or "/XRefStm" in section.trailer:
        raise Malformed("xref_wrong", f"a hybrid or encrypted section at {offset}")
    return section


def _table(data: Any, offset: int, at: int, end: int) -> Section:
    places: dict[int, Place] = {}
    while run := RUN.match(data, at):
        first, count = int(run[1]), int(run[2])
        at = run.end()
        if count * 20 > len(data) - at or first + count > MOST_OBJECTS:
            raise Malformed("xref_wrong", f"a run of {count} at {at}")
        for number in range(first, first + count):
            row = ROW.match(data, at)
            if row is None or number in places:
                raise Malformed("xref_wrong", f"entry {number} at {at}")
            places[number] = Place(int(row[1]), int(row[2]), free=row[3] == b"f")
            at = row.end()
    found = TRAILER.match(data, at)
    trailer, at = syntax.value_at(data, found.end()) if found else (None, at)
    if not isinstance(trailer, dict) or (final := LAST.match(data, syntax.skip(data, at))) is None:
        raise Malformed("xref_wrong", f"the table at {offset} has no trailer")
    if final.end() != end or int(final[1]) != offset:
        raise Malformed("xref_wrong", f"the table at {offset} ends elsewhere")
    return Section(offset, end, trailer, places)


def _stream(data: Any, offset: int, end: int) -> Section:
    found = syntax.object_at(data, offset)
    held = found.value
    if not isinstance(held, StreamObject) or held.entries.get("/Type") != "/XRef":
        raise Malformed("xref_wrong", f"no cross-reference stream at {offset}")
    final = LAST.match(data, syntax.skip(data, found.end))
    if final is None or final.end() != end or int(final[1]) != offset:
        raise Malformed("xref_wrong", f"the stream at {offset} ends elsewhere")
    return Section(offset, end, held.entries, _rows(held), found.number)


def _rows(held: StreamObject) -> dict[int, Place]:
    widths, size = held.entries.get("/W"), held.entries.get("/Size")
    if not isinstance(widths, list) or not _counts(widths, 3) or max(widths) > 8 or type(size) is not int:
        raise Malformed("xref_wrong", "the widths of a cross-reference stream")
    index = held.entries.get("/Index", [0, size])
    if not isinstance(index, list) or not _counts(index) or len(index) % 2:
        raise Malformed("xref_wrong", "the index of a cross-reference stream")
    data, step, at = held.decoded(), sum(widths), 0
    places: dict[int, Place] = {}
    for first, count in zip(index[::2], index[1::2], strict=True):
        if count * step > len(data) - at or step == 0:
            raise Malformed("xref_wrong", "a cross-reference stream that is too short")
        for number in range(first, first + count):
            if number in places:
                raise Malformed("xref_wrong", f"object {number} is listed twice")
            places[number] = _row(data[at : at + step], widths)
            at += step
    return places


def _row(row: bytes, widths: Sequence[int]) -> Place:
    kind, middle = widths[0], widths[0] + widths[1]
    first, second = int.from_bytes(row[kind:middle]), int.from_bytes(row[middle:])
    match int.from_bytes(row[:kind]) if kind else 1:
        case 0:
            return Place(free=True)
        case 1:
            return Place(first, second)
        case 2:
            return Place(container=first, index=second)
    raise Malformed("xref_wrong", "an entry of unknown kind")


def _counts(value: Value, length: int | None = None) -> bool:
    fits = isinstance(value, list) and (length is None or len(value) == length)
    return fits and all(type(item) is int and 0 <= item < MOST_OBJECTS for item in value)


def _contained(container: Value) -> dict[int, tuple[int, Value]]:
    if not isinstance(container, StreamObject) or container.entries.get("/Type") != "/ObjStm":
        raise Malformed("structure_damaged", "no object stream")
    count, first = container.entries.get("/N"), container.entries.get("/First")
    data = container.decoded()
    if type(count) is not int or type(first) is not int or not 0 <= first <= len(data):
        raise Malformed("structure_damaged", "the head of an object stream")
    head = [int(number) for number in data[:first].split()]
    if len(head) != 2 * count:
        raise Malformed("structure_damaged", "the head of an object stream")
    pairs = zip(head[::2], head[1::2], strict=True)
    return {place: (number, syntax.value_at(data, first + start)[0]) for place, (number, start) in enumerate(pairs)}
