"""The cross-reference section and trailer of an update, in the form of the section before it (7.5.4, 7.5.8)."""

import zlib
from collections.abc import Iterator, Mapping

from documents.incremental import syntax
from documents.incremental.base import Base
from documents.values import Name, Ref, Stream, Value

Offsets = Mapping[int, tuple[int, int]]  # object number: generation, offset in the file


def section(base: Base, offsets: Offsets, size: int, identifier: bytes, at: int) -> bytes:
    """Everything after the last object, which ends at offset `at`; `size` is the first free object number then."""
    trailer: dict[str, Value] = {
        "/Root": base.root,
        **({"/Info": base.info} if base.info else {}),
        "/Prev": base.startxref,
        "/ID": [base.first_id, identifier],
    }
    written = _stream(offsets, size, trailer, at) if base.stream else _table(offsets, size, trailer)
    return written + b"startxref\n%d\n%%%%EOF\n" % at


def _table(offsets: Offsets, size: int, trailer: Mapping[str, Value]) -> bytes:
    lines = [b"xref\n"]
    for run in _runs(sorted(offsets)):
        lines.append(b"%d %d\n" % (run[0], len(run)))
        lines += [b"%010d %05d n \n" % (offsets[item][1], offsets[item][0]) for item in run]
    ending = syntax.dictionary({"/Size": size, **trailer}, _no_reference)
    return b"".join(lines) + b"trailer\n" + ending + b"\n"


def _stream(offsets: Offsets, size: int, trailer: Mapping[str, Value], at: int) -> bytes:
    """The stream lists itself, under the number after all others."""
    listed = {**offsets, size: (0, at)}
    wide = max(4, (at.bit_length() + 7) // 8)
    rows = [b"\x01" + listed[item][1].to_bytes(wide) + listed[item][0].to_bytes(2) for item in sorted(listed)]
    data = zlib.compress(b"".join(rows))
    entries = {
        "/Type": Name("/XRef"),
        "/Size": size + 1,
        "/W": [1, wide, 2],
        "/Index": [part for run in _runs(sorted(listed)) for part in (run[0], len(run))],
        **trailer,
        "/Filter": Name("/FlateDecode"),
        "/Length": len(data),
    }
    return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (size, syntax.dictionary(entries, _no_reference), data)


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    """Numbers that follow each other, together."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _no_reference(value: Stream | object) -> Ref:
    raise ValueError(f"a trailer holds no {type(value).__name__}")
