"""The sweep that removes what its workspace keeps no longer, and has the admins told of it a month before.

An agreement is told of when its time is nearly over, all of a workspace's in one mail a day, and removed when its time
is over and `NOTICE` has passed since. Each turn takes some rows that no other worker holds and commits them: killed
anywhere, the next turn goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.ids import new_key, public_id
from chassis.outbox import emit
from chassis.service import Loop, Runtime
from services.agreement import trash
from services.agreement.keeping import AHEAD, NOTICE, SWEEP, kept_until
from services.agreement.models import Agreement, RemovalDay, Workspace
from services.agreement.shelves import clear

AT_ONCE = 25
WARNED_AT_ONCE = 500
NAMED = 5
UNHELD = Agreement.held_at.is_(None) & Agreement.over_at.is_not(None)


def _turn(runtime: Runtime) -> bool:
    with runtime.db.transaction(EVERYONE) as session:
        now = database_now(session)
        return any(work(session, now) for work in (_remove_some, _warn_some, _tell_next, _count_next))


def _remove_some(session: Session, now: datetime) -> bool:
    for days in _times(session):
        due = UNHELD & (Agreement.warned_at <= now - NOTICE) & (Agreement.over_at <= now - timedelta(days=days))
        if found := _some(session, days, due, AT_ONCE):
            for agreement in found:
                remove(session, agreement, now)
            return True
    return False


def remove(session: Session, agreement: Agreement, now: datetime) -> None:
    """The transition to nothing: rows, list lines and files go, and *signing* hears that its copies have to.

    The agreement's row is locked, and the session has the scope of everyone.
    """
    for document in agreement.documents:
        trash.throw_away(session, document)
    clear(session, agreement)
    _day(session, agreement.workspace_id, now).removed += 1
    data = {"agreement_id": str(agreement.id), "workspace_id": str(agreement.workspace_id)}
    emit(
        session, "agreement.removed.v1", subject=agreement.id, sequence=agreement.version + 1,
        data={**data, "removed_at": now.isoformat()}, workspace=agreement.workspace_id,
    )  # fmt: skip
    session.flush()
    session.delete(agreement)


def _warn_some(session: Session, now: datetime) -> bool:
    done = select(RemovalDay.workspace_id).where(RemovalDay.day == _name(now), RemovalDay.told_at.is_not(None))
    for days in _times(session):
        near = UNHELD & Agreement.warned_at.is_(None) & (Agreement.over_at <= now + AHEAD - timedelta(days=days))
        if found := _some(session, days, near & Agreement.workspace_id.not_in(done), WARNED_AT_ONCE):
            _warn(session, found, days, now)
            return True
    return False


def _warn(session: Session, found: Sequence[Agreement], days: int, now: datetime) -> None:
    """Some of one workspace, those that ended first at the head."""
    day = _day(session, found[0].workspace_id, now)
    for agreement in found:
        agreement.warned_at = now
    until = kept_until(found[0], days, now)
    over = [one.over_at for one in found if one.over_at]
    day.warned += len(found)
    day.first_at = min(one for one in (day.first_at, until) if one)
    day.last_ended_at = max([*over, *([day.last_ended_at] if day.last_ended_at else [])])
    named = [{"public_id": public_id("agr", one.id), "title": one.title} for one in found]
    day.first = [*day.first, *named][:NAMED]


def _tell_next(session: Session, now: datetime) -> bool:
    """Nobody is left to be warned of: the mail of the day."""
    day = _next(session, (RemovalDay.warned > 0) & RemovalDay.told_at.is_(None))
    if day is None or day.first_at is None or day.last_ended_at is None:
        return False
    _emit(
        session, "agreement.removals_near.v1", day, count=day.warned, first_at=day.first_at.isoformat(),
        last_ended_at=day.last_ended_at.isoformat(), agreements=day.first,
    )  # fmt: skip
    day.told_at, day.first = now, []
    return True


def _count_next(session: Session, now: datetime) -> bool:
    over = (RemovalDay.removed > 0) & RemovalDay.counted_at.is_(None) & (RemovalDay.day < _name(now))
    day = _next(session, over)
    if day is None:
        return False
    _emit(session, "agreement.removals_counted.v1", day, day=day.day, count=day.removed)
    day.counted_at = now
    return True


def _times(session: Session) -> Sequence[int]:
    """Every time that some workspace has set, in days."""
    days = select(Workspace.retention_days).where(Workspace.retention_days.is_not(None)).distinct()
    return [one for one in session.scalars(days) if one is not None]


def _some(session: Session, days: int, wanted: ColumnElement[bool], most: int) -> Sequence[Agreement]:
    """Rows of one workspace with this time, held until the transaction ends."""
    having = select(Agreement.workspace_id).join(Workspace, Workspace.id == Agreement.workspace_id)
    key = session.scalar(having.where(Workspace.retention_days == days, wanted).limit(1))
    mine = select(Agreement).where(Agreement.workspace_id == key, wanted).order_by(Agreement.over_at).limit(most)
    return session.scalars(mine.with_for_update(skip_locked=True)).all() if key else []


def _next(session: Session, wanted: ColumnElement[bool]) -> RemovalDay | None:
    query = select(RemovalDay).where(wanted).order_by(RemovalDay.id).limit(1)
    return session.scalars(query.with_for_update(skip_locked=True)).first()


def _day(session: Session, workspace: UUID, now: datetime) -> RemovalDay:
    """The row of a workspace's day, made when it is not there, and locked."""
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {"id": new_key(), "workspace_id": workspace, "day": _name(now), "warned": 0, "first": [], "removed": 0}
    session.execute(dialect.insert(RemovalDay).values(row).on_conflict_do_nothing())
    mine = (RemovalDay.workspace_id == workspace) & (RemovalDay.day == _name(now))
    return session.scalars(select(RemovalDay).where(mine).with_for_update()).one()


def _name(now: datetime) -> str:
    return now.astimezone(UTC).date().isoformat()


def _emit(session: Session, type: str, told: RemovalDay, **data: Any) -> None:
    emit(
        session, type, subject=told.workspace_id, sequence=date.fromisoformat(told.day).toordinal(),
        data={"workspace_id": str(told.workspace_id), **data}, workspace=told.workspace_id,
    )  # fmt: skip


LOOP = Loop(SWEEP, _turn, every=60.0)
