"""Sends a draft: one envelope is reserved, then the agreement is marked sent and told about in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.ids import new_key, public_id
from chassis.outbox import emit
from chassis.problem import Problem
from chassis.service import Runtime
from services.agreement.checks import demand_complete
from services.agreement.contacts import remember_recipients
from services.agreement.holding import demand_open
from services.agreement.models import COMPLETED, COMPLETING, DRAFT, SENT, Account, Agreement, Reminder, Workspace
from services.agreement.shelves import shelve
from services.agreement.standing import Standing, get, lock

ALREADY = (SENT, COMPLETING, COMPLETED)


def send(runtime: Runtime, at: Standing) -> None:
    """Send a draft. Sending what is sent already changes nothing and is no error.

    Raises 422 with what is missing, 402 from billing, 409 already_ended or workspace_closed. Killed after the
    reservation, the next try finds the same reservation; billing takes it back when there is none.
    """
    with runtime.db.read(at.owner) as session:
        agreement = get(session, at.agreement_id)
        if _is_sent(agreement):
            return
        demand_complete(agreement, database_now(session))
    reserve(runtime, at)
    with runtime.db.transaction(at.owner) as session:
        agreement = lock(session, at.agreement_id)
        if not _is_sent(agreement):
            demand_complete(agreement, database_now(session))
            demand_open(session, agreement.workspace_id)
            _mark_sent(session, agreement, database_now(session))


def _is_sent(agreement: Agreement) -> bool:
    if agreement.status not in (*ALREADY, DRAFT):
        raise Problem(409, "already_ended")
    return agreement.status in ALREADY


def reserve(runtime: Runtime, at: Standing) -> None:
    """Reserve the agreement's envelope. Billing knows it by the agreement; the key only covers a repeated call.

    A new key for each try, because a refusal must not be given again after an envelope was bought.
    """
    body = {"agreement_id": str(at.agreement_id), "workspace_id": str(at.owner)}
    runtime.client.call("billing", "POST", "/internal/reservations", body, key=f"reserve-{new_key()}")


def _mark_sent(session: Session, agreement: Agreement, now: datetime) -> None:
    agreement.status, agreement.sent_at = SENT, now
    agreement.version += 1
    plan_reminders(session, agreement, now)
    shelve(session, agreement)
    remember_recipients(session, agreement)
    emit(
        session, "agreement.sent.v1", subject=agreement.id, sequence=agreement.version, data=_sent(session, agreement),
        workspace=agreement.workspace_id,
    )  # fmt: skip


def plan_reminders(session: Session, agreement: Agreement, after: datetime, done: Collection[int] = ()) -> None:
    """Plan a reminder for each day before the deadline that is still to come; ``done`` are those that went out."""
    for days in sorted(set(agreement.reminders) - set(done)):
        due = agreement.deadline - timedelta(days=days)
        if due > after:
            common = {"workspace_id": agreement.workspace_id, "agreement_id": agreement.id}
            session.add(Reminder(**common, days=days, due_at=due))


def _sent(session: Session, agreement: Agreement) -> dict[str, Any]:
    workspace = session.get(Workspace, agreement.workspace_id)
    assert agreement.sent_at is not None
    return {
        "agreement_id": str(agreement.id), "public_id": public_id("agr", agreement.id),
        "workspace_id": str(agreement.workspace_id), "workspace_name": workspace.name if workspace else "",
        "title": agreement.title, "message": agreement.message, "ordered": agreement.ordered,
        "stamp_margin": agreement.stamp_margin, "allow_reassign": agreement.allow_reassign,
        "initiator": {**sender(session, agreement), "account_id": str(agreement.initiator_id)},
        "deadline": agreement.deadline.isoformat(), "created_at": agreement.created_at.isoformat(),
        "sent_at": agreement.sent_at.isoformat(), "documents": [_document(one) for one in agreement.documents],
        "recipients": [_recipient(one) for one in agreement.recipients],
        "fields": [_field(one) for one in agreement.fields],
    }  # fmt: skip


def sender(session: Session, agreement: Agreement) -> dict[str, str | None]:
    """The sender, as somebody in whose time zone times are told."""
    account = session.get(Account, agreement.initiator_id)
    return {**initiator(agreement), "time_zone": account.time_zone if account else None}


def initiator(agreement: Agreement) -> dict[str, str]:
    """The sender, as somebody who gets mails."""
    return {
        "name": agreement.initiator_name, "email": agreement.initiator_email, "language": agreement.initiator_language,
    }  # fmt: skip


def _document(one: Any) -> dict[str, Any]:
    return {
        "document_id": str(one.id), "name": one.name, "pages": len(one.pages), "key": one.key, "sha256": one.sha256,
        "size": one.size, "signed": one.signed,
    }  # fmt: skip


def _recipient(one: Any) -> dict[str, Any]:
    return {
        "recipient_id": str(one.id), "name": one.name, "email": one.email, "language": one.language,
        "position": one.position, "check": one.check, "code_hash": one.code_hash,
    }  # fmt: skip


def _field(one: Any) -> dict[str, Any]:
    names = ("kind", "page", "x", "y", "width", "height", "required", "label", "default", "format", "longest")
    ids = {name: str(getattr(one, name)) for name in ("recipient_id", "document_id")}
    return {"field_id": str(one.id), **ids, **{name: getattr(one, name) for name in names}}


def sending_state(runtime: Runtime, agreement_id: UUID) -> str:
    """draft, sent or missing: what billing asks before it takes a reservation back."""
    with runtime.db.read(EVERYONE) as session:
        agreement = session.get(Agreement, agreement_id)
    if agreement is None:
        return "missing"
    return "draft" if agreement.status == DRAFT else "sent"
