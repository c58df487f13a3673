"""The little of DER (X.690) that a CMS needs."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

NULL = b"\x05\x00"
TRUE = b"\x01\x01\xff"


def tlv(tag: int, content: bytes) -> bytes:
    """Tag, length and content."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content


def sequence(*items: bytes) -> bytes:
    """SEQUENCE."""
    return tlv(0x30, b"".join(items))


def set_of(items: Iterable[bytes]) -> bytes:
    """SET OF, sorted as DER demands (X.690, 11.6)."""
    return tlv(0x31, b"".join(sorted(items)))


def octets(content: bytes) -> bytes:
    """OCTET STRING."""
    return tlv(0x04, content)


def integer(value: int) -> bytes:
    """INTEGER."""
    return tlv(0x02, value.to_bytes((value if value >= 0 else ~value).bit_length() // 8 + 1, signed=True))


@lru_cache(maxsize=256)
def oid(dotted: str) -> bytes:
    """OBJECT IDENTIFIER."""
    first, second, *rest = (int(part) for part in dotted.split("."))
    return tlv(0x06, b"".join(_base128(part) for part in (first * 40 + second, *rest)))


def bits(*numbers: int) -> bytes:
    """BIT STRING of named bits: these are set, and no zero follows the last (X.690, 11.2.2)."""
    size = max(numbers) // 8 + 1
    value = sum(1 << (size * 8 - 1 - number) for number in numbers)
    return tlv(0x03, bytes((size * 8 - 1 - max(numbers),)) + value.to_bytes(size))


def utf8(text: str) -> bytes:
    """UTF8String."""
    return tlv(0x0C, text.encode())


def time(moment: datetime) -> bytes:
    """GeneralizedTime in UTC, with a fraction where there is one, without its trailing zeros (X.690, 11.7)."""
    utc = moment.astimezone(UTC)
    fraction = f".{utc.microsecond:06}".rstrip("0") if utc.microsecond else ""
    return tlv(0x18, f"{utc:%Y%m%d%H%M%S}{fraction}Z".encode())


def implicit(number: int, encoded: bytes) -> bytes:
    """A constructed value under a context tag that replaces its own."""
    return bytes((0xA0 | number,)) + encoded[1:]


def primitive(number: int, encoded: bytes) -> bytes:
    """A primitive value under a context tag that replaces its own."""
    return bytes((0x80 | number,)) + encoded[1:]


def explicit(number: int, encoded: bytes) -> bytes:
    """A value wrapped in a context tag."""
    return tlv(0xA0 | number, encoded)


def _base128(value: int) -> bytes:
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.append(0x80 | value & 0x7F)
    return bytes(reversed(digits))
