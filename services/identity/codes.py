"""Mailed codes: six digits, ten minutes, five tries, the next one after a minute.

Whether an address is known changes only what is mailed, never what is answered: for an address that gets no code a
decoy row is kept that no guess fits.
"""

from __future__ import annotations

import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from math import ceil

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.ids import new_key
from chassis.outbox import emit
from chassis.problem import Problem
from chassis.service import Runtime
from services.identity import throttle
from services.identity.models import Code

VALID = timedelta(minutes=10)
RESEND = timedelta(seconds=60)
TRIES = 5
SENT = {"valid_seconds": int(VALID.total_seconds()), "resend_seconds": int(RESEND.total_seconds())}
PER_ADDRESS, AN_HOUR = 10, timedelta(hours=1)
PER_ADDRESS_DAILY, A_DAY = 30, timedelta(days=1)  # with five tries each, all six digits take 18 years


@dataclass(frozen=True, slots=True)
class Slot:
    """What a code is for: a purpose, an address, and the account that changes its address to it."""

    purpose: str
    email: str
    owner: str = ""


def request_code(runtime: Runtime, session: Session, slot: Slot, ip: str, language: str, mail: str | None) -> None:
    """Have a code mailed. ``mail`` is the purpose of the mail: the slot's own, known_address, or None for no mail.

    Raises a 429 problem within a minute of the last one, or when the address or the IP had too many.
    """
    code = f"{secrets.randbelow(1_000_000):06}"
    real = mail == slot.purpose
    row = _replace(session, slot, _digest(runtime, slot, code) if real else None)
    throttle.count(session, f"codes for {slot.email}", PER_ADDRESS, AN_HOUR)
    throttle.count(session, f"codes of a day for {slot.email}", PER_ADDRESS_DAILY, A_DAY)
    throttle.count(session, throttle.of("codes", ip), runtime.settings.codes_per_ip, AN_HOUR)  # type: ignore[attr-defined]
    sealed = runtime.sealer.seal(code)
    if mail:
        data = {
            "purpose": mail, "email": slot.email, "language": language, "sealed_code": sealed if real else None,
            "expires_at": row.expires_at.isoformat(),
        }  # fmt: skip
        emit(session, "identity.code_requested.v1", subject=row.id, sequence=1, data=data)


def _replace(session: Session, slot: Slot, digest: str | None) -> Code:
    now = database_now(session)
    fresh = {
        "id": new_key(), "digest": digest, "tries": 0, "requested_at": now, "expires_at": now + VALID, "used_at": None,
    }  # fmt: skip
    insert = throttle.insert_into(session, Code)
    insert = insert.values(purpose=slot.purpose, email=slot.email, owner=slot.owner, **fresh)
    insert = insert.on_conflict_do_update(
        index_elements=[Code.purpose, Code.email, Code.owner], set_=fresh, where=Code.requested_at <= now - RESEND
    )
    row: Code | None = session.scalars(insert.returning(Code)).one_or_none()
    if row is None:
        last = session.scalars(select(Code.requested_at).where(_at(slot))).one()
        raise _too_soon(ceil((last + RESEND - now).total_seconds()))
    return row


def _too_soon(seconds: int) -> Problem:
    wait = max(seconds, 1)
    return Problem(429, "code_too_soon", headers={"Retry-After": str(wait)}, retry_after=wait)


def spend_try(runtime: Runtime, slot: Slot, code: str) -> uuid.UUID:
    """Spend one of the code's tries, for good, and return the code's id when the guess is right.

    Raises the 422 problem code_wrong otherwise, whatever the cause.
    """
    with runtime.db.transaction(EVERYONE) as session:
        now = database_now(session)
        live = (_at(slot), Code.tries < TRIES, Code.expires_at > now, Code.used_at.is_(None))
        spent = update(Code).where(*live).values(tries=Code.tries + 1).returning(Code.id, Code.digest)
        row = session.execute(spent).one_or_none()
    if row is None or not hmac.compare_digest(_digest(runtime, slot, code), row.digest or ""):
        raise Problem(422, "code_wrong")
    found: uuid.UUID = row.id
    return found


def consume(session: Session, code_id: uuid.UUID) -> None:
    """Use up a code that was guessed right; raises code_wrong when somebody else was first or it was replaced."""
    use = update(Code).where(Code.id == code_id, Code.used_at.is_(None)).values(used_at=database_now(session))
    if session.execute(use.returning(Code.id)).one_or_none() is None:
        raise Problem(422, "code_wrong")


def _at(slot: Slot) -> ColumnElement[bool]:
    return and_(Code.purpose == slot.purpose, Code.email == slot.email, Code.owner == slot.owner)


def _digest(runtime: Runtime, slot: Slot, code: str) -> str:
    """An HMAC under a key that the database does not hold."""
    text = "\0".join(("code", slot.purpose, slot.email, slot.owner, code))
    return hmac.new(runtime.settings.secret_key.encode(), text.encode("utf-8", "surrogatepass"), sha256).hexdigest()
