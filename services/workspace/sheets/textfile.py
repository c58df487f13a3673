"""Reading CSV (RFC 4180) in the encodings spreadsheets write. Runs in a sandboxed child."""

from __future__ import annotations

import codecs
import csv
import io

from services.workspace.sheets.table import CELL, COLUMNS, ROWS, Line, SheetRefused

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DELIMITERS = ",;\t"


def read_csv(data: bytes, told: str | None = None) -> list[Line]:
    """The rows of a text file; ``told`` is its encoding when the reader knows better. Raises `SheetRefused`."""
    text = decode(data, told)
    if "\0" in text:
        raise SheetRefused("file_not_supported")
    csv.field_size_limit(20 * CELL)
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        return _lines(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise SheetRefused("file_damaged") from error


def decode(data: bytes, told: str | None) -> str:
    """The text, by its mark, as told, or by what it can be; raises `SheetRefused` encoding_unknown."""
    marked = next((name for mark, name in MARKS if data.startswith(mark)), None)
    for name in (marked,) if marked else (told,) if told else _guesses(data):
        try:
            return data.decode(name)
        except UnicodeError:
            continue
    raise SheetRefused("encoding_unknown")


def _guesses(data: bytes) -> tuple[str, ...]:
    """UTF-16 without a mark shows by the zero bytes of its line ends and commas."""
    if data[:2000].count(0) > len(data[:2000]) // 8:
        return ("utf-16-le", "utf-16-be") if data[1:2000:2].count(0) >= data[:2000:2].count(0) else ("utf-16-be",)
    return ("utf-8", "gb18030")


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
