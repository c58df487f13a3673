"""Sending: claim a mail, hand it over outside any transaction, then record what became of it.

The hold is renewed while the server takes its time. A crash between handing over and recording sends the mail again,
under the same Message-ID.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, Database, database_now
from chassis.heartbeat import heartbeat
from chassis.outbox import emit
from chassis.service import Loop, Runtime
from services.notify.models import Mail, MailboxMessage
from services.notify.queue import LOOP
from services.notify.transport import SendFailed
from services.notify.write import write_mail

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=12)
RENEWED_EVERY = 3.0
WAITS = (2, 5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)
WAIT_FOR_SERVER = 60
GIVE_UP_AFTER = timedelta(hours=72)
KEEP = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Claim:
    """A mail this process may send; ``attempt`` tells its hold from a later one."""

    mail: Mail
    attempt: int


def send_next(runtime: Runtime) -> bool:
    """Send the mail that is due first; False when there is none, or when the mail server does not answer."""
    claim = claim_next(runtime.db)
    if claim is None:
        return False
    mail = claim.mail
    if mail.useless_after and mail.useless_after <= datetime.now(UTC):
        _finish(runtime.db, claim, bounced="not delivered in time")
        return True
    try:
        with heartbeat(lambda: _renew(runtime.db, claim), RENEWED_EVERY):
            runtime.parts.send(mail.id, write_mail(runtime, mail))
    except SendFailed as error:
        _failed(runtime.db, claim, error)
        return not error.down
    _finish(runtime.db, claim)
    return True


def claim_next(db: Database) -> Claim | None:
    """Take the lease on the mail that is due first."""
    with db.read(EVERYONE) as session:
        if session.scalar(select(Mail.id).where(Mail.due_at <= database_now(session)).limit(1)) is None:
            return None
    with db.transaction(EVERYONE) as session:
        now = database_now(session)
        due = select(Mail).where(Mail.due_at <= now).order_by(Mail.due_at).limit(1).with_for_update(skip_locked=True)
        mail = session.scalar(due)
        if mail is None:
            return None
        mail.due_at, mail.attempts = now + LEASE, mail.attempts + 1
        return Claim(mail, mail.attempts)


def _renew(db: Database, claim: Claim) -> None:
    with db.transaction(EVERYONE) as session:
        _change(session, claim, {"due_at": database_now(session) + LEASE})


def _failed(db: Database, claim: Claim, error: SendFailed) -> None:
    mail = claim.mail
    log.warning("mail %s was not taken: %s", mail.id, error.reason)
    if error.permanent or datetime.now(UTC) - mail.created_at > GIVE_UP_AFTER:
        _finish(db, claim, bounced=error.reason)
        return
    wait = min(WAITS[min(mail.attempts, len(WAITS)) - 1], WAIT_FOR_SERVER if error.down else WAITS[-1])
    later = {"due_at": datetime.now(UTC) + timedelta(seconds=wait), "last_error": error.reason[:500]}
    with db.transaction(EVERYONE) as session:
        _change(session, claim, later)


def _finish(db: Database, claim: Claim, bounced: str | None = None) -> None:
    now = datetime.now(UTC)
    values = {"bounced_at": now, "last_error": bounced[:500]} if bounced else {"sent_at": now}
    with db.transaction(EVERYONE) as session:
        if _change(session, claim, {**values, "due_at": None, "params": {}}):
            _tell(session, claim.mail, bounced, now)


def _change(session: Session, claim: Claim, values: dict[str, Any]) -> bool:
    """Only who still holds the lease may record something."""
    mine = (Mail.id == claim.mail.id) & (Mail.attempts == claim.attempt) & Mail.due_at.is_not(None)
    return session.execute(update(Mail).where(mine).values(values).returning(Mail.id)).first() is not None


def _tell(session: Session, mail: Mail, bounced: str | None, now: datetime) -> None:
    if mail.agreement_id is None or mail.recipient_id is None:
        return
    data = {
        "agreement_id": str(mail.agreement_id), "recipient_id": str(mail.recipient_id), "purpose": mail.template,
        "reason": bounced, "at": now.isoformat(),
    }  # fmt: skip
    type = "notify.bounced.v1" if bounced else "notify.delivered.v1"
    emit(session, type, subject=mail.id, sequence=1, data=data, workspace=mail.workspace)


def forget_old(runtime: Runtime) -> bool:
    """Delete what was finished, or received in the mailbox, more than thirty days ago."""
    limit = datetime.now(UTC) - KEEP
    with runtime.db.transaction(EVERYONE) as session:
        session.execute(delete(Mail).where(Mail.due_at.is_(None), Mail.created_at < limit))
        session.execute(delete(MailboxMessage).where(MailboxMessage.received_at < limit))
    return False


LOOPS = (Loop(LOOP, send_next, 2.0), Loop("forget", forget_old, 3600.0))
