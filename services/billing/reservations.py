"""One envelope for each agreement: reserved before it is sent, committed when it was, released when it was not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.problem import Problem, not_found, unavailable
from services.billing.ledger import expire, give_back, lock_workspace, settle_debts, take, write
from services.billing.models import Reservation
from services.billing.subscriptions import standing_of
from services.billing.warnings import warn_of_envelopes


def reserve(session: Session, workspace: UUID, agreement: UUID) -> Reservation:
    """Hold an envelope for an agreement; asked again, the same one is held afresh.

    Raises a 402 problem when the plan has ended or no envelope is left, 503 while the workspace is not known yet.
    """
    if lock_workspace(session, workspace) is None:
        raise unavailable(1)
    found = lock_reservation(session, agreement)
    if found and found.workspace_id != workspace:
        raise not_found()
    if found and found.committed_at:
        return found
    _refuse_ended(session, workspace)
    return _hold(session, workspace, agreement, found)


def commit(session: Session, workspace: UUID, agreement: UUID) -> None:
    """The agreement was sent: its envelope is used, whatever became of the reservation.

    Without one, an envelope is taken now; when none is left the workspace is overdrawn by one.
    """
    lock_workspace(session, workspace)
    found = lock_reservation(session, agreement)
    if found and found.committed_at:
        return
    now = database_now(session)
    if found is None or found.released_at:
        found = _take_late(session, workspace, agreement, found)
    found.committed_at = now
    write(session, "committed", workspace, 0, found.batch_id, agreement)


def release(session: Session, agreement: UUID, held_since: datetime | None = None) -> None:
    """The agreement was not sent: its envelope goes back. Nothing happens when none is held.

    With ``held_since`` nothing happens either when the envelope was held afresh or used after that time. Otherwise
    raises a 409 problem when the agreement was sent.
    """
    workspace = session.scalar(select(Reservation.workspace_id).where(Reservation.agreement_id == agreement))
    if workspace is None:
        return
    lock_workspace(session, workspace)
    found = lock_reservation(session, agreement)
    if found is None or found.released_at or _moved_on(found, held_since):
        return
    if found.committed_at or found.batch_id is None:
        raise Problem(409, "envelope_used")
    found.released_at = database_now(session)
    give_back(session, found.batch_id)
    write(session, "released", workspace, 1, found.batch_id, agreement)
    expire(session, found.batch_id)
    settle_debts(session, workspace)


def lock_reservation(session: Session, agreement: UUID) -> Reservation | None:
    """The reservation of an agreement, as it is now, locked until the transaction ends."""
    query = select(Reservation).where(Reservation.agreement_id == agreement).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).first()


def _moved_on(found: Reservation, held_since: datetime | None) -> bool:
    return held_since is not None and (found.committed_at is not None or found.reserved_at != held_since)


def _hold(session: Session, workspace: UUID, agreement: UUID, found: Reservation | None) -> Reservation:
    now = database_now(session)
    if found and not found.released_at:
        found.reserved_at, found.asked_at = now, None
        return found
    batch = take(session, workspace)
    if batch is None:
        raise Problem(402, "envelopes_exhausted")
    write(session, "reserved", workspace, -1, batch, agreement)
    warn_of_envelopes(session, workspace)
    return _keep(session, workspace, agreement, found, batch)


def _take_late(session: Session, workspace: UUID, agreement: UUID, found: Reservation | None) -> Reservation:
    batch = take(session, workspace)
    write(session, "reserved" if batch else "overdrawn", workspace, -1, batch, agreement)
    warn_of_envelopes(session, workspace)
    return _keep(session, workspace, agreement, found, batch)


def _keep(
    session: Session, workspace: UUID, agreement: UUID, found: Reservation | None, batch: UUID | None
) -> Reservation:
    row = found or Reservation(agreement_id=agreement, workspace_id=workspace)
    row.batch_id, row.reserved_at = batch, database_now(session)
    row.released_at = row.asked_at = row.committed_at = None
    session.add(row)
    session.flush()
    return row


def _refuse_ended(session: Session, workspace: UUID) -> None:
    if standing_of(session, workspace).expired:
        raise Problem(402, "plan_expired")
