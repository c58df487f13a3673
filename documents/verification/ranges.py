"""Is what a signature leaves out exactly its own value? (ISO 32000-2, 12.8.1)"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from documents.values import Value
from documents.verification.syntax import Malformed

GAP = re.compile(rb"<([0-9A-Fa-f]*)>")
LOWER = re.compile(rb"<[0-9a-f]*>")


@dataclass(frozen=True)
class Range:
    """A signature's bytes: all up to `opened`, and from `closed` to `end`; between them the value `cms` in hex."""

    opened: int
    closed: int
    end: int
    cms: bytes


def checked(data: Any, dictionary: dict[str, Value]) -> Range:
    """The byte range of a signature dictionary; raises Malformed when it leaves out anything but /Contents."""
    opened, closed, end = _numbers(dictionary.get("/ByteRange"), len(data))
    contents = dictionary.get("/Contents")
    if not isinstance(contents, bytes):
        raise Malformed("contents_missing")
    gap = GAP.fullmatch(data, opened, closed)
    if gap is None or bytes.fromhex(gap[1].decode() + "0" * (len(gap[1]) % 2)) != contents:
        raise Malformed("byterange_wrong", f"bytes {opened} to {closed} are not /Contents")
    return Range(opened, closed, end, unpadded(contents))


def demand_lower_case(data: Any, found: Range) -> None:
    """Our own files write the value in small letters; raises Malformed for another spelling."""
    if LOWER.fullmatch(data, found.opened, found.closed) is None:
        raise Malformed("contents_altered", "capital letters")


def unpadded(contents: bytes) -> bytes:
    """The DER value that begins /Contents; raises Malformed when it is empty, cut, or anything but 0 follows."""
    if not contents.strip(b"\0"):
        raise Malformed("contents_zeroed")
    length = _der_length(contents)
    if length is None or length > len(contents):
        raise Malformed("signature_invalid", "no DER in /Contents")
    if contents[length:].strip(b"\0"):
        raise Malformed("contents_padded", f"bytes after {length}")
    return contents[:length]


def _numbers(value: Value, size: int) -> tuple[int, int, int]:
    if value is None:
        raise Malformed("byterange_missing")
    if not isinstance(value, list) or len(value) != 4 or any(type(item) is not int for item in value):
        raise Malformed("byterange_wrong", str(value)[:100])
    start, opened, closed, rest = value
    if start != 0 or not 0 < opened < closed < closed + rest <= size:
        raise Malformed("byterange_wrong", str(value))
    return opened, closed, closed + rest


def _der_length(data: bytes) -> int | None:
    if len(data) < 2 or data[0] != 0x30:
        return None
    if data[1] < 0x80:
        return 2 + data[1]
    count = data[1] & 0x7F
    if not 1 <= count <= 4 or len(data) < 2 + count:
        return None
    return 2 + count + int.from_bytes(data[2 : 2 + count])


class Digests:
    """Hashes of byte ranges of one file; SHA-256 of all of them in a single pass over what they share."""

    def __init__(self, data: Any, ranges: Sequence[Range], make: Callable[[str], Any]) -> None:
        self._data, self._ranges, self._make = data, sorted(ranges, key=lambda one: one.opened), make
        self._known: dict[tuple[str, Range], bytes] = {}

    def of(self, algorithm: str, wanted: Range) -> bytes:
        """The digest of the bytes that a signature covers."""
        if (algorithm, wanted) not in self._known:
            self._hash(algorithm)
        return self._known[algorithm, wanted]

    def _hash(self, algorithm: str) -> None:
        prefix, at = self._make(algorithm), 0
        with memoryview(self._data) as view:
            for one in self._ranges:
                prefix.update(view[at : one.opened])
                at = one.opened
                whole = prefix.copy()
                whole.update(view[one.closed : one.end])
                self._known[algorithm, one] = whole.digest()
