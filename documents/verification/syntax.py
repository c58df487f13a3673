"""Reads PDF syntax (ISO 32000-2, 7.3) as strictly as our writers write it: what is unusual is an error, not a guess.

Dictionaries are dicts, names `Name`, strings bytes, references `Ref`; comments and doubled keys are refused.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from documents.values import Name, Ref, Value

DEEPEST = 60
LARGEST_STREAM = 64 << 20  # bytes, inflated
SPACE = re.compile(rb"[\x00\t\n\x0c\r ]*")
NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)(?=[\x00\t\n\x0c\r \[\]()<>/{}%]|\Z)")
REFERENCE = re.compile(rb"(\d{1,10})[\x00\t\n\x0c\r ]+(\d{1,5})[\x00\t\n\x0c\r ]+R(?=[\x00\t\n\x0c\r \[\]()<>/{}%]|\Z)")
NAME = re.compile(rb"/[^\x00\t\n\x0c\r \[\]()<>/{}%]*")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
HEX = re.compile(rb"<([0-9A-Fa-f\t\n\x0c\r ]*)>")
WORD = re.compile(rb"(?:true|false|null)(?=[\x00\t\n\x0c\r \[\]()<>/{}%]|\Z)")
WORDS = {b"true": True, b"false": False, b"null": None}
OBJECT = re.compile(rb"(\d{1,10}) (\d{1,5}) obj(?=[\x00\t\n\x0c\r \[\]()<>/{}%])")
STREAM = re.compile(rb"[\x00\t\n\x0c\r ]*stream\r?\n")
END_OF_STREAM = re.compile(rb"\r?\n?endstream[\x00\t\n\x0c\r ]+endobj(?=[\x00\t\n\x0c\r ]|\Z)")
END_OF_OBJECT = re.compile(rb"[\x00\t\n\x0c\r ]*endobj(?=[\x00\t\n\x0c\r ]|\Z)")
BRACKETS = re.compile(rb"[()\\]")
LITERAL_ESCAPES = {
    ord("n"): b"\n",
    ord("r"): b"\r",
    ord("t"): b"\t",
    ord("b"): b"\b",
    ord("f"): b"\x0c",
    ord("\n"): b"",
}


class Malformed(Exception):
    """The file is not built as it must be; `code` is one of `reasons`, `detail` says where."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class StreamObject:
    """A stream as it stands in the file, its data still encoded."""

    entries: Mapping[str, Value]
    data: bytes

    def decoded(self) -> bytes:
        """The data without FlateDecode and PNG predictors; raises Malformed for any other filter."""
        filters = self.entries.get("/Filter")
        if filters in (None, []):
            return self.data
        if filters not in ("/FlateDecode", ["/FlateDecode"]):
            raise Malformed("structure_damaged", f"a filter {filters}")
        inflated = _inflate(self.data)
        parameters = self.entries.get("/DecodeParms")
        parameters = parameters[0] if isinstance(parameters, list) and parameters else parameters
        return _unpredicted(inflated, parameters) if isinstance(parameters, dict) else inflated


@dataclass(frozen=True)
class IndirectObject:
    """An object with its number, and where it begins and ends in the file."""

    number: int
    generation: int
    value: Any
    start: int
    end: int


def value_at(data: Any, position: int) -> tuple[Value, int]:
    """The value that begins at a position (white space before it is skipped), and where it ends."""
    return _value(data, skip(data, position), DEEPEST)


def object_at(data: Any, position: int) -> IndirectObject:
    """The indirect object that begins at exactly this position (7.3.10)."""
    head = OBJECT.match(data, position)
    if head is None:
        raise Malformed("xref_wrong", f"no object at {position}")
    value, end = value_at(data, head.end())
    stream = STREAM.match(data, end)
    if stream is None:
        closing = END_OF_OBJECT.match(data, end)
    else:
        value, end = _stream(data, stream.end(), value)
        closing = END_OF_STREAM.match(data, end)
    if closing is None:
        raise Malformed("structure_damaged", f"object {int(head[1])} does not end")
    return IndirectObject(int(head[1]), int(head[2]), value, position, closing.end())


def skip(data: Any, position: int) -> int:
    """The position after white space."""
    found = SPACE.match(data, position)
    return found.end() if found else position


def text(value: Value) -> str:
    """A text string as a string (7.9.2.2)."""
    if not isinstance(value, bytes):
        return ""
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    if value.startswith(b"\xef\xbb\xbf"):
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1")


