"""The check by a mailed code: six digits, ten minutes, five tries, a new one after a minute."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from chassis.database import EVERYONE
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.tokens import Principal
from services.signing import aggregate, evidence
from services.signing.entrance import Party, enter
from services.signing.locking import (
    Outcome,
    count_try,
    demand_checkable,
    lock_out,
    record_failure,
    record_pass,
    retry_after,
)
from services.signing.models import Recipient

CHECK = "email_code"
LIFETIME = timedelta(minutes=10)
PAUSE = timedelta(seconds=60)
MOST_CODES = 10


@dataclass(frozen=True)
class Mailed:
    """A code is on its way."""

    expires_at: datetime
    again_at: datetime


def send_code(runtime: Runtime, ref: str, who: Principal) -> Mailed:
    """Have a new code mailed, in place of the last; raises 429 code_too_soon, too_many_codes."""
    with runtime.db.transaction(EVERYONE) as session:
        party = enter(session, ref, who, hold=True)
        demand_checkable(party, CHECK)
        _demand_pause(party)
        code = f"{secrets.randbelow(10**6):06}"
        recipient, now = party.recipient, party.now
        recipient.mailed_code, recipient.mailed_code_until = _mac(runtime, recipient, code), now + LIFETIME
        recipient.mailed_at, recipient.mailed_count = now, recipient.mailed_count + 1
        _tell(runtime, session, party, code)
        return Mailed(now + LIFETIME, now + PAUSE)


def _demand_pause(party: Party) -> None:
    recipient = party.recipient
    if recipient.mailed_at and party.now < recipient.mailed_at + PAUSE:
        raise Problem(429, "code_too_soon", headers=retry_after(recipient.mailed_at + PAUSE, party.now))
    if recipient.mailed_count >= MOST_CODES:
        raise Problem(429, "too_many_codes")


def _tell(runtime: Runtime, session: Session, party: Party, code: str) -> None:
    recipient, until = party.recipient, party.now + LIFETIME
    evidence.record(session, party.ceremony, "code_sent", evidence.signer(recipient), party.who, party.now)
    aggregate.tell_of(
        session, party.ceremony, recipient, "signing.code_requested.v1", party.now, name=recipient.name,
        email=recipient.email, language=recipient.language, title=party.ceremony.title,
        sealed_code=runtime.sealer.seal(code), expires_at=until.isoformat(),
    )  # fmt: skip


def try_mailed_code(runtime: Runtime, ref: str, who: Principal, code: str) -> Outcome:
    """One try; the fifth wrong one locks. Raises 410 code_expired when there is no code that counts."""
    with runtime.db.transaction(EVERYONE) as session:
        party = enter(session, ref, who, hold=True)
        demand_checkable(party, CHECK)
        recipient = party.recipient
        if (
            recipient.mailed_code is None
            or recipient.mailed_code_until is None
            or party.now >= recipient.mailed_code_until
        ):
            raise Problem(410, "code_expired")
        left = count_try(session, recipient)
        if left is None:
            lock_out(session, party)
            return Outcome(False, 0)
        if not hmac.compare_digest(_mac(runtime, recipient, code), recipient.mailed_code):
            return record_failure(session, party, left)
        recipient.mailed_code, recipient.mailed_count = None, 0
        session.flush()
        return record_pass(session, party, left)


def _mac(runtime: Runtime, recipient: Recipient, code: str) -> str:
    """HMAC-SHA-256 under the service's key: a copy of the database does not tell six digits."""
    key = runtime.settings.secret_key.encode()
    return hmac.new(key, f"mailed code {recipient.id} {code}".encode(), hashlib.sha256).hexdigest()
