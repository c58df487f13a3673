"""One incremental update, read from its first byte to its last: nothing may stand in it but what it lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from documents.values import Ref, Value
from documents.verification import syntax
from documents.verification.sections import Section, Sections
from documents.verification.syntax import IndirectObject, Malformed, StreamObject


@dataclass(frozen=True)
class Update:
    """Section number `revision` with all objects that it brings; `signature` is its one signature dictionary."""

    revision: int
    section: Section
    objects: Mapping[int, IndirectObject]
    signature: IndirectObject

    @property
    def value(self) -> dict[str, Value]:
        """The signature dictionary."""
        held: dict[str, Value] = self.signature.value
        return held

    @property
    def archive(self) -> bool:
        """Whether it is a document time stamp (ISO 32000-2, 12.8.5) and no person's or platform's signature."""
        return self.value.get("/Type") == "/DocTimeStamp"


def read(sections: Sections, revision: int) -> Update:
    """Section number `revision` as an update; raises Malformed when anything in it is not accounted for."""
    section, before = sections.items[revision], sections.items[revision - 1]
    _demand_trailer(section.trailer, before)
    objects = _objects(sections, before.end, section)
    listed = {number: place for number, place in section.places.items() if number or not place.free}
    if any(place.free or place.container for place in listed.values()):
        raise Malformed("xref_wrong", f"the section at {section.offset} frees or packs objects")
    if {number: (place.offset, place.generation) for number, place in listed.items()} != {
        number: (one.start, one.generation) for number, one in objects.items()
    }:
        raise Malformed("xref_wrong", f"the section at {section.offset} lists other objects than there are")
    own = {number: one for number, one in objects.items() if number != section.number}
    for number, one in own.items():
        place = sections.place(number, revision - 1)
        if one.generation != (place.generation if place else 0):
            raise Malformed("xref_wrong", f"object {number} of another generation")
    return Update(revision, section, own, _signature(own))


def _demand_trailer(trailer: Mapping[str, Value], before: Section) -> None:
    if trailer.get("/Prev") != before.offset:
        raise Malformed("revision_skipped", f"/Prev {trailer.get('/Prev')}")
    for key in ("/Root", "/Info"):
        if trailer.get(key) != before.trailer.get(key):
            raise Malformed("structure_damaged", f"another {key}")
    ours, theirs = trailer.get("/ID"), before.trailer.get("/ID")
    if not isinstance(ours, list) or not isinstance(theirs, list) or ours[:1] != theirs[:1]:
        raise Malformed("structure_damaged", "another /ID")


def _objects(sections: Sections, start: int, section: Section) -> dict[int, IndirectObject]:
    """Every object between two sections; raises Malformed for bytes that belong to none."""
    data, objects, at = sections.data, dict[int, IndirectObject](), _line_end(sections.data, start)
    while at <= section.offset:
        if at == section.offset and section.number is None:
            return objects
        found = sections.object_at(at)
        if found.number in objects:
            raise Malformed("object_changed", f"object {found.number} twice in one update")
        objects[found.number] = found
        if at == section.offset:
            _demand_listed(section, found)
            return objects
        at = _line_end(data, found.end)
    raise Malformed("xref_wrong", f"objects and the section at {section.offset} overlap")


def _demand_listed(section: Section, found: IndirectObject) -> None:
    """A cross-reference stream need not list itself; here it is taken as listed."""
    if found.number not in section.places:
        raise Malformed("xref_wrong", f"the stream at {section.offset} does not list itself")


def _line_end(data: Any, at: int) -> int:
    """After at most two line ends; other white space is kept for what it is, unaccounted bytes."""
    end = syntax.skip(data, at)
    if end - at > 4 or bytes(data[at:end]).strip(b"\r\n"):
        raise Malformed("bytes_unaccounted", f"{end - at} bytes at {at}")
    return end


def _signature(objects: Mapping[int, IndirectObject]) -> IndirectObject:
    found = [one for one in objects.values() if isinstance(one.value, dict) and _signs(one.value)]
    if len(found) != 1:
        raise Malformed("unsigned_update" if not found else "signature_added", f"{len(found)} signatures in an update")
    return found[0]


def _signs(entries: Mapping[str, Value]) -> bool:
    return "/ByteRange" in entries or ("/Contents" in entries and entries.get("/Type") in ("/Sig", "/DocTimeStamp"))


def references(value: Value) -> set[int]:
    """The numbers of all objects that a value refers to."""
    match value:
        case Ref():
            return {value.number}
        case StreamObject():
            return references(value.entries)
        case list():
            return {number for item in value for number in references(item)}
        case Mapping():
            return {number for item in value.values() for number in references(item)}
    return set()
