"""Clock work: what was reserved and never sent is released, and the books follow the clock.

*agreement* is asked what became of a reservation; while it does not answer, nothing is released.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.problem import Problem
from chassis.service import Runtime
from services.billing.models import Reservation, Subscription, Term
from services.billing.plans import UNLIMITED
from services.billing.reservations import release
from services.billing.settings import BillingSettings
from services.billing.settle import follow_mode

STALE = timedelta(minutes=15)
ASK_AGAIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Stale:
    """A reservation nobody has renewed since ``reserved_at``."""

    agreement: UUID
    reserved_at: datetime


def follow_clock(runtime: Runtime) -> bool:
    """Settle one workspace whose time has come, or which began under another mode; False when there was none."""
    settings = cast(BillingSettings, runtime.settings)
    free = exists().where(
        Term.workspace_id == Subscription.workspace_id, Term.plan == UNLIMITED.code, Term.cancelled_at.is_(None)
    )
    with runtime.db.transaction(EVERYONE) as session:
        due = (Subscription.look_at <= database_now(session)) | (~free if settings.unlimited else free)
        query = select(Subscription).where(due).order_by(Subscription.look_at).limit(1)
        found = session.scalars(query.with_for_update(skip_locked=True, of=Subscription)).first()
        if found is None:
            return False
        follow_mode(session, found.workspace_id, settings)
    return True


def release_stale(runtime: Runtime) -> bool:
    """Look at one stale reservation; False when there was none."""
    with runtime.db.transaction(EVERYONE) as session:
        stale = _claim(session)
    if stale is None:
        return False
    if _state(runtime, stale.agreement) in ("draft", "missing"):
        with runtime.db.transaction(EVERYONE) as session:
            release(session, stale.agreement, stale.reserved_at)
    return True


def _claim(session: Session) -> Stale | None:
    """Take the oldest one that was not looked at for a while; two sweeps never take the same."""
    now = database_now(session)
    waiting = (
        Reservation.committed_at.is_(None)
        & Reservation.released_at.is_(None)
        & (Reservation.reserved_at < now - STALE)
        & or_(Reservation.asked_at.is_(None), Reservation.asked_at < now - ASK_AGAIN)
    )
    query = select(Reservation).where(waiting).order_by(Reservation.reserved_at).limit(1)
    found = session.scalars(query.with_for_update(skip_locked=True)).first()
    if found is None:
        return None
    mine = update(Reservation).where(Reservation.agreement_id == found.agreement_id, waiting).values(asked_at=now)
    claimed = session.execute(mine.returning(Reservation.agreement_id)).first()
    return Stale(found.agreement_id, found.reserved_at) if claimed else None


def _state(runtime: Runtime, agreement: UUID) -> str:
    try:
        answer = runtime.client.call("agreement", "GET", f"/internal/agreements/{agreement}/state")
    except Problem as problem:
        if problem.status != 503:
            raise
        return "unknown"
    return str(answer["state"])
