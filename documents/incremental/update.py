"""One incremental update (ISO 32000-2, 7.5.6): new and changed objects behind the bytes there are, which stay."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from documents.incremental import syntax, xref
from documents.incremental.base import Base
from documents.sign import Reserved
from documents.values import Indirect, Raw, Ref, Stream, Value

CHUNK = 1 << 20
RANGE = b"[0 %010d %010d %010d]"
UNKNOWN_RANGE = Raw(RANGE % (0, 0, 0))


class OtherBase(Exception):
    """The file is not the one the update was made for."""


@dataclass(frozen=True)
class _Room:
    ref: Ref
    digits: int


class Update:
    """Objects to append to a file; nothing is written before `save`. The same objects give the same bytes."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._next = base.size
        self._objects: dict[int, tuple[int, bytes]] = {}
        self._known: dict[int, tuple[Any, Ref]] = {}
        self._room: _Room | None = None

    def add(self, value: Value) -> Ref:
        """A new indirect object; a `Stream` or `Indirect` that was added before keeps its number."""
        if isinstance(value, Stream | Indirect):
            return self._refer(value)
        ref = self._number()
        self.replace(ref, value)
        return ref

    def replace(self, ref: Ref, value: Value) -> None:
        """A new state of an object, or the first one of an object that was only numbered."""
        self._objects[ref.number] = ref.generation, self._encode(value)

    def syntax(self, value: Value) -> Raw:
        """The value as this update writes it, what it refers to being added."""
        return Raw(syntax.encode(value, self._refer))

    def room(self, entries: Mapping[str, Value], capacity: int) -> Ref:
        """A signature or time-stamp dictionary with a place for `capacity` bytes of CMS (12.8.1); one an update.

        Byte range and contents stand first, so that nothing a person wrote is taken for them.
        """
        if self._room:
            raise ValueError("an update has room for one signature")
        empty = {"/ByteRange": UNKNOWN_RANGE, "/Contents": Raw(b"<%s>" % (b"0" * capacity * 2))}
        self._room = _Room(self.add({**empty, **entries}), capacity * 2)
        return self._room.ref

    def save(self, source: Path, target: Path, sha256: bytes | None = None) -> Reserved | None:
        """Write source and the update to target; what is to be signed if there is a room.

        When both are the same file the update is written behind it, which spares a large one the copy. `sha256` is
        the digest source must have. Raises `OtherBase` for another file.
        """
        with _opened(source, target) as (before, after):
            hashed, length, last = _copy(before, after)
            if length != self._base.length or (sha256 and sha256 != hashed.digest()):
                raise OtherBase(f"{length} bytes, SHA-256 {hashed.hexdigest()}")
            tail, reserved = self._tail(hashed, b"" if last in b"\r\n" else b"\n")
            after.write(tail)
        return reserved

    def reserve(self, source: Path, target: Path, field: str) -> Reserved:
        """Save with the room for the signature of this field; ValueError if there is none."""
        if (reserved := self.save(source, target)) is None:
            raise ValueError("no room for a signature")
        return replace(reserved, field=field)

    def _tail(self, hashed: Any, separator: bytes) -> tuple[bytes, Reserved | None]:
        parts, at = [separator], self._base.length + len(separator)
        offsets: dict[int, tuple[int, int]] = {}
        for number, (generation, body) in sorted(self._objects.items()):
            offsets[number] = generation, at
            parts.append(b"%d %d obj\n%s\nendobj\n" % (number, generation, body))
            at += len(parts[-1])
        parts.append(xref.section(self._base, offsets, self._next, _identifier(hashed, parts), at))
        tail = b"".join(parts)
        return self._reserve(hashed, tail, offsets) if self._room else (tail, None)

    def _reserve(self, hashed: Any, tail: bytes, offsets: xref.Offsets) -> tuple[bytes, Reserved]:
        """Fill in the byte range, around the hexadecimal string with its brackets, and hash what it covers."""
        assert self._room
        base = self._base.length
        start = offsets[self._room.ref.number][1] - base
        opened = tail.index(b"/Contents <", start) + len(b"/Contents ")
        closed = opened + self._room.digits + 2
        covered = RANGE % (base + opened, base + closed, len(tail) - closed)
        written = tail[:start] + tail[start:opened].replace(UNKNOWN_RANGE.syntax, covered, 1) + tail[opened:]
        hashed.update(written[:opened])
        hashed.update(written[closed:])
        return written, Reserved(hashed.digest(), base + opened + 1, self._room.digits)

    def _number(self) -> Ref:
        self._next += 1
        return Ref(self._next - 1)

    def _refer(self, value: Stream | Indirect) -> Ref:
        if id(value) not in self._known:
            self._known[id(value)] = value, self._number()
            ref = self._known[id(value)][1]
            self._objects[ref.number] = 0, self._body(value)
        return self._known[id(value)][1]

    def _body(self, value: Stream | Indirect) -> bytes:
        if isinstance(value, Indirect):
            return syntax.dictionary(value.entries, self._refer)
        entries, data = value.written
        return b"%s\nstream\n%s\nendstream" % (syntax.dictionary(entries, self._refer), data)

    def _encode(self, value: Value) -> bytes:
        return self._body(value) if isinstance(value, Stream | Indirect) else syntax.encode(value, self._refer)


def _identifier(hashed: Any, parts: list[bytes]) -> bytes:
    """The second half of the file's identifier (14.4): another one for any other content."""
    content = hashed.copy()
    for part in parts:
        content.update(part)
    return bytes(content.digest()[:16])


@contextmanager
def _opened(source: Path, target: Path) -> Iterator[tuple[Any, Any]]:
    """Source to read and target to write, the same handle for the same file."""
    if source == target:
        with source.open("r+b") as both:
            yield both, both
    else:
        with source.open("rb") as before, target.open("wb") as after:
            yield before, after


def _copy(before: Any, after: Any) -> tuple[Any, int, bytes]:
    """Copy, unless both are one, and hash in the same pass; the hash, the number of bytes, and the last byte."""
    hashed, length, last = hashlib.sha256(), 0, b"\n"
    while chunk := before.read(CHUNK):
        hashed.update(chunk)
        if after is not before:
            after.write(chunk)
        length, last = length + len(chunk), chunk[-1:]
    return hashed, length, last
