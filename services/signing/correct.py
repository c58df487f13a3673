"""The sender corrects what was sent: a signer's name or address, the deadline, a further message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.problem import Problem, not_found
from chassis.service import Runtime
from chassis.tokens import Principal
from services.signing import aggregate, become, evidence, states
from services.signing.invite import send_link
from services.signing.models import Ceremony, Recipient

LONGEST = 5000
Values = Mapping[str, Any]


def correct(runtime: Runtime, agreement_id: UUID, values: Values, who: Principal) -> dict[str, Any]:
    """Apply ``recipient`` (recipient_id, name, email, language), ``deadline`` and ``message``, those that are given.

    Returns what *signing* tells of it. Raises 409 with what the ceremony is, 409 signer_has_signed, 422
    recipient_duplicate, deadline_passed or message_too_long.
    """
    with runtime.db.transaction(EVERYONE) as session:
        ceremony = aggregate.lock(session, agreement_id)
        if ceremony is None:
            raise not_found()
        now = database_now(session)
        if ending := states.ending(ceremony, now):
            raise Problem(409, ending)
        told: dict[str, Any] = {"recipient": None, "deadline": None, "message": None}
        if values.get("recipient"):
            told["recipient"] = _correct_recipient(runtime, session, ceremony, values["recipient"], who, now)
        if values.get("deadline"):
            told["deadline"] = _correct_deadline(session, ceremony, values["deadline"], who, now)
        if values.get("message"):
            told["message"] = _add_message(session, ceremony, values["message"], who, now)
        if told["deadline"] or told["message"]:
            _tell_open(runtime, session, ceremony, "deadline_changed" if told["deadline"] else "reminder", now)
        told = {**told, "at": now.isoformat()}
        aggregate.tell(session, ceremony, "signing.corrected.v1", **told)
        return told


def _correct_recipient(
    runtime: Runtime, session: Session, ceremony: Ceremony, values: Values, who: Principal, now: datetime
) -> dict[str, str]:
    recipient = session.get(Recipient, values["recipient_id"], populate_existing=True)
    if recipient is None or recipient.agreement_id != ceremony.id:
        raise not_found()
    if recipient.finished_at:
        raise Problem(409, "signer_has_signed")
    person = {
        "name": values.get("name") or recipient.name, "email": (values.get("email") or recipient.email).lower(),
        "language": values.get("language") or recipient.language,
    }  # fmt: skip
    said = become.become(runtime, session, ceremony, recipient, person, now)
    evidence.record(session, ceremony, "corrected", evidence.SENDER, who, now, **said)
    become.invite_again(runtime, session, ceremony, recipient, said["other_address"], now)
    return {"recipient_id": str(recipient.id), **person}


def _correct_deadline(session: Session, ceremony: Ceremony, deadline: datetime, who: Principal, now: datetime) -> str:
    if deadline <= now:
        raise Problem(422, "deadline_passed")
    ceremony.deadline = deadline
    evidence.record(session, ceremony, "corrected", evidence.SENDER, who, now, deadline=deadline.isoformat())
    return deadline.isoformat()


def _add_message(session: Session, ceremony: Ceremony, message: str, who: Principal, now: datetime) -> str:
    whole = "\n\n".join(part for part in (ceremony.message, message) if part)
    if len(whole) > LONGEST:
        raise Problem(422, "message_too_long")
    ceremony.message = whole
    evidence.record(session, ceremony, "corrected", evidence.SENDER, who, now, note=message)
    return whole


def _tell_open(runtime: Runtime, session: Session, ceremony: Ceremony, purpose: str, now: datetime) -> None:
    """Mail the deadline and the message as they are now to those who may sign."""
    for recipient in aggregate.recipients(session, ceremony):
        if states.state(ceremony, recipient, now) == states.OPEN:
            send_link(runtime, session, ceremony, recipient, purpose, now)
