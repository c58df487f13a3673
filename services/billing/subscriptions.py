"""What a workspace has subscribed to, and what is left of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from chassis.problem import unavailable
from services.billing.ledger import grant, lock_workspace, usable
from services.billing.models import Batch, LedgerEntry, Subscription
from services.billing.plans import PLANS, Plan
from services.billing.seats import count_seats

DAY = timedelta(days=1)
FIRST = "first"  # the origin of the batch a workspace begins with


@dataclass(frozen=True, slots=True)
class Overview:
    """A workspace's plan and envelopes; ``days_left``, ``total`` and ``available`` are None without a limit."""

    plan: Plan
    starts_at: datetime
    ends_at: datetime | None
    days_left: int | None
    expired: bool
    used: int
    total: int | None
    available: int | None
    seats: int | None
    seats_used: int


def begin_subscription(session: Session, workspace: UUID, code: str) -> None:
    """Give a new workspace its first plan with its envelopes; nothing happens when it has one."""
    if lock_workspace(session, workspace) is not None:
        return
    plan, now = PLANS[code], database_now(session)
    ends_at = now + plan.days * DAY if plan.days else None
    session.add(
        Subscription(id=new_key(), workspace_id=workspace, plan=code, seats=plan.seats, starts_at=now, ends_at=ends_at)
    )
    session.flush()
    grant(
        session,
        Batch(
            id=new_key(), workspace_id=workspace, origin=FIRST, total=plan.envelopes, available=plan.envelopes,
            starts_at=now, ends_at=ends_at,
        ),
    )  # fmt: skip


def overview(session: Session, workspace: UUID) -> Overview:
    """The plan and the envelopes of its running batches; raises a 503 problem while the workspace is not known yet."""
    found = session.scalars(select(Subscription).where(Subscription.workspace_id == workspace)).first()
    if found is None:
        raise unavailable(1)
    now = database_now(session)
    batches = session.scalars(usable(workspace, now)).all()
    left = found.ends_at - now if found.ends_at else None
    total, available = _sum([batch.total for batch in batches]), _sum([batch.available for batch in batches])
    return Overview(
        plan=PLANS[found.plan], starts_at=found.starts_at, ends_at=found.ends_at, seats=found.seats,
        days_left=None if left is None else max(math.ceil(left / DAY), 0), expired=left is not None and left <= 0 * DAY,
        used=_used(session, batches), total=total, available=available, seats_used=count_seats(session, workspace),
    )  # fmt: skip


def list_batches(session: Session, workspace: UUID) -> Sequence[Batch]:
    """Every batch, also those that have ended, the latest end first."""
    query = select(Batch).where(Batch.workspace_id == workspace)
    return session.scalars(query.order_by(Batch.ends_at.desc(), Batch.id.desc())).all()


def _used(session: Session, batches: Sequence[Batch]) -> int:
    if all(batch.total is not None for batch in batches):
        return sum((batch.total or 0) - (batch.available or 0) for batch in batches)
    query = select(LedgerEntry.amount).where(
        LedgerEntry.batch_id.in_([batch.id for batch in batches]), LedgerEntry.kind != "granted"
    )
    return -sum(session.scalars(query))


def _sum(amounts: Sequence[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None
