"""Reminders: those planned at sending, each once, and those somebody asks for."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.ids import new_key
from chassis.outbox import emit
from chassis.problem import Problem
from chassis.service import Loop, Runtime
from services.agreement.limits import REMIND_AGAIN, RESEND_AGAIN
from services.agreement.models import DRAFT, SENT, Agreement, Recipient, Reminder
from services.agreement.shelves import shelve
from services.agreement.standing import Standing, get, lock
from services.agreement.turns import is_locked, signing_now


def remind(runtime: Runtime, at: Standing) -> list[UUID]:
    """Remind those who may sign now; each at most every ten minutes. Returns whom.

    Raises 409 not_sent, already_ended or nobody_to_remind, 429 reminded_recently.
    """
    with runtime.db.transaction(at.owner) as session:
        agreement = lock(session, at.agreement_id)
        if agreement.status != SENT:
            raise Problem(409, "not_sent" if agreement.status == DRAFT else "already_ended")
        waiting, now = _reachable(agreement), database_now(session)
        if not waiting:
            raise Problem(409, "nobody_to_remind")
        due = [one for one in waiting if one.reminded_at is None or one.reminded_at <= now - REMIND_AGAIN]
        if not due:
            seconds = min(one.reminded_at for one in waiting if one.reminded_at) + REMIND_AGAIN - now
            raise Problem(429, "reminded_recently", headers={"Retry-After": str(int(seconds.total_seconds()) + 1)})
        _emit(session, agreement, due, now)
        return [one.id for one in due]


def _reachable(agreement: Agreement) -> list[Recipient]:
    return [one for one in signing_now(agreement) if not is_locked(one)]


def _emit(session: Session, agreement: Agreement, due: list[Recipient], now: datetime) -> None:
    for one in due:
        one.reminded_at = now
    agreement.version += 1
    data = {"agreement_id": str(agreement.id), "recipient_ids": [str(one.id) for one in due]}
    emit(
        session, "agreement.reminder_due.v1", subject=agreement.id, sequence=agreement.version, data=data,
        workspace=agreement.workspace_id,
    )  # fmt: skip


def _turn(runtime: Runtime) -> bool:
    with runtime.db.transaction(EVERYONE) as session:
        now = database_now(session)
        due = (Reminder.done_at.is_(None)) & (Reminder.due_at <= now)
        key = session.scalar(select(Reminder.agreement_id).where(due).order_by(Reminder.due_at).limit(1))
        if key is None:
            return False
        agreement = lock(session, key)
        used = update(Reminder).where(due, Reminder.agreement_id == key).values(done_at=now).returning(Reminder.id)
        claimed = session.scalars(used.execution_options(synchronize_session=False)).all()
        waiting = _reachable(agreement)
        if claimed and agreement.status == SENT and agreement.deadline > now and waiting:
            _emit(session, agreement, waiting, now)
        return True


LOOP = Loop("reminders", _turn, every=30.0)


def resend(runtime: Runtime, at: Standing, recipient_id: UUID | None) -> None:
    """Have *signing* send a recipient a new link, once a minute at most.

    Raises not_found, 409 not_sent, already_ended or not_their_turn, 429 resent_recently.
    """
    with runtime.db.read(at.owner) as session:
        agreement = get(session, at.agreement_id)
        if agreement.status != SENT:
            raise Problem(409, "not_sent" if agreement.status == DRAFT else "already_ended")
        one = next((one for one in agreement.recipients if one.id == recipient_id), None)
        if one is None:
            raise Problem(404, "not_found")
        _demand_pause(one, database_now(session))
    body = {"recipient_id": str(recipient_id)}
    path = f"/internal/ceremonies/{at.agreement_id}/resend"
    runtime.client.call("signing", "POST", path, body, key=f"resend-{new_key()}")
    with runtime.db.transaction(EVERYONE) as session:
        agreement = lock(session, at.agreement_id)
        for one in agreement.recipients:
            if one.id == recipient_id:
                one.resent_at = database_now(session)
        shelve(session, agreement)


def _demand_pause(one: Recipient, now: datetime) -> None:
    if one.resent_at and one.resent_at > now - RESEND_AGAIN:
        seconds = int((one.resent_at + RESEND_AGAIN - now).total_seconds()) + 1
        raise Problem(429, "resent_recently", headers={"Retry-After": str(seconds)})
