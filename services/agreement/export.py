"""A filtered list as CSV or XLSX, in the reader's language and time zone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import EVERYONE
from chassis.ids import public_id
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.spreadsheet import harmless
from chassis.tokens import Principal
from services.agreement import dump, lists
from services.agreement.export_words import COLUMNS, SIGNER_STATES, STATES, say
from services.agreement.models import Agreement, Recipient

AT_ONCE = 500
MOST_XLSX = 20_000
TIMES = ("created_at", "sent_at", "deadline", "completed_at")
OF_AGREEMENT = (
    Agreement.id, Agreement.title, Agreement.status, Agreement.initiator_name, Agreement.initiator_email,
    Agreement.created_at, Agreement.sent_at, Agreement.deadline, Agreement.completed_at,
)  # fmt: skip
OF_RECIPIENT = (
    Recipient.agreement_id, Recipient.name, Recipient.signed_at, Recipient.declined_at, Recipient.locked_at,
    Recipient.resent_at, Recipient.bounced_at, Recipient.delivered_at, Recipient.viewed_at, Recipient.invited_at,
)  # fmt: skip
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
    workspace, query = wanted.who.workspace, {**wanted.query, "limit": AT_ONCE}
    assert workspace is not None
    while True:
        with runtime.db.read(workspace) as session:
            found = lists.keys(session, wanted.who, wanted.soon_days, query)
        with runtime.db.read(EVERYONE) as session:
            table = _told(session, wanted, found)
        yield from table
        if len(found) < AT_ONCE:
            return
        query["cursor"] = lists.cursor_of(found[-1])


def _told(session: Session, wanted: Export, found: list[UUID]) -> list[Row]:
    """Rows of agreements; columns are read instead of objects, for a hundred thousand of them."""
    agreements = {one.id: one for one in session.execute(select(*OF_AGREEMENT).where(Agreement.id.in_(found)))}
    signers: dict[UUID, list[Any]] = defaultdict(list)
    query = select(*OF_RECIPIENT).where(Recipient.agreement_id.in_(found))
    for one in session.execute(query.order_by(Recipient.position, Recipient.place)):
        signers[one.agreement_id].append(one)
    return [_row(wanted, agreements[key], signers[key]) for key in found if key in agreements]


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


def _head(wanted: Export, name: str) -> str:
    word = say(COLUMNS, name, wanted.language)
    return f"{word} ({wanted.zone.key})" if name in TIMES else word


def _row(wanted: Export, one: Any, signers: list[Any]) -> Row:
    values = {
        "id": public_id("agr", one.id), "title": one.title, "status": say(STATES, one.status, wanted.language),
        "initiator": one.initiator_name, "initiator_email": one.initiator_email,
        "signers": "; ".join(_signer(wanted, one, who) for who in signers),
        **{name: _time(wanted, getattr(one, name)) for name in TIMES},
    }  # fmt: skip
    return [values[name] for name in COLUMNS]


def _signer(wanted: Export, one: Any, who: Any) -> str:
    return f"{who.name} ({say(SIGNER_STATES, dump.status_of(one, who), wanted.language)})"


def _time(wanted: Export, at: datetime | None) -> str:
    return f"{at.astimezone(wanted.zone):%Y-%m-%d %H:%M}" if at else ""
