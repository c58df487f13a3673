"""The only place where envelopes move: each move changes a batch and writes its ledger entry in one transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, case, or_, select, update
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from services.billing.models import Batch, LedgerEntry, Reservation, Subscription


def lock_workspace(session: Session, workspace: UUID) -> Subscription | None:
    """The workspace's subscription, locked until the transaction ends; None before *billing* has heard of it."""
    query = select(Subscription).where(Subscription.workspace_id == workspace).with_for_update()
    return session.scalars(query).first()


def usable(workspace: UUID, now: datetime) -> Select[Batch]:
    """The batches that have begun and not ended, the one that ends first in front."""
    last = case((Batch.ends_at.is_(None), 1), else_=0)
    running = (Batch.starts_at <= now) & or_(Batch.ends_at.is_(None), Batch.ends_at > now)
    return select(Batch).where(Batch.workspace_id == workspace, running).order_by(last, Batch.ends_at, Batch.id)


def take(session: Session, workspace: UUID) -> UUID | None:
    """Take an envelope from the batch that ends first; its key, or None when nothing is left."""
    left = or_(Batch.available > 0, Batch.total.is_(None))
    candidates = usable(workspace, database_now(session)).where(left).with_only_columns(Batch.id)
    while (batch := session.scalars(candidates.limit(1)).first()) is not None:
        changed = update(Batch).where(Batch.id == batch, left).values(available=Batch.available - 1)
        if session.execute(changed.returning(Batch.id)).first() is not None:
            return batch
    return None


def give_back(session: Session, batch: UUID) -> None:
    """Put an envelope back into its batch."""
    session.execute(update(Batch).where(Batch.id == batch).values(available=Batch.available + 1))


def write(
    session: Session, kind: str, workspace: UUID, amount: int, batch: UUID | None, agreement: UUID | None = None
) -> None:
    """Add a ledger entry; ``amount`` is what it adds to the batch's available envelopes."""
    session.add(
        LedgerEntry(
            id=new_key(), workspace_id=workspace, batch_id=batch, agreement_id=agreement, kind=kind, amount=amount,
            at=database_now(session),
        )
    )  # fmt: skip


def grant(session: Session, batch: Batch) -> None:
    """Add a batch, and settle from it what the workspace has overdrawn; the caller holds the workspace's lock."""
    session.add(batch)
    session.flush()
    write(session, "granted", batch.workspace_id, batch.total or 0, batch.id)
    debt = Reservation.batch_id.is_(None) & Reservation.committed_at.is_not(None)
    overdrawn = select(Reservation).where(Reservation.workspace_id == batch.workspace_id, debt)
    for reservation in session.scalars(overdrawn.order_by(Reservation.committed_at)).all():
        if (taken := take(session, batch.workspace_id)) is None:
            return
        reservation.batch_id = taken
        write(session, "settled", batch.workspace_id, -1, taken, reservation.agreement_id)
        write(session, "settled", batch.workspace_id, 1, None, reservation.agreement_id)
