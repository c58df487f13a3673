"""Reading CSV (RFC 4180) in the encodings spreadsheets write. Runs in a sandboxed child."""

from __future__ import annotations

import csv
import io

from services.workspace.sheets.encodings import decode
from services.workspace.sheets.table import CELL, COLUMNS, ROWS, Line, SheetRefused

DELIMITERS = ",;\t"


def read_csv(data: bytes, told: str | None = None) -> list[Line]:
    """The rows of a text file; ``told`` is its encoding when the reader knows better. Raises `SheetRefused`."""
    text = decode(data, told)
    if "\0" in text:
        raise SheetRefused("file_not_supported")
    csv.field_size_limit(20 * CELL)
    first = text[: 100 * CELL].splitlines()[0] if text else ""
    said = first[4:] if first.lower() in {f"sep={one}" for one in DELIMITERS} else ""  # a line for spreadsheets alone
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=said or max(DELIMITERS, key=first.count), strict=True)
    try:
        return _lines(rows)[1 if said else 0 :]
    except csv.Error as error:
        raise SheetRefused("file_damaged") from error


def _lines(rows: object) -> list[Line]:
    found: list[Line] = []
    for row in rows:  # type: ignore[attr-defined]
        cells = tuple(cell.strip()[: CELL + 1] for cell in row)
        if not any(cells):
            continue
        if len(cells) > COLUMNS:
            raise SheetRefused("too_many_columns")
        if len(found) > ROWS:
            raise SheetRefused("too_many_rows")
        found.append(Line(rows.line_num, cells))  # type: ignore[attr-defined]
    return found
