"""What a file of people is read into, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

ROWS, COLUMNS, CELL = 5_000, 50, 300
BYTES, UNZIPPED, MEMBERS = 5 << 20, 48 << 20, 500


class SheetRefused(Exception):
    """A file that is no table of people; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is not empty: its number in the file from 1, its cells, and the places of those that are formulas."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = field(default_factory=frozenset)
    merged: bool = False
