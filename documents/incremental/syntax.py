"""Plain Python values as PDF syntax (ISO 32000-2, 7.3)."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import NoneType
from typing import Any

from documents.values import Indirect, Name, Raw, Ref, Stream, Value, number

Refer = Callable[[Stream | Indirect], Ref]
Writer = Callable[[Any, Refer], bytes]
IRREGULAR = re.compile(rb"[^!-~]|[#%()<>\[\]{}/]")
ASCII = re.compile(r"[ -~\r\n]*")
SPECIAL = re.compile(rb"[\\()\r\n]")
ESCAPED = {b"\\": b"\\\\", b"(": b"\\(", b")": b"\\)", b"\r": b"\\r", b"\n": b"\\n"}


def encode(value: Value, refer: Refer) -> bytes:
    """One object; streams and `Indirect` dictionaries become the reference that `refer` gives them."""
    return (WRITERS.get(type(value)) or _writer(value))(value, refer)


def dictionary(entries: Mapping[str, Value], refer: Refer) -> bytes:
    """A dictionary, its keys written with their slash (7.3.7)."""
    return b"<<%s>>" % b"".join([b"%s %s" % (name(key), encode(item, refer)) for key, item in entries.items()])


@lru_cache(4096)
def name(value: str) -> bytes:
    """A name, every irregular byte as #xx (7.3.5); bytes that are no UTF-8 come as pikepdf reads them, escaped."""
    return b"/" + IRREGULAR.sub(lambda found: b"#%02X" % found[0][0], value[1:].encode(errors="surrogateescape"))


def text(value: str) -> bytes:
    """A text string: literal where it is ASCII, else UTF-16BE with its mark (7.9.2.2)."""
    if ASCII.fullmatch(value):
        return b"(%s)" % SPECIAL.sub(lambda found: ESCAPED[found[0]], value.encode())
    return b"<feff%s>" % value.encode("utf-16-be").hex().encode()


def _reference(value: Ref, _: Refer) -> bytes:
    return b"%d %d R" % (value.number, value.generation)


def _array(items: Sequence[Value], refer: Refer) -> bytes:
    return b"[%s]" % b" ".join([encode(item, refer) for item in items])


def _writer(value: Value) -> Writer:
    """The writer of a type derived from those known; what is none of them is a mapping."""
    return next((writer for kind, writer in WRITERS.items() if isinstance(value, kind)), dictionary)


WRITERS: dict[type, Writer] = {
    dict: dictionary,
    Raw: lambda value, _: value.syntax,
    Ref: _reference,
    Name: lambda value, _: name(value),
    bool: lambda value, _: b"true" if value else b"false",
    int: lambda value, _: b"%d" % value,
    float: lambda value, _: number(value).encode(),
    str: lambda value, _: text(value),
    bytes: lambda value, _: b"<%s>" % value.hex().encode(),
    list: _array,
    tuple: _array,
    NoneType: lambda value, _: b"null",
    Stream: lambda value, refer: _reference(refer(value), refer),
    Indirect: lambda value, refer: _reference(refer(value), refer),
}
