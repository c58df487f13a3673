"""Logins that are not complete yet: what a browser has proved so far, and what is still asked of it.

``second_factor``: the password was right, or an issuer vouched. ``register``: an issuer vouched for somebody new, who
has to agree to the terms. ``link``: an issuer vouched for an address that has an account, whose owner has to confirm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from chassis.database import EVERYONE, Database, database_now
from chassis.ids import new_key
from chassis.problem import Problem
from chassis.service import Runtime
from gateway.models import OidcFlow, PendingLogin
from gateway.rows import insert_into

SECOND_FACTOR, REGISTER, LINK = "second_factor", "register", "link"
VALID = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Pending:
    """``told`` is what was proved: an account's names for a second factor, an identity for the others."""

    id: UUID
    step: str
    told: dict[str, Any]
    asked_at: datetime


def begin(runtime: Runtime, browser: str, step: str, told: dict[str, Any], asked_at: datetime) -> None:
    """Have a browser's login wait for a step, in place of the one before."""
    with runtime.db.transaction(EVERYONE) as session:
        fresh = {
            "id": new_key(), "step": step, "sealed": runtime.sealer.seal(told), "asked_at": asked_at,
            "expires_at": database_now(session) + VALID,
        }  # fmt: skip
        insert = insert_into(session, PendingLogin).values(browser=browser, **fresh)
        session.execute(insert.on_conflict_do_update(index_elements=["browser"], set_=fresh))


def find(runtime: Runtime, browser: str) -> Pending | None:
    """What a browser's login waits for."""
    with runtime.db.read(EVERYONE) as session:
        row = session.get(PendingLogin, browser)
        if row is None or row.expires_at <= database_now(session):
            return None
    return Pending(row.id, row.step, runtime.sealer.open(row.sealed), row.asked_at)


def demand(runtime: Runtime, browser: str, *steps: str) -> Pending:
    """The same for one of these steps; raises the 409 problem login_not_pending."""
    found = find(runtime, browser)
    if found is None or found.step not in steps:
        raise not_pending()
    return found


def end(runtime: Runtime, key: UUID) -> None:
    """Use a pending login up; raises login_not_pending when it is no longer there."""
    with runtime.db.transaction(EVERYONE) as session:
        gone = delete(PendingLogin).where(PendingLogin.id == key).returning(PendingLogin.id)
        if session.execute(gone).one_or_none() is None:
            raise not_pending()


def drop(runtime: Runtime, browser: str) -> None:
    """Forget a browser's pending login, if there is one."""
    with runtime.db.transaction(EVERYONE) as session:
        session.execute(delete(PendingLogin).where(PendingLogin.browser == browser))


def forget_steps(db: Database) -> None:
    """Delete the logins whose time is over, also those begun at an issuer."""
    with db.transaction(EVERYONE) as session:
        now = database_now(session)
        for table in (PendingLogin, OidcFlow):
            session.execute(delete(table).where(table.expires_at < now))


def not_pending() -> Problem:
    """The 409 problem when a step comes without the one before it."""
    return Problem(409, "login_not_pending")
