"""How many envelopes were used, by day or by month (UTC), read from the ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.billing.ledger import ENVELOPE
from services.billing.models import LedgerEntry

PATTERNS = {"day": ("%Y-%m-%d", "YYYY-MM-DD"), "month": ("%Y-%m", "YYYY-MM")}


def usage(session: Session, workspace: UUID, first: date, last: date, by: str) -> list[tuple[str, int]]:
    """Envelopes used for agreements sent on each day (or in each month) from ``first`` to ``last``, zeros included."""
    sqlite, postgres = PATTERNS[by]
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    at = LedgerEntry.at
    period: Any = func.strftime(sqlite, at) if is_sqlite else func.to_char(func.timezone("UTC", at), postgres)
    mine = (LedgerEntry.workspace_id == workspace) & (LedgerEntry.kind == "committed")
    query = select(period, func.count()).where(
        mine, LedgerEntry.resource == ENVELOPE, at >= _midnight(first), at < _midnight(last + timedelta(days=1))
    )
    counts = {period: int(count) for period, count in session.execute(query.group_by(period))}
    return [(name, counts.get(name, 0)) for name in _periods(first, last, sqlite)]


def _periods(first: date, last: date, pattern: str) -> list[str]:
    days = ((first + timedelta(days=n)).strftime(pattern) for n in range((last - first).days + 1))
    return list(dict.fromkeys(days))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
