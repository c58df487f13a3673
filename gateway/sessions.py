"""Sessions: opened at login, found by their secret, ended by their owner, by time, or by a new password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session as DbSession

from chassis.database import EVERYONE, Database, database_now
from chassis.ids import digest, new_key, new_secret, public_id
from chassis.problem import Problem, not_found
from gateway.models import Account, Membership, Session, Workspace
from gateway.rows import ensure

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Current:
    """The session of a request: whose it is and where they are members. ``membership`` is None without a workspace."""

    session: Session
    account: Account
    memberships: Sequence[tuple[Membership, Workspace]]

    @property
    def public_id(self) -> str:
        return public_id("ses", self.session.id)

    @property
    def here(self) -> tuple[Membership, Workspace] | None:
        """The enabled membership in the current workspace."""
        return next((pair for pair in self.memberships if pair[1].id == self.session.workspace), None)


def open_session(
    db: Database, answer: dict[str, Any], asked_at: datetime, ip: str, user_agent: str
) -> tuple[str, Current]:
    """A new session for whom *identity* has recognised; returns its secret, which is told once.

    Raises a 401 problem when the password was changed since ``asked_at``.
    """
    secret, account_id = new_secret("ses"), UUID(answer["account_id"])
    with db.transaction(EVERYONE) as session:
        account = _learn(session, account_id, answer)
        if account.password_changed_at and account.password_changed_at >= asked_at:
            raise Problem(401, "invalid_credentials")
        row = Session(
            id=new_key(), secret_digest=digest(secret), account_id=account_id, ip=ip, user_agent=user_agent[:300],
            created_at=asked_at, last_seen_at=asked_at, workspace=None,
        )  # fmt: skip
        memberships = _memberships(session, account_id)
        row.workspace = _first_choice(account, memberships)
        session.add(row)
    return secret, Current(row, account, memberships)


def _learn(session: DbSession, key: UUID, answer: dict[str, Any]) -> Account:
    told = {name: answer.get(name) for name in ("name", "language", "time_zone", "date_format")}
    names = {"email": answer["email"].lower(), **told}
    account: Account = ensure(session, Account, key, names)
    for name, value in names.items() if account.version == 0 else ():
        setattr(account, name, value)
    return account


def find_session(db: Database, secret: str) -> Current | None:
    """The living session of a secret; marks it as seen and gives it a workspace when it has none yet."""
    with db.read(EVERYONE) as session:
        now = database_now(session)
        row = session.scalar(select(Session).where(Session.secret_digest == digest(secret), _alive(now)))
        if row is None:
            return None
        account = session.get_one(Account, row.account_id)
        memberships = _memberships(session, row.account_id)
    chosen = row.workspace or _first_choice(account, memberships)
    if chosen != row.workspace or now - row.last_seen_at > SEEN_EVERY:
        _mark(db, row, chosen, now)
    return Current(row, account, memberships)


def _mark(db: Database, row: Session, chosen: UUID | None, now: datetime) -> None:
    with db.transaction(EVERYONE) as session:
        values = {"last_seen_at": now, **({"workspace": chosen} if row.workspace is None else {})}
        session.execute(update(Session).where(Session.id == row.id).values(values))
    row.workspace, row.last_seen_at = chosen, now


def _alive(now: datetime) -> ColumnElement[bool]:
    return (Session.last_seen_at > now - IDLE) & (Session.created_at > now - LONGEST)


def _memberships(session: DbSession, account: UUID) -> Sequence[tuple[Membership, Workspace]]:
    query = select(Membership, Workspace).join(Workspace, Workspace.id == Membership.workspace)
    mine = query.where(Membership.account_id == account, Membership.status == "enabled").order_by(Membership.id)
    return [(member, workspace) for member, workspace in session.execute(mine)]


def _first_choice(account: Account, memberships: Sequence[tuple[Membership, Workspace]]) -> UUID | None:
    keys = [workspace.id for _, workspace in memberships]
    return account.default_workspace if account.default_workspace in keys else next(iter(keys), None)


def switch_workspace(db: Database, current: Current, workspace: str) -> Current:
    """Work in another workspace from now on; raises a 404 problem unless the person is an enabled member there."""
    found = next((one.id for _, one in current.memberships if one.public_id == workspace), None)
    if found is None:
        raise not_found()
    with db.transaction(EVERYONE) as session:
        session.execute(update(Session).where(Session.id == current.session.id).values(workspace=found))
    current.session.workspace = found
    return current


def list_sessions(db: Database, account: UUID) -> Sequence[Session]:
    """An account's living sessions, the last seen first."""
    with db.read(EVERYONE) as session:
        mine = select(Session).where(Session.account_id == account, _alive(database_now(session)))
        return session.scalars(mine.order_by(Session.last_seen_at.desc())).all()


def end_session(db: Database, account: UUID, key: UUID | None) -> None:
    """End one of an account's sessions; raises a 404 problem when it has none of this key."""
    with db.transaction(EVERYONE) as session:
        mine = delete(Session).where(Session.account_id == account, Session.id == key).returning(Session.id)
        if session.execute(mine).first() is None:
            raise not_found()


def end_others(db: Database, account: UUID, kept: UUID) -> None:
    """End all of an account's sessions but one."""
    with db.transaction(EVERYONE) as session:
        session.execute(delete(Session).where(Session.account_id == account, Session.id != kept))


def end_by_secret(db: Database, secret: str) -> None:
    """End the session of a secret, if there is one."""
    with db.transaction(EVERYONE) as session:
        session.execute(delete(Session).where(Session.secret_digest == digest(secret)))


def forget_ended(db: Database) -> None:
    """Delete the sessions whose time is over."""
    with db.transaction(EVERYONE) as session:
        session.execute(delete(Session).where(~_alive(datetime.now(UTC))))
