"""Corrections after sending: *signing* decides and tells; what it told is kept here, by its answer or by its event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.ids import new_key
from chassis.problem import Problem, not_found
from chassis.service import Runtime
from services.agreement.limits import LONGEST_DEADLINE
from services.agreement.models import DRAFT, SENT, Agreement, Recipient, Reminder
from services.agreement.progress import locked, recipient
from services.agreement.sending import plan_reminders
from services.agreement.shelves import hold_address, shelve
from services.agreement.standing import Standing, get

Data = Mapping[str, Any]
OF_ANOTHER_ADDRESS = (
    "resent_at", "reminded_at", "delivered_at", "bounced_at", "viewed_at", "check_passed_at", "check_failed_at",
    "locked_at",
)  # fmt: skip


def correct_recipient(runtime: Runtime, at: Standing, recipient_id: UUID | None, values: Data) -> None:
    """Give a signer who has not signed another name, address or language: a new link, the old ones are dead.

    Raises not_found, 409 not_sent, already_ended or signer_has_signed, 422 recipient_duplicate.
    """
    with runtime.db.read(at.owner) as session:
        agreement = _open(get(session, at.agreement_id))
        one = next((one for one in agreement.recipients if one.id == recipient_id), None)
    if one is None:
        raise not_found()
    if one.signed_at:
        raise Problem(409, "signer_has_signed")
    if any(getattr(one, name) != value for name, value in values.items()):
        _ask(runtime, at, recipient={"recipient_id": str(one.id), **values})


def correct(runtime: Runtime, at: Standing, values: Data) -> None:
    """Move the deadline, add to the message; raises 409 not_sent or already_ended, 422 with what is wrong."""
    with runtime.db.read(at.owner) as session:
        _open(get(session, at.agreement_id))
        now = database_now(session)
    deadline = values.get("deadline")
    if deadline and deadline <= now:
        raise Problem(422, "deadline_passed")
    if deadline and deadline > now + LONGEST_DEADLINE:
        raise Problem(422, "deadline_too_far")
    told = {**values, **({"deadline": deadline.isoformat()} if deadline else {})}
    if told:
        _ask(runtime, at, **told)


def _open(agreement: Agreement) -> Agreement:
    if agreement.status != SENT:
        raise Problem(409, "not_sent" if agreement.status == DRAFT else "already_ended")
    return agreement


def _ask(runtime: Runtime, at: Standing, **values: Any) -> None:
    body = {**values, "ip": at.who.ip, "user_agent": at.who.user_agent}
    path = f"/internal/ceremonies/{at.agreement_id}/correct"
    told = runtime.client.call("signing", "POST", path, body, key=f"correct-{new_key()}")
    with runtime.db.transaction(EVERYONE) as session:
        keep(session, {**told, "agreement_id": str(at.agreement_id)})


def keep(session: Session, data: Data) -> None:
    """Keep a correction; one that is older than what is kept changes nothing."""
    if data["recipient"]:
        replace(session, {**data, **data["recipient"]})
    agreement, moment = locked(session, data["agreement_id"]), datetime.fromisoformat(data["at"])
    if not agreement or (agreement.corrected_at and agreement.corrected_at > moment):
        return
    if data["message"]:
        agreement.message = data["message"]
    if data["deadline"]:
        agreement.deadline = datetime.fromisoformat(data["deadline"])
        _plan_anew(session, agreement)
    if data["message"] or data["deadline"]:
        agreement.corrected_at = moment
        agreement.version += 1
        shelve(session, agreement)


def replace(session: Session, data: Data) -> None:
    """A recipient is somebody else from now on; older news change nothing."""
    hold_address(session, data["email"])
    agreement, moment = locked(session, data["agreement_id"]), datetime.fromisoformat(data["at"])
    one = agreement and recipient(agreement, data)
    if not agreement or not one or (one.corrected_at and one.corrected_at > moment):
        return
    if one.email != data["email"]:
        _forget(one)
    one.name, one.email, one.language = data["name"], data["email"], data["language"]
    one.corrected_at = moment
    agreement.version += 1
    shelve(session, agreement)


def _forget(one: Recipient) -> None:
    for name in OF_ANOTHER_ADDRESS:
        setattr(one, name, None)


def _plan_anew(session: Session, agreement: Agreement) -> None:
    """Reminders that have not gone out yet follow the deadline; those that have are not sent again."""
    mine = Reminder.agreement_id == agreement.id
    session.execute(delete(Reminder).where(mine, Reminder.done_at.is_(None)))
    done = set(session.scalars(select(Reminder.days).where(mine)))
    plan_reminders(session, agreement, database_now(session) + timedelta(seconds=1), done)
