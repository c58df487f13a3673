"""Cells that are opened in spreadsheets: text stays text, whatever somebody wrote into it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
PART = re.compile(r"[;\t][\s\"]*(?=[=+\-@＝＋－＠])")


def harmless(cell: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def unsplit(cell: str) -> str:
    """The same where a spreadsheet of another country ends cells at semicolons: no part of it begins a formula."""
    return PART.sub(r"\g<0>'", cell)


def as_csv(table: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """CSV (RFC 4180) in UTF-8 with the mark by which spreadsheets know it, row by row."""
    yield b"\xef\xbb\xbf"
    for row in table:
        line = io.StringIO()
        csv.writer(line).writerow([unsplit(harmless(cell)) for cell in row])
        yield line.getvalue().encode()
