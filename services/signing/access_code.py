"""The check by access code: counted first, judged outside of any transaction, then recorded."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from chassis.database import EVERYONE
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.tokens import Principal
from services.signing.entrance import enter
from services.signing.locking import (
    Outcome,
    count_try,
    demand_checkable,
    lock_out,
    record_failure,
    record_pass,
)

CHECK = "access_code"


def try_access_code(runtime: Runtime, ref: str, who: Principal, code: str) -> Outcome:
    """One try; at most ten between two links. Raises 423 verification_locked when none is left."""
    left, code_hash = _count(runtime, ref, who)
    if left is None:
        raise Problem(423, "verification_locked")
    correct = _matches(runtime, code_hash, code)
    with runtime.db.transaction(EVERYONE) as session:
        party = enter(session, ref, who, hold=True)
        return record_pass(session, party, left) if correct else record_failure(session, party, left)


def _count(runtime: Runtime, ref: str, who: Principal) -> tuple[int | None, str]:
    with runtime.db.transaction(EVERYONE) as session:
        party = enter(session, ref, who, hold=True)
        demand_checkable(party, CHECK)
        left = count_try(session, party.recipient)
        if left is None:
            lock_out(session, party)
        return left, party.recipient.code_hash or ""


def _matches(runtime: Runtime, code_hash: str, code: str) -> bool:
    with runtime.parts.gate:
        try:
            return PasswordHasher().verify(code_hash, code)
        except (VerificationError, InvalidHashError):
            return False
