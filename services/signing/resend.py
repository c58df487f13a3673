"""Give a signer a new link: the earlier ones end at once, a lock is lifted."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.problem import Problem, not_found
from chassis.service import Runtime
from services.signing import aggregate, links, states
from services.signing.invite import send_link
from services.signing.locking import unlock
from services.signing.models import Recipient


def resend(runtime: Runtime, agreement_id: UUID, recipient_id: UUID) -> None:
    """Raises 409 not_their_turn, or 409 with the state of a ceremony that is over."""
    with runtime.db.transaction(EVERYONE) as session:
        ceremony = aggregate.lock(session, agreement_id)
        if ceremony is None:
            raise not_found()
        recipient = session.get(Recipient, recipient_id, populate_existing=True)
        if recipient is None or recipient.agreement_id != agreement_id:
            raise not_found()
        now = database_now(session)
        if ending := states.ending(ceremony, now):
            raise Problem(409, ending)
        if recipient.invited_at is None or recipient.finished_at:
            raise Problem(409, "not_their_turn")
        links.revoke(session, recipient, now)
        unlock(session, recipient)
        send_link(runtime, session, ceremony, recipient, "resent", now)


def remind(runtime: Runtime, session: Session, agreement_id: UUID, recipient_ids: Iterable[str]) -> None:
    """Mail a further link to those of the recipients who may sign now."""
    ceremony = aggregate.lock(session, agreement_id)
    if ceremony is None:
        return
    now, wanted = database_now(session), set(recipient_ids)
    for recipient in aggregate.recipients(session, ceremony):
        if str(recipient.id) in wanted and states.state(ceremony, recipient, now) == states.OPEN:
            send_link(runtime, session, ceremony, recipient, "reminder", now)
