"""Two-factor login: an authenticator app, begun with a secret and on once a code of it has come back.

Failures are counted like those of passwords, for the account: they slow down, lock for a while, and mail the owner.
"""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.problem import Problem
from chassis.service import Runtime
from services.identity import login, passkeys, recovery, throttle, totp
from services.identity.accounts import by_key
from services.identity.announce import announce_security
from services.identity.models import Account, Totp

TOTP, RECOVERY, PASSKEY = "totp", "recovery_code", "passkey"


def begin(runtime: Runtime, account_id: uuid.UUID) -> tuple[str, str]:
    """A new secret for an authenticator app, and the account's address; raises two_factor_on (409)."""
    secret = totp.new_secret()
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id, lock=True)
        if is_on(session, account_id):
            raise Problem(409, "two_factor_on")
        session.merge(_new_totp(runtime, account, secret, session))
    return secret, account.email


def _new_totp(runtime: Runtime, account: Account, secret: str, session: Session) -> Totp:
    sealed, now = runtime.sealer.seal(secret), database_now(session)
    return Totp(account_id=account.id, sealed_secret=sealed, last_step=0, begun_at=now, confirmed_at=None)


def confirm(runtime: Runtime, account_id: uuid.UUID, code: str) -> list[str]:
    """Switch two-factor login on by a first code; the recovery codes, told this once. Raises second_factor_wrong."""
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id, lock=True)
        if is_on(session, account_id):
            raise Problem(409, "two_factor_on")
        begun = session.get(Totp, account_id)
        if begun is None or not _take_code(runtime, session, begun, code):
            raise wrong()
        begun.confirmed_at = database_now(session)
        announce_security(session, account, "two_factor_on")
        return recovery.renew(runtime, session, account_id)


def disable(runtime: Runtime, account_id: uuid.UUID) -> None:
    """Switch it off; the caller has made sure that it is the person."""
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id, lock=True)
        if is_on(session, account_id):
            session.delete(session.get_one(Totp, account_id))
            recovery.forget(session, account_id)
            announce_security(session, account, "two_factor_off")


def renew_codes(runtime: Runtime, account_id: uuid.UUID) -> list[str]:
    """New recovery codes; the caller has made sure that it is the person. Raises two_factor_off (409)."""
    with runtime.db.transaction(EVERYONE) as session:
        by_key(session, account_id, lock=True)
        if not is_on(session, account_id):
            raise Problem(409, "two_factor_off")
        return recovery.renew(runtime, session, account_id)


def check(runtime: Runtime, account_id: uuid.UUID, method: str, code: str, ip: str) -> Account:
    """Take a code, which is good once; the account.

    Raises second_factor_wrong (422), login_locked (429) and too_many_requests (429, for the IP address).
    """
    login.admit_ip(runtime, ip)
    guard = f"second factor of {account_id}"
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id, lock=True)
        right = not login.blocked(session, guard) and _take(runtime, session, account, method, code)
        wait = login.settle(session, guard, account, right, "second_factor")
        if ip and not right:
            throttle.note(session, throttle.of("failures", ip), login.WINDOW)
    if wait:
        raise login.locked(wait)
    if not right:
        raise wrong()
    return account


def _take(runtime: Runtime, session: Session, account: Account, method: str, code: str) -> bool:
    row = session.get(Totp, account.id)
    if row is None or row.confirmed_at is None:
        return False
    if method == TOTP:
        return _take_code(runtime, session, row, code)
    used = recovery.use(runtime, session, account.id, code)
    if used:
        announce_security(session, account, "recovery_code_used", str(recovery.left(session, account.id)))
    return used


def _take_code(runtime: Runtime, session: Session, row: Totp, code: str) -> bool:
    secret = str(runtime.sealer.open(row.sealed_secret))
    step = totp.matching_step(secret, code.replace(" ", ""), database_now(session), row.last_step)
    if step is not None:
        row.last_step = step
    return step is not None


def method_of(code: str) -> str:
    """Whether a code is of the app or a recovery code, by its looks."""
    return TOTP if code.replace(" ", "").isdigit() else RECOVERY


def is_on(session: Session, account_id: uuid.UUID) -> bool:
    """Whether logging in asks this account for more than the password."""
    row = session.get(Totp, account_id)
    return row is not None and row.confirmed_at is not None


def methods(session: Session, account_id: uuid.UUID) -> list[str]:
    """How this account can pass the second step; empty when it has none."""
    if not is_on(session, account_id):
        return []
    others = {RECOVERY: recovery.left(session, account_id), PASSKEY: passkeys.count(session, account_id)}
    return [TOTP, *(name for name, number in others.items() if number)]


def wrong() -> Problem:
    """The one answer to a code that is not good."""
    return Problem(422, "second_factor_wrong")
