"""What an update needs to know of the file it is appended to, read from cross-reference sections alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from documents.errors import Refused
from documents.values import Ref

TAIL = 1024  # bytes in which "startxref" must stand
HEAD = 65_536  # bytes in which the dictionary of a cross-reference stream must end
LAST = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
TABLE = re.compile(rb"xref\s+")
STREAM = re.compile(rb"\d+\s+\d+\s+obj\s*<<(.*?)>>\s*stream\r?\n", re.DOTALL)
TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref", re.DOTALL)
RUN = re.compile(rb"(\d{1,10}) (\d{1,10})\s*\n")
MOST = 1 << 23  # objects in a file (annex C.2)
ROW = 20  # bytes of an entry of a table (7.5.4)
SIZE = re.compile(rb"/Size\s+(\d{1,10})")
INDEX = re.compile(rb"/Index\s*\[([\d\s]*)\]")
PREVIOUS = re.compile(rb"/Prev\s+(\d{1,12})")
REFERENCE = rb"/%s\s+(\d{1,10})\s+(\d{1,5})\s+R"
IDENTIFIER = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]*)>")


@dataclass(frozen=True)
class Base:
    """A file to append to: its length and the offset of its last section in bytes, the first free object number, the
    kind of section, the references of its trailer, the first half of its identifier (14.4), whether it has updates.
    """

    length: int
    startxref: int
    size: int
    stream: bool
    root: Ref
    info: Ref | None
    first_id: bytes
    updated: bool = False


@dataclass(frozen=True)
class Section:
    """A cross-reference section: its trailer's entries, and the rows of a table."""

    stream: bool
    trailer: bytes
    table: bytes = b""

    @property
    def previous(self) -> int | None:
        """The offset of the section before."""
        found = PREVIOUS.search(self.trailer)
        return int(found[1]) if found else None

    def numbers(self) -> Iterator[int]:
        """The numbers of the objects it lists; Refused pdf_damaged."""
        for first, count in self._indexed() if self.stream else self._tabled():
            if first + count > MOST:
                raise Refused("pdf_damaged", f"{count} objects in a section")
            yield from range(first, first + count)

    def _indexed(self) -> Iterator[tuple[int, int]]:
        found, size = INDEX.search(self.trailer), SIZE.search(self.trailer)
        edges = [int(edge) for edge in found[1].split()] if found else [0, int(size[1]) if size else 0]
        return zip(edges[::2], edges[1::2], strict=False)

    def _tabled(self) -> Iterator[tuple[int, int]]:
        at = 0
        while at < len(self.table):
            if (run := RUN.match(self.table, at)) is None:
                raise Refused("pdf_damaged", "a cross-reference table that is none")
            yield int(run[1]), int(run[2])
            at = run.end() + ROW * int(run[2])


def read(path: Path) -> Base:
    """The base of a file that this package or intake wrote; Refused pdf_damaged for one whose end reads otherwise."""
    with path.open("rb") as file:
        length = file.seek(0, 2)
        file.seek(max(length - TAIL, 0))
        if (last := LAST.search(file.read())) is None or (offset := int(last[1])) >= length:
            raise Refused("pdf_damaged", "no startxref at the end")
        return _base(length, offset, section(file, offset))


def changed(path: Path, base: Base, floor: int) -> set[int]:
    """The numbers of all objects that the updates behind the byte `floor` wrote; Refused pdf_damaged."""
    numbers: set[int] = set()
    with path.open("rb") as file:
        offset: int | None = base.startxref
        while offset is not None and offset >= floor:
            found = section(file, offset)
            numbers.update(found.numbers())
            if found.previous is not None and found.previous >= offset:
                raise Refused("pdf_damaged", "sections that do not lead back")
            offset = found.previous
    return numbers


def section(file: BinaryIO, offset: int) -> Section:
    """The section at this offset; Refused pdf_damaged if there is none."""
    file.seek(offset)
    head = file.read(HEAD)
    if opening := TABLE.match(head):
        head += b"" if b"startxref" in head else file.read()
        if found := TRAILER.search(head):
            return Section(False, found[1], head[opening.end() : found.start()])
    elif found := STREAM.match(head):
        return Section(True, found[1])
    raise Refused("pdf_damaged", "no cross-reference section where it should be")


def _base(length: int, offset: int, last: Section) -> Base:
    trailer = last.trailer
    size, root, first_id = SIZE.search(trailer), _reference(trailer, b"Root"), IDENTIFIER.search(trailer)
    if size is None or root is None or first_id is None or b"/Encrypt" in trailer:
        raise Refused("pdf_damaged", "a trailer without what an update needs")
    if len(first_id[1]) % 2:
        raise Refused("pdf_damaged", "an identifier of half a byte")
    info, identifier = _reference(trailer, b"Info"), bytes.fromhex(first_id[1].decode())
    if info is None and b"/Info" in trailer:
        raise Refused("pdf_damaged", "information that is no object of its own")
    return Base(length, offset, int(size[1]), last.stream, root, info, identifier, last.previous is not None)


def _reference(trailer: bytes, key: bytes) -> Ref | None:
    found = re.search(REFERENCE % key, trailer)
    return Ref(int(found[1]), int(found[2])) if found else None
