"""Invitations: whose turn it is, and the link they get."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.service import Runtime
from services.signing import aggregate, evidence, links
from services.signing.models import Ceremony, Recipient

ENTRIES = {"invitation": "invited", "reminder": "reminded", "deadline_changed": "reminded", "resent": "resent"}


def due(ordered: bool, everybody: Sequence[Recipient]) -> list[Recipient]:
    """Those who may sign now: all, or in an ordered ceremony the first place that is not wholly in the document."""
    waiting = [one for one in everybody if one.revision is None]
    if ordered and waiting:
        place = min(one.position for one in waiting)
        waiting = [one for one in waiting if one.position == place]
    return waiting


def invite_next(runtime: Runtime, session: Session, ceremony: Ceremony) -> None:
    """Invite everybody whose turn has come, unless the deadline has passed; the caller holds the ceremony's row."""
    now = database_now(session)
    if now >= ceremony.deadline:
        return
    for recipient in due(ceremony.ordered, aggregate.recipients(session, ceremony)):
        if recipient.invited_at is None:
            recipient.invited_at = now
            send_link(runtime, session, ceremony, recipient, "invitation", now)


def send_link(
    runtime: Runtime, session: Session, ceremony: Ceremony, recipient: Recipient, purpose: str, now: datetime
) -> None:
    """Make a further link and have it mailed; ``purpose`` is invitation, reminder, deadline_changed or resent."""
    sealed = links.issue(runtime, session, ceremony, recipient, links.CEREMONY, now)
    evidence.record(session, ceremony, ENTRIES[purpose], evidence.SYSTEM, at=now, recipient_id=str(recipient.id))
    aggregate.tell_of(
        session, ceremony, recipient, "signing.invited.v1", now, purpose=purpose, sealed_link=sealed,
        name=recipient.name, email=recipient.email, language=recipient.language, title=ceremony.title,
        message=ceremony.message, workspace_id=str(ceremony.workspace_id), workspace_name=ceremony.workspace_name,
        sender={**aggregate.sender(ceremony), "time_zone": ceremony.sender.get("time_zone")},
        deadline=ceremony.deadline.isoformat(),
    )  # fmt: skip
