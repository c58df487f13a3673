"""Recovery codes: ten, each good once in place of the authenticator app, shown only when they are made."""

from __future__ import annotations

import base64
import hmac
import secrets
import uuid
from hashlib import sha256

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.service import Runtime
from services.identity.models import RecoveryCode

COUNT = 10


def renew(runtime: Runtime, session: Session, account_id: uuid.UUID) -> list[str]:
    """New codes; the ones before are no longer good."""
    forget(session, account_id)
    codes = [_new_code() for _ in range(COUNT)]
    session.add_all(
        RecoveryCode(digest=_digest(runtime, account_id, code), account_id=account_id, used_at=None) for code in codes
    )
    return codes


def use(runtime: Runtime, session: Session, account_id: uuid.UUID, code: str) -> bool:
    """Use a code up; whether it was good."""
    unused = update(RecoveryCode).where(
        RecoveryCode.digest == _digest(runtime, account_id, code), RecoveryCode.used_at.is_(None)
    )
    used = unused.values(used_at=database_now(session)).returning(RecoveryCode.digest)
    return session.execute(used).one_or_none() is not None


def left(session: Session, account_id: uuid.UUID) -> int:
    """How many are good still."""
    query = select(func.count()).select_from(RecoveryCode)
    return session.scalar(query.where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))) or 0


def forget(session: Session, account_id: uuid.UUID) -> None:
    """Delete all codes of an account."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def _new_code() -> str:
    """50 random bits as ``abcde-fghij``."""
    text = base64.b32encode(secrets.token_bytes(7))[:10].decode().lower()
    return f"{text[:5]}-{text[5:]}"


def _digest(runtime: Runtime, account_id: uuid.UUID, code: str) -> str:
    """An HMAC under a key that the database does not hold; hyphens, spaces and case do not matter."""
    plain = "".join(char for char in code.lower() if char not in "- ")
    text = f"recovery\0{account_id}\0{plain}".encode("utf-8", "surrogatepass")
    return hmac.new(runtime.settings.secret_key.encode(), text, sha256).hexdigest()
