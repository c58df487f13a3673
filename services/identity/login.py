"""Checking a password: failures are counted exactly, slow down, lock for a while, and never tell which part was wrong.

Failures are counted after the verification and before the answer, under the lock of the address's row. So however many
guesses run side by side, no more than `LOCK_AFTER` of them are answered, and while the address is blocked a right
password is answered like a wrong one. Addresses without account are counted the same way.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.ids import digest
from chassis.problem import Problem
from chassis.service import Runtime
from services.identity import throttle
from services.identity.accounts import by_email
from services.identity.announce import announce_locked
from services.identity.models import Account, LoginGuard

LOCK_AFTER = 10
WINDOW = timedelta(minutes=15)
SLOW_DOWN = {5: 2, 6: 4, 7: 8, 8: 15, 9: 30, LOCK_AFTER: int(WINDOW.total_seconds())}  # failures: seconds to wait


def authenticate(runtime: Runtime, email: str, password: str, ip: str) -> Account:
    """The account of an address and its password.

    Raises invalid_credentials (401), login_locked (429) or too_many_requests (429, for the IP address).
    """
    address = email.strip().lower().encode("utf-8", "replace").decode()
    with runtime.parts.turn():
        stored = _admit(runtime, address, ip)
        right = runtime.parts.verify(stored, password)
    with runtime.db.transaction(EVERYONE) as session:
        account = by_email(session, address)
        right = right and account is not None and account.password_hash == stored
        wait = settle(session, address, account, right)
        if ip and not right:
            throttle.note(session, throttle.of("failures", ip), WINDOW)
    if wait:
        raise locked(wait)
    if account is None or not right:
        raise Problem(401, "invalid_credentials")
    return account


def _admit(runtime: Runtime, address: str, ip: str) -> str | None:
    """The stored hash for an address that may try now; None when there is no such account."""
    admit_ip(runtime, ip)
    with runtime.db.read(EVERYONE) as session:
        refused = blocked(session, address)
        account = by_email(session, address)
    if refused:
        _count_blocked(runtime, address)
    return account.password_hash if account else None


def admit_ip(runtime: Runtime, ip: str) -> None:
    """Raise a 429 problem when too much failed from this IP address."""
    limit: int = runtime.settings.failures_per_ip  # type: ignore[attr-defined]
    with runtime.db.read(EVERYONE) as session:
        if ip and throttle.full(session, throttle.of("failures", ip), limit, WINDOW):
            raise throttle.too_many(WINDOW)


def blocked(session: Session, address: str) -> bool:
    """Whether an address has to wait."""
    guard = session.get(LoginGuard, digest(address))
    return guard is not None and _wait(guard, database_now(session)) > 0


def _count_blocked(runtime: Runtime, address: str) -> None:
    """A try during the block fails without a look at the password."""
    with runtime.db.transaction(EVERYONE) as session:
        wait = settle(session, address, by_email(session, address), False)
    raise locked(wait or 1)


def settle(session: Session, address: str, account: Account | None, right: bool, step: str = "password") -> int:
    """Count a try; the seconds the address was blocked for at this moment, 0 when the try is to be answered.

    ``address`` is whose failures these are; ``step`` tells the owner of ``account`` what failed when it is locked.
    """
    guard, now = _lock_guard(session, address), database_now(session)
    wait = _wait(guard, now)
    if right and not wait:
        session.delete(guard)
    elif guard.failures < LOCK_AFTER or not wait:
        _count_failure(session, guard, account, now, step)
        wait = wait and _wait(guard, now)
    return wait


def _count_failure(session: Session, guard: LoginGuard, account: Account | None, now: datetime, step: str) -> None:
    if guard.failures >= LOCK_AFTER or guard.failed_at < now - WINDOW:
        guard.failures = 0
    guard.failures, guard.failed_at = guard.failures + 1, now
    if seconds := SLOW_DOWN.get(guard.failures):
        guard.blocked_until = now + timedelta(seconds=seconds)
    if guard.failures == LOCK_AFTER and account is not None:
        announce_locked(session, account, now + WINDOW, step)


def _lock_guard(session: Session, address: str) -> LoginGuard:
    key = digest(address)
    insert = throttle.insert_into(session, LoginGuard).values(key=key, failures=0, failed_at=database_now(session))
    session.execute(insert.on_conflict_do_nothing())
    return session.scalars(select(LoginGuard).where(LoginGuard.key == key).with_for_update()).one()


def _wait(guard: LoginGuard, now: datetime) -> int:
    return max(ceil((guard.blocked_until - now).total_seconds()), 0) if guard.blocked_until else 0


def forgive(session: Session, address: str) -> None:
    """Forget the failures of an address whose password was set anew."""
    session.execute(delete(LoginGuard).where(LoginGuard.key == digest(address)))


def locked(seconds: int) -> Problem:
    """The 429 problem while an address is blocked."""
    return Problem(429, "login_locked", headers={"Retry-After": str(seconds)}, retry_after=seconds)
