"""What passing and failing a check lead to. The limits hold until the sender sends a new link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from chassis.problem import Problem
from services.signing import aggregate, evidence, states
from services.signing.entrance import Party
from services.signing.models import Proof, Recipient

LIMITS = {"access_code": 10, "email_code": 5}


@dataclass(frozen=True)
class Outcome:
    """How a try ended: ``passed``, or with how many tries ``left``."""

    passed: bool
    left: int

    def demand_passed(self) -> None:
        """Raise 403 code_wrong, or 423 verification_locked when no try is left."""
        if not self.passed:
            raise Problem(403, "code_wrong", left=self.left) if self.left else Problem(423, "verification_locked")


def demand_checkable(party: Party, check: str) -> None:
    """Raise unless this signer has this check to pass."""
    states.demand(party.state, states.OPEN, *states.AFTER)
    if party.recipient.check != check:
        raise Problem(409, "check_not_required")
    if not party.who.browser:
        raise Problem(400, "browser_unknown")


def count_try(session: Session, recipient: Recipient) -> int | None:
    """Count a try before it is judged, by a conditional UPDATE; how many are left, None when none was."""
    limit = LIMITS[recipient.check]
    free = (Recipient.id == recipient.id) & (Recipient.tries < limit) & Recipient.locked_at.is_(None)
    counted = update(Recipient).where(free).values(tries=Recipient.tries + 1).returning(Recipient.tries)
    tries = session.scalars(counted.execution_options(synchronize_session=False)).one_or_none()
    return None if tries is None else limit - tries


def record_pass(session: Session, party: Party, left: int) -> Outcome:
    """Remember the proof for this browser; a mailed code's tries begin anew, an access code gets this one back."""
    recipient = party.recipient
    session.refresh(recipient)
    recipient.tries = max(recipient.tries - 1, 0) if recipient.check == "access_code" else 0
    if session.get(Proof, (recipient.id, party.who.browser)) is None:
        key = {"workspace_id": recipient.workspace_id, "recipient_id": recipient.id}
        session.add(Proof(**key, browser=party.who.browser, passed_at=party.now))
    _record(session, party, "passed", left)
    return Outcome(True, left)


def record_failure(session: Session, party: Party, left: int) -> Outcome:
    """Record the failed try; the last one locks."""
    _record(session, party, "failed", left)
    if left == 0:
        lock_out(session, party)
    return Outcome(False, left)


def lock_out(session: Session, party: Party) -> None:
    """Lock the signer, once, and have the sender told."""
    unlocked = (Recipient.id == party.recipient.id) & Recipient.locked_at.is_(None)
    locked = update(Recipient).where(unlocked).values(locked_at=party.now).returning(Recipient.id)
    if session.scalars(locked).one_or_none() is None:
        return
    check = party.recipient.check
    evidence.record(
        session, party.ceremony, "locked", evidence.signer(party.recipient), party.who, party.now, check=check
    )
    aggregate.tell_of(
        session, party.ceremony, party.recipient, "signing.locked.v1", party.now, check=check,
        title=party.ceremony.title, recipient_name=party.recipient.name, sender=aggregate.sender(party.ceremony),
        public_id=party.ceremony.public_id,
    )  # fmt: skip


def unlock(session: Session, recipient: Recipient) -> None:
    """All tries again, no proof counts any more; for a new link."""
    recipient.tries, recipient.locked_at, recipient.mailed_code = 0, None, None
    recipient.mailed_count, recipient.mailed_at, recipient.mailed_code_until = 0, None, None
    for proof in session.scalars(select(Proof).where(Proof.recipient_id == recipient.id)):
        session.delete(proof)


def _record(session: Session, party: Party, result: str, left: int) -> None:
    check, at = party.recipient.check, party.now
    actor = evidence.signer(party.recipient)
    evidence.record(session, party.ceremony, f"check_{result}", actor, party.who, at, check=check, left=left)
    event = f"signing.check_{result}.v1"
    aggregate.tell_of(session, party.ceremony, party.recipient, event, at, check=check, left=left)


def retry_after(until: datetime, now: datetime) -> dict[str, str]:
    """The header that says how long to wait."""
    return {"Retry-After": str(max(int((until - now).total_seconds()) + 1, 1))}
