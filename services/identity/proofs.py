"""Proofs that whoever uses a session is the person it belongs to: asked for before what guards an account is changed.

A proof is made by the password, a code, a passkey, or by logging in once more at an issuer. It holds for ten minutes
and in the session it was made in.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.tokens import Principal
from services.identity import passkeys, secondfactor, throttle
from services.identity.confirm import confirm_password
from services.identity.models import Proof

VALID = timedelta(minutes=10)
PASSWORD, PASSKEY, ISSUER = "password", "passkey", "issuer"
CODES = (secondfactor.TOTP, secondfactor.RECOVERY)


def demand(runtime: Runtime, who: Principal, password: str = "") -> None:
    """Make sure that it is the person: by the password where it is given, else by a proof of this session.

    Raises proof_needed (403), and for a password password_wrong (422) and login_locked (429).
    """
    if password:
        by_password(runtime, who, password)
        return
    with runtime.db.read(EVERYONE) as session:
        demand_in(session, who.account, who.session)


def demand_in(session: Session, account_id: uuid.UUID, of_session: str) -> None:
    """The same by a proof alone, in a transaction."""
    if find(session, account_id, of_session) is None:
        raise Problem(403, "proof_needed")


def find(session: Session, account_id: uuid.UUID, of_session: str) -> Proof | None:
    """The proof that holds in a session of an account."""
    row = session.get(Proof, (account_id, of_session))
    return row if row and row.expires_at > database_now(session) else None


def by_code_already(runtime: Runtime, who: Principal) -> bool:
    """Whether the proof of this session was made by a code, so that no other one has to be asked for."""
    with runtime.db.read(EVERYONE) as session:
        row = find(session, who.account, who.session)
    return row is not None and row.method in CODES


def by_password(runtime: Runtime, who: Principal, password: str) -> None:
    """Prove it by the password; raises password_wrong and login_locked, and no_password (409) where there is none."""
    if not confirm_password(runtime, who.account, password, who.ip):
        raise Problem(409, "no_password")
    _keep(runtime, who.account, who.session, PASSWORD)


def by_code(runtime: Runtime, who: Principal, method: str, code: str) -> None:
    """Prove it by a code of the authenticator app, or a recovery code; raises what `secondfactor.check` does."""
    secondfactor.check(runtime, who.account, method, code, who.ip)
    _keep(runtime, who.account, who.session, method)


def begin_passkey(runtime: Runtime, who: Principal) -> dict[str, Any]:
    """What `navigator.credentials.get` wants for one of the person's passkeys."""
    return passkeys.begin(runtime, passkeys.PROVE, who.browser, who.account)


def by_passkey(runtime: Runtime, who: Principal, credential: dict[str, Any]) -> None:
    """Prove it by a passkey of the account; raises passkey_wrong (422)."""
    passkeys.finish(runtime, passkeys.PROVE, who.browser, credential, who.ip)
    _keep(runtime, who.account, who.session, PASSKEY)


def by_issuer(runtime: Runtime, account_id: uuid.UUID, of_session: str) -> None:
    """Keep that an issuer has just had the person log in there; the caller has made sure that the login is theirs."""
    _keep(runtime, account_id, of_session, ISSUER)


def _keep(runtime: Runtime, account_id: uuid.UUID, of_session: str, method: str) -> None:
    with runtime.db.transaction(EVERYONE) as session:
        now = database_now(session)
        fresh = {"method": method, "made_at": now, "expires_at": now + VALID}
        insert = throttle.insert_into(session, Proof).values(account_id=account_id, session=of_session, **fresh)
        session.execute(insert.on_conflict_do_update(index_elements=["account_id", "session"], set_=fresh))
