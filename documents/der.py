"""The little of DER (X.690) that a CMS needs."""

from collections.abc import Iterable

NULL = b"\x05\x00"


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
    """INTEGER, not negative."""
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1))


def oid(dotted: str) -> bytes:
    """OBJECT IDENTIFIER."""
    first, second, *rest = (int(part) for part in dotted.split("."))
    return tlv(0x06, b"".join(_base128(part) for part in (first * 40 + second, *rest)))


def implicit(number: int, encoded: bytes) -> bytes:
    """A constructed value under a context tag that replaces its own."""
    return bytes((0xA0 | number,)) + encoded[1:]


def explicit(number: int, encoded: bytes) -> bytes:
    """A value wrapped in a context tag."""
    return tlv(0xA0 | number, encoded)


def _base128(value: int) -> bytes:
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.append(0x80 | value & 0x7F)
    return bytes(reversed(digits))
