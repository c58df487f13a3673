"""The only place where things move: each move changes a batch and writes its ledger entry in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, case, or_, select, update
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from services.billing.models import Batch, LedgerEntry, Reservation, Subscription

ENVELOPE, IDENTITY, SEAT, MONEY = "envelope", "identity", "seat", "money"


def lock_workspace(session: Session, workspace: UUID) -> Subscription | None:
    """The workspace's subscription, locked until the transaction ends; None before *billing* has heard of it."""
    query = select(Subscription).where(Subscription.workspace_id == workspace).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).first()


def usable(workspace: UUID, now: datetime, resource: str = ENVELOPE) -> Select[Batch]:
    """The batches that have begun and not ended, the one that ends first in front."""
    last = case((Batch.ends_at.is_(None), 1), else_=0)
    running = (Batch.starts_at <= now) & or_(Batch.ends_at.is_(None), Batch.ends_at > now)
    mine = (Batch.workspace_id == workspace) & (Batch.resource == resource)
    return select(Batch).where(mine, running).order_by(last, Batch.ends_at, Batch.id)


def take(session: Session, workspace: UUID, resource: str = ENVELOPE) -> UUID | None:
    """Take one from the batch that ends first; its key, or None when nothing is left."""
    left = or_(Batch.available > 0, Batch.total.is_(None))
    candidates = usable(workspace, database_now(session), resource).where(left).with_only_columns(Batch.id)
    while (batch := session.scalars(candidates.limit(1)).first()) is not None:
        changed = update(Batch).where(Batch.id == batch, left).values(available=Batch.available - 1)
        if session.execute(changed.returning(Batch.id)).first() is not None:
            return batch
    return None


def give_back(session: Session, batch: UUID) -> None:
    """Put one back into its batch."""
    session.execute(update(Batch).where(Batch.id == batch).values(available=Batch.available + 1))


def expire(session: Session, batch: UUID) -> None:
    """Take away what is left of a batch that has ended; nothing happens while it runs."""
    found = session.get_one(Batch, batch)
    if found.ends_at is not None and found.ends_at <= database_now(session):
        take_away(session, found, "expired")


def take_away(session: Session, batch: Batch, kind: str) -> None:
    """Take all that is available out of a batch: it has ended, or was refunded. The caller holds the lock."""
    session.refresh(batch)
    if batch.available:
        left, batch.available = batch.available, 0
        write(
            session, kind, batch.workspace_id, -left, batch.id, resource=batch.resource, order=batch.order_id
        )  # fmt: skip


def write(
    session: Session, kind: str, workspace: UUID, amount: int, batch: UUID | None = None, agreement: UUID | None = None,
    *, resource: str = ENVELOPE, order: UUID | None = None, currency: str | None = None,
) -> None:  # fmt: skip
    """Add a ledger entry; ``amount`` is what it adds to what the batch has available."""
    session.add(
        LedgerEntry(
            id=new_key(), workspace_id=workspace, batch_id=batch, agreement_id=agreement, order_id=order, kind=kind,
            resource=resource, currency=currency, amount=amount, at=database_now(session),
        )
    )  # fmt: skip


def grant(session: Session, batch: Batch) -> None:
    """Add a batch, and settle from it what the workspace has overdrawn; the caller holds the workspace's lock."""
    session.add(batch)
    session.flush()
    write(
        session, "granted", batch.workspace_id, batch.total or 0, batch.id, resource=batch.resource,
        order=batch.order_id,
    )  # fmt: skip
    if batch.resource == ENVELOPE:
        settle_debts(session, batch.workspace_id)


def settle_debts(session: Session, workspace: UUID) -> None:
    """Take what the workspace has overdrawn out of what can be used now; the caller holds the workspace's lock."""
    for reservation in _overdrawn(session, workspace):
        if (taken := take(session, workspace)) is None:
            return
        reservation.batch_id = taken
        write(session, "settled", workspace, -1, taken, reservation.agreement_id)
        write(session, "settled", workspace, 1, None, reservation.agreement_id)


def _overdrawn(session: Session, workspace: UUID) -> Sequence[Reservation]:
    debt = Reservation.batch_id.is_(None) & Reservation.committed_at.is_not(None)
    query = select(Reservation).where(Reservation.workspace_id == workspace, debt)
    return session.scalars(query.order_by(Reservation.committed_at)).all()
