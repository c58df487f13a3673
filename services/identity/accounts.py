"""Finding accounts."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.problem import not_found
from services.identity.models import Account


def by_email(session: Session, email: str, *, lock: bool = False) -> Account | None:
    """The account of an address in lower case, None when there is none."""
    if not email.isprintable():
        return None
    query = select(Account).where(Account.email == email)
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


def by_key(session: Session, key: uuid.UUID, *, lock: bool = False) -> Account:
    """The account of this key; raises the 404 problem."""
    query = select(Account).where(Account.id == key)
    account = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if account is None:
        raise not_found()
    return account
