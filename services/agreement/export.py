"""A filtered list as CSV or XLSX, in the reader's language and time zone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chassis.database import EVERYONE
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.tokens import Principal
from services.agreement import dump, lists
from services.agreement.export_words import COLUMNS, SIGNER_STATES, STATES, say

AT_ONCE = 500
MOST_XLSX = 20_000
TIMES = ("created_at", "sent_at", "deadline", "completed_at")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Row = list[str]


@dataclass(frozen=True, slots=True)
class Export:
    """Who wants which list: ``query`` as for a page of the lists, ``zone`` in which times are told."""

    who: Principal
    soon_days: int
    query: Mapping[str, Any]
    language: str
    zone: ZoneInfo


def rows(runtime: Runtime, wanted: Export) -> Iterator[Row]:
    """The head and a row for each agreement, newest first, read in short transactions."""
    yield [_head(wanted, name) for name in COLUMNS]
    cursor, workspace = None, wanted.who.workspace
    assert workspace is not None
    while True:
        query = {**wanted.query, "limit": AT_ONCE, **({"cursor": cursor} if cursor else {})}
        with runtime.db.read(workspace) as session:
            page = lists.page(session, wanted.who, wanted.soon_days, query)
        with runtime.db.read(EVERYONE) as session:
            found = dump.rows(session, page.lines)
        yield from (_row(wanted, one) for one in found)
        cursor = page.cursor
        if cursor is None:
            return


def as_csv(table: Iterable[Row]) -> Iterator[bytes]:
    """CSV (RFC 4180) in UTF-8 with the mark by which spreadsheets know it."""
    yield b"\xef\xbb\xbf"
    for row in table:
        line = io.StringIO()
        csv.writer(line).writerow([harmless(cell) for cell in row])
        yield line.getvalue().encode()


def as_xlsx(table: Iterable[Row], target: Path) -> None:
    """A sheet with a fixed head and filters; raises 422 export_too_large above 20,000 agreements."""
    import xlsxwriter

    with xlsxwriter.Workbook(target, {"constant_memory": True, "in_memory": False}) as book:
        sheet, bold, last = book.add_worksheet(), book.add_format({"bold": True}), 0
        sheet.set_column(0, len(COLUMNS) - 1, 24)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(table):
            if number > MOST_XLSX:
                raise Problem(422, "export_too_large", limit=MOST_XLSX)
            for column, cell in enumerate(row):
                sheet.write_string(number, column, harmless(cell), bold if number == 0 else None)
            last = number
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)


def harmless(cell: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _head(wanted: Export, name: str) -> str:
    word = say(COLUMNS, name, wanted.language)
    return f"{word} ({wanted.zone.key})" if name in TIMES else word


def _row(wanted: Export, one: Mapping[str, Any]) -> Row:
    values = {
        **one, "status": say(STATES, one["status"], wanted.language), "initiator": one["initiator"]["name"],
        "initiator_email": one["initiator"]["email"], "signers": _signers(wanted, one),
        **{name: _time(wanted, one[name]) for name in TIMES},
    }  # fmt: skip
    return [str(values[name]) for name in COLUMNS]


def _signers(wanted: Export, one: Mapping[str, Any]) -> str:
    told = [f"{who['name']} ({say(SIGNER_STATES, who['status'], wanted.language)})" for who in one["signers"]]
    return "; ".join(told)


def _time(wanted: Export, at: str | None) -> str:
    return datetime.fromisoformat(at).astimezone(wanted.zone).strftime("%Y-%m-%d %H:%M") if at else ""
