"""Passwords set anew: forgotten ones by a mailed code, others by the old one."""

from __future__ import annotations

import uuid

from sqlalchemy import delete
from sqlalchemy.orm import Session

from chassis.database import EVERYONE
from chassis.problem import Problem
from chassis.service import Runtime
from services.identity import codes, login
from services.identity.accounts import by_email, by_key
from services.identity.announce import announce_password_changed
from services.identity.codes import Slot
from services.identity.confirm import confirm_password
from services.identity.models import Account, Code
from services.identity.passwords import check_password

RESET = "reset_password"


def request_reset_code(runtime: Runtime, email: str, ip: str, language: str) -> None:
    """Mail a code if the address has an account."""
    with runtime.db.transaction(EVERYONE) as session:
        account = by_email(session, email)
        mail, language = (RESET, account.language) if account else (None, language)
        codes.request_code(runtime, session, Slot(RESET, email), ip, language, mail)


def reset_password(runtime: Runtime, email: str, code: str, password: str) -> None:
    """Set a new password by a mailed code and end every session; raises the password's problems and code_wrong."""
    check_password(password, email)
    code_id = codes.spend_try(runtime, Slot(RESET, email), code)
    password_hash = runtime.parts.hash(password)
    with runtime.db.transaction(EVERYONE) as session:
        codes.consume(session, code_id)
        account = by_email(session, email, lock=True)
        if account is None:
            raise Problem(422, "code_wrong")
        _set_password(session, account, password_hash, None)


def change_password(runtime: Runtime, account_id: uuid.UUID, old: str, new: str, session_id: str, ip: str) -> None:
    """Set a new password and end every session but this one.

    Raises the password's problems, old_password_wrong, login_locked after too many wrong ones, and no_password (409)
    for an account that has none: that is set like a forgotten one.
    """
    with runtime.db.read(EVERYONE) as session:
        account = by_key(session, account_id)
    if not account.has_password:
        raise Problem(409, "no_password")
    check_password(new, account.email)
    old_hash = confirm_password(runtime, account_id, old, ip, "old_password_wrong")
    password_hash = runtime.parts.hash(new)
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id, lock=True)
        if account.password_hash != old_hash:
            raise Problem(422, "old_password_wrong")
        _set_password(session, account, password_hash, session_id or None)


def _set_password(session: Session, account: Account, password_hash: str, keep_session: str | None) -> None:
    account.password_hash = password_hash
    session.execute(delete(Code).where(Code.owner == str(account.id)))
    login.forgive(session, account.email)
    announce_password_changed(session, account, keep_session)
