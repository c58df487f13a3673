"""Gives up seats that were reserved for a member who was never added, when *workspace* says so."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.problem import Problem
from chassis.service import Runtime
from services.billing.models import Seat
from services.billing.seats import give_up_seat

STALE = timedelta(minutes=15)
ASK_AGAIN = timedelta(minutes=5)


def release_stale_seats(runtime: Runtime) -> bool:
    """Look at one seat that nobody confirmed; False when there was none."""
    with runtime.db.transaction(EVERYONE) as session:
        stale = _claim(session)
    if stale is None:
        return False
    member, version = stale
    if _status(runtime, member) in ("missing", "disabled", "removed"):
        with runtime.db.transaction(EVERYONE) as session:
            give_up_seat(session, member, version)
    return True


def _claim(session: Session) -> tuple[UUID, int] | None:
    """Take the oldest one that was not looked at for a while; two sweeps never take the same."""
    now = database_now(session)
    waiting = (
        Seat.confirmed_at.is_(None)
        & Seat.released_at.is_(None)
        & (Seat.taken_at < now - STALE)
        & or_(Seat.asked_at.is_(None), Seat.asked_at < now - ASK_AGAIN)
    )
    oldest = select(Seat.member_id).where(waiting).order_by(Seat.taken_at).limit(1)
    member = session.scalars(oldest.with_for_update(skip_locked=True)).first()
    mine = update(Seat).where(Seat.member_id == member, waiting).values(asked_at=now)
    found = session.execute(mine.returning(Seat.member_id, Seat.version)).first()
    return (found.member_id, found.version) if found else None


def _status(runtime: Runtime, member: UUID) -> str:
    try:
        answer = runtime.client.call("workspace", "GET", f"/internal/members/{member}/status")
    except Problem as problem:
        if problem.status != 503:
            raise
        return "unknown"
    return str(answer["status"])
