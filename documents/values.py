"""PDF objects as plain Python values, so that what is drawn does not depend on the library that writes it."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

# None, bool, int, float, str (text string), bytes (byte string), Name, list, dict, Stream, Indirect, Ref, Raw
Value = Any


class Name(str):
    """A PDF name, written with its slash."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to an indirect object."""

    number: int
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Raw:
    """An object that is written in PDF syntax already."""

    syntax: bytes


@dataclass(frozen=True, eq=False, repr=False)
class Stream:
    """A PDF stream, always an indirect object of its own; the same instance is written once.

    Data is plain and will be deflated, unless the entries say by /Filter how it is encoded already.
    """

    entries: Mapping[str, Value] = field(default_factory=dict)
    data: bytes = b""

    @cached_property
    def written(self) -> tuple[dict[str, Value], bytes]:
        """The entries with /Filter and /Length, and the data as it stands in a file."""
        data = self.data if "/Filter" in self.entries else zlib.compress(self.data, 6)
        return {"/Filter": Name("/FlateDecode"), **self.entries, "/Length": len(data)}, data


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
