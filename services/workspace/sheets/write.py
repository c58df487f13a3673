"""Tables of people to download: the template, what failed, the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from chassis.spreadsheet import as_csv, harmless
from services.workspace.sheets.words import COLUMNS, HEADINGS, HINTS, NOTES, ROLES, SHEET

Row = Sequence[str]


def as_xlsx(table: Iterable[Row], target: Path, title: str) -> None:
    """One sheet of text with a fixed head."""
    import xlsxwriter

    with xlsxwriter.Workbook(target, {"constant_memory": True, "in_memory": False}) as book:
        sheet, bold, text = (
            book.add_worksheet(title),
            book.add_format({"bold": True}),
            book.add_format({"num_format": "@"}),
        )
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 12, 26, text)
        for number, row in enumerate(table):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, harmless(cell), bold if number == 0 else text)


def template_csv(language: str) -> bytes:
    """The headings alone."""
    return b"".join(as_csv([[HEADINGS[column][language] for column in COLUMNS]]))


def template_xlsx(language: str, target: Path) -> None:
    """The headings, cells that are text, a choice of roles, and a sheet that explains them."""
    import xlsxwriter

    roles = [words[language] for words in ROLES.values()]
    with xlsxwriter.Workbook(target) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        sheet, notes = book.add_worksheet(SHEET[language]), book.add_worksheet(NOTES[language])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(COLUMNS) - 1, 30, text)
        for place, column in enumerate(COLUMNS):
            sheet.write_string(0, place, HEADINGS[column][language], bold)
        choice = [*roles, ", ".join(roles) if language == "en" else "、".join(roles)]
        rule = {"validate": "list", "source": choice[:2], "error_type": "information"}
        sheet.data_validation(1, COLUMNS.index("roles"), 5000, COLUMNS.index("roles"), rule)
        notes.set_column(0, 0, 90)
        for number, hint in enumerate(HINTS[language]):
            notes.write_string(number, 0, hint)