def _stream(data: Any, position: int, entries: Value) -> tuple[StreamObject, int]:
    length = entries.get("/Length") if isinstance(entries, dict) else None
    if type(length) is not int or not 0 <= length <= len(data) - position:
        raise Malformed("structure_damaged", f"a stream at {position} without its length")
    return StreamObject(entries, bytes(data[position : position + length])), position + length


def _value(data: Any, at: int, depth: int) -> tuple[Value, int]:
    if depth == 0:
        raise Malformed("structure_damaged", f"nested too deep at {at}")
    match bytes(data[at : at + 2]):
        case b"<<":
            return _dictionary(data, at + 2, depth)
        case first if first[:1] == b"<":
            return _hex(data, at)
        case first if first[:1] == b"(":
            return _literal(data, at + 1)
        case first if first[:1] == b"[":
            return _array(data, at + 1, depth)
        case first if first[:1] == b"/":
            return _name(data, at)
    return _scalar(data, at)


def _scalar(data: Any, at: int) -> tuple[Value, int]:
    if found := REFERENCE.match(data, at):
        return Ref(int(found[1]), int(found[2])), found.end()
    if found := NUMBER.match(data, at):
        return (float(found[0]) if b"." in found[0] else int(found[0])), found.end()
    if found := WORD.match(data, at):
        return WORDS[found[0]], found.end()
    raise Malformed("structure_damaged", f"no value at {at}")


def _dictionary(data: Any, at: int, depth: int) -> tuple[dict[str, Value], int]:
    entries: dict[str, Value] = {}
    while True:
        at = skip(data, at)
        if data[at : at + 2] == b">>":
            return entries, at + 2
        key, at = _name(data, at)
        if key in entries:
            raise Malformed("duplicate_key", f"{key} before {at}")
        entries[key], at = _value(data, skip(data, at), depth - 1)


def _array(data: Any, at: int, depth: int) -> tuple[list[Value], int]:
    items: list[Value] = []
    while True:
        at = skip(data, at)
        if data[at : at + 1] == b"]":
            return items, at + 1
        item, at = _value(data, at, depth - 1)
        items.append(item)


def _name(data: Any, at: int) -> tuple[Name, int]:
    found = NAME.match(data, at)
    if found is None:
        raise Malformed("structure_damaged", f"no name at {at}")
    return Name(ESCAPE.sub(lambda code: bytes((int(code[1], 16),)), found[0]).decode("latin-1")), found.end()


def _hex(data: Any, at: int) -> tuple[bytes, int]:
    found = HEX.match(data, at)
    if found is None:
        raise Malformed("structure_damaged", f"no string at {at}")
    digits = b"".join(found[1].split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()), found.end()


def _literal(data: Any, at: int) -> tuple[bytes, int]:
    parts: list[bytes] = []
    depth = 1
    while found := BRACKETS.search(data, at):
        parts.append(bytes(data[at : found.start()]))
        at = found.end()
        if found[0] == b"\\":
            escaped, at = _escaped(data, at)
            parts.append(escaped)
            continue
        depth += 1 if found[0] == b"(" else -1
        if depth == 0:
            return b"".join(parts), at
        parts.append(found[0])
    raise Malformed("structure_damaged", f"a string that does not end before {at}")


def _escaped(data: Any, at: int) -> tuple[bytes, int]:
    octal = re.compile(rb"[0-7]{1,3}").match(data, at)
    if octal:
        return bytes((int(octal[0], 8) & 255,)), octal.end()
    code = data[at : at + 1]
    return LITERAL_ESCAPES.get(code[0], bytes(code)) if code else b"", at + 1


def _inflate(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        inflated = unpacker.decompress(data, LARGEST_STREAM)
    except zlib.error as error:
        raise Malformed("structure_damaged", "a stream that does not inflate") from error
    if unpacker.unconsumed_tail:
        raise Malformed("structure_damaged", "a stream that is too large")
    return inflated


def _unpredicted(data: bytes, parameters: Mapping[str, Value]) -> bytes:
    """Undo the PNG predictors that writers of cross-reference streams use: none and up (7.4.4.4)."""
    if parameters.get("/Predictor", 1) == 1:
        return data
    columns = parameters.get("/Columns", 1)
    if parameters["/Predictor"] != 12 or type(columns) is not int or not 0 < columns < 100:
        raise Malformed("structure_damaged", "a predictor")
    rows, before = [], bytes(columns)
    for start in range(0, len(data), columns + 1):
        row = data[start + 1 : start + 1 + columns]
        if data[start] not in (0, 2) or len(row) != columns:
            raise Malformed("structure_damaged", "a predicted row")
        before = bytes((a + b) & 255 for a, b in zip(row, before, strict=True)) if data[start] else row
        rows.append(before)
    return b"".join(rows)
