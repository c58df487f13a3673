"""Reading XLSX (ECMA-376). Runs in a sandboxed child; the archive is weighed before anything in it is parsed."""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from services.workspace.sheets.table import CELL, COLUMNS, MEMBERS, ROWS, UNZIPPED, Line, SheetRefused

DECLARED = (b"<!DOCTYPE", b"<!ENTITY")
CORNER = rb"\$?[A-Z]+\$?(\d{1,9})"
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']" + CORNER + b":" + CORNER + b"[\"']", re.I)
DAMAGED = (
    LookupError, ValueError, TypeError, AttributeError, SyntaxError, ArithmeticError, OSError, EOFError,
    NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError,
)  # fmt: skip
BLANKS = 1_000  # empty rows in a row after which nothing more is expected


def read_xlsx(path: Path) -> list[Line]:
    """The rows of the first sheet that is shown; raises `SheetRefused`."""
    weigh(path)
    from openpyxl.reader.excel import load_workbook
    from openpyxl.xml import DEFUSEDXML

    if not DEFUSEDXML:
        raise RuntimeError("openpyxl needs defusedxml")
    try:
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), book.worksheets[0])
            sheet.reset_dimensions()
            merged = _merged(path, sheet._worksheet_path.lstrip("/"))
            return list(_lines(sheet.iter_rows(max_col=COLUMNS + 1), merged))
    except DAMAGED as error:
        raise SheetRefused("file_damaged") from error


def weigh(path: Path) -> None:
    """Raise `SheetRefused` unless the archive is small when unpacked and its XML declares no types or entities."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            if len(infos) > MEMBERS or sum(one.file_size for one in infos) > UNZIPPED:
                raise SheetRefused("file_too_large")
            names = {one.filename for one in infos}
            if "[Content_Types].xml" not in names or not any(name.endswith("workbook.xml") for name in names):
                raise SheetRefused("file_not_supported")
            if len(names) < len(infos):
                raise SheetRefused("file_damaged")
            for one in infos:
                _look_into(archive, one)
    except DAMAGED as error:
        raise SheetRefused("file_damaged") from error


def _look_into(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Read a member to its told size: a header that lies about it is found here."""
    if not info.filename.endswith((".xml", ".rels", ".vml")):
        return
    with archive.open(info) as member:
        data = member.read(info.file_size + 1)
    if len(data) > info.file_size:
        raise SheetRefused("file_too_large")
    plain = data.replace(b"\0", b"")
    if any(word in plain.upper() for word in DECLARED):
        raise SheetRefused("file_unsafe")


def _merged(path: Path, sheet: str) -> frozenset[int]:
    with zipfile.ZipFile(path) as archive:
        found = MERGED.findall(archive.read(sheet).replace(b"\0", b""))
    rows: set[int] = set()
    for first, last in found[: ROWS + BLANKS]:
        rows.update(range(int(first), min(int(last), ROWS + BLANKS) + 1))
    return frozenset(rows)


def _lines(rows: Iterable[tuple[Any, ...]], merged: frozenset[int]) -> Iterator[Line]:
    blanks, count = 0, 0
    for number, row in enumerate(islice(rows, ROWS + BLANKS + 2), start=1):
        cells = [_text(cell) for cell in row]
        if not any(cells):
            blanks += 1
            if blanks > BLANKS:
                return
            continue
        if len(cells) > COLUMNS and any(cells[COLUMNS:]):
            raise SheetRefused("too_many_columns")
        count, blanks = count + 1, 0
        if count > ROWS + 1:
            raise SheetRefused("too_many_rows")
        formulas = frozenset(place for place, cell in enumerate(row) if cell.data_type in ("f", "e"))
        yield Line(number, tuple(cells), formulas, number in merged)


def _text(cell: Any) -> str:
    """A cell as text: of a formula its text, of a number all its digits."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "n" and isinstance(value, int | float) and float(value).is_integer():
        value = int(value)
    return str(value).strip()[: CELL + 1]
