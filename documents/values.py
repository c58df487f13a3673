"""PDF objects as plain Python values, so that what is drawn does not depend on the library that writes it."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Value = Any  # None, bool, int, float, str (text string), bytes (byte string), Name, list, dict, Stream


class Name(str):
    """A PDF name, written with its slash."""

    __slots__ = ()


@dataclass(frozen=True, eq=False, repr=False)
class Stream:
    """A PDF stream, always an indirect object of its own; the same instance is written once. Data is not encoded."""

    entries: Mapping[str, Value] = field(default_factory=dict)
    data: bytes = b""

    def flate(self) -> bytes:
        """The data as FlateDecode wants it."""
        return zlib.compress(self.data, 6)


@dataclass(frozen=True, eq=False, repr=False)
class Indirect:
    """A dictionary that is an indirect object of its own; the same instance is written once."""

    entries: Mapping[str, Value]


def number(value: float) -> str:
    """A number as content streams want it: no exponent, at most 4 decimals."""
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"


def numbers(*values: float) -> str:
    """Several numbers, with spaces between."""
    return " ".join(number(value) for value in values)
