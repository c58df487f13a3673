"""A file of people as rows by column. Runs in a sandboxed child."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chassis.spreadsheet import FORMULA
from services.workspace.sheets.table import Line, SheetRefused
from services.workspace.sheets.textfile import read_csv
from services.workspace.sheets.words import COLUMNS, heading
from services.workspace.sheets.xlsx import read_xlsx

ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


@dataclass(frozen=True, slots=True)
class Person:
    """A row as it stands in a file, or as it was typed; ``flaws`` are those of its cells as cells."""

    line: int
    name: str = ""
    email: str = ""
    roles: str = ""
    phone: str = ""
    flaws: frozenset[str] = frozenset()


def read_people(path: Path, encoding: str | None) -> list[Person]:
    """The people of an XLSX or CSV file; raises `SheetRefused`."""
    with path.open("rb") as file:
        start = file.read(4)
    if start in (OLE, PDF):
        raise SheetRefused("file_not_supported")
    lines = read_xlsx(path) if start == ZIP else read_csv(path.read_bytes(), encoding)
    if not lines:
        raise SheetRefused("file_empty")
    places = _places(lines[0])
    if len(lines) == 1:
        raise SheetRefused("no_people")
    return [_person(line, places) for line in lines[1:]]


def _places(head: Line) -> dict[str, int]:
    """Where each column stands; the first of two that are called the same counts."""
    found: dict[str, int] = {}
    for place, text in enumerate(head.cells):
        column = heading(text)
        if column and column not in found:
            found[column] = place
    if not {"name", "email", "roles"} <= found.keys():
        raise SheetRefused("headings_missing")
    return found


def _person(line: Line, places: dict[str, int]) -> Person:
    cells = {
        column: line.cells[places[column]]
        for column in COLUMNS
        if column in places and places[column] < len(line.cells)
    }
    cells = {column: _plain(text) for column, text in cells.items()}
    formula = not line.formulas.isdisjoint(places.values())
    flaws = {name for name, wrong in (("formula", formula), ("merged", line.merged)) if wrong}
    return Person(line.number, **cells, flaws=frozenset(flaws))


def _plain(text: str) -> str:
    """Text without the mark by which our own tables keep it from being a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
