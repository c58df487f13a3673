"""A service's own database: short transactions, each inside one workspace's scope.

SQLite runs in WAL mode and takes its write lock when a transaction begins, so that two writers wait for each other
instead of failing; PostgreSQL also gets the scope as `signet.workspace`, which row-level security reads.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Uuid, create_engine, event, func, select, text
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    SessionTransaction,
    mapped_column,
    with_loader_criteria,
)

from chassis.doorbell import Doorbell
from chassis.tables import DateTime


class Everyone:
    """The scope of work that belongs to no single workspace: handlers, sweeps, accounts."""


EVERYONE: Final = Everyone()
Scope = uuid.UUID | Everyone


class Tenant:
    """Mixin of every table whose rows belong to a workspace; queries see only the transaction's own."""

    workspace_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)


class ScopeViolation(Exception):
    """A row of another workspace was about to be written."""


def new_base() -> type[DeclarativeBase]:
    """A declarative base with metadata of its own, one for each service."""

    class Base(DeclarativeBase):
        type_annotation_map = {datetime: DateTime, uuid.UUID: Uuid}

    return Base


class Database:
    """Engine and transactions of one service. ``service`` is the only owner whose events may be emitted here."""

    def __init__(self, url: str, service: str) -> None:
        self.url, self.service = make_url(url), service
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)
        self.doorbell = Doorbell(self.url if not self.is_sqlite else None)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def transaction(self, scope: Scope) -> Iterator[Session]:
        """A writing transaction: commits at the end of the block, rolls back on any error."""
        with self._session(scope, write=True) as session, session.begin():
            yield session

    @contextmanager
    def read(self, scope: Scope) -> Iterator[Session]:
        """A transaction that only reads; nothing is committed."""
        with self._session(scope, write=False) as session:
            yield session

    def _session(self, scope: Scope, write: bool) -> Session:
        session = Session(self.engine, expire_on_commit=False)
        session.info.update(scope=scope, service=self.service, bells=set(), doorbell=self.doorbell, write=write)
        event.listen(session, "after_begin", _enter_scope)
        event.listen(session, "do_orm_execute", _limit_to_scope)
        event.listen(session, "before_flush", _refuse_foreign_rows)
        event.listen(session, "before_commit", _announce)
        event.listen(session, "after_commit", _ring)
        return session

    def ready(self) -> bool:
        """Whether the database answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(select(1))
        except OperationalError:
            return False
        return True


def database_now(session: Session) -> datetime:
    """The database's clock, by which deadlines are judged; SQLite's is this machine's."""
    if session.get_bind().dialect.name == "sqlite":
        return datetime.now(UTC)
    moment: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return moment.astimezone(UTC)


def _enter_scope(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    if transaction.nested:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if session.info["write"] else "BEGIN")
        return
    scope = session.info["scope"]
    value = "*" if isinstance(scope, Everyone) else str(scope)
    connection.execute(text("select set_config('signet.workspace', :scope, true)"), {"scope": value})


def _limit_to_scope(state: ORMExecuteState) -> None:
    scope = state.session.info["scope"]
    if isinstance(scope, Everyone) or state.is_column_load or state.is_relationship_load:
        return
    state.statement = state.statement.options(
        with_loader_criteria(Tenant, lambda cls: cls.workspace_id == scope, include_aliases=True)
    )


def _refuse_foreign_rows(session: Session, *_: Any) -> None:
    scope = session.info["scope"]
    if isinstance(scope, Everyone):
        return
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Tenant) and row.workspace_id != scope:
            raise ScopeViolation(type(row).__name__)


def _announce(session: Session) -> None:
    session.flush()
    if session.info["bells"] and session.get_bind().dialect.name != "sqlite":
        for name in sorted(session.info["bells"]):
            session.execute(text("select pg_notify(:name, '')"), {"name": name})


def _ring(session: Session) -> None:
    for name in session.info["bells"]:
        session.info["doorbell"].ring(name)


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _postgres_engine(url: URL) -> Engine:
    options = "-c timezone=UTC -c lock_timeout=8000 -c idle_in_transaction_session_timeout=60000"
    return create_engine(
        url, pool_pre_ping=True, pool_size=8, max_overflow=8, pool_timeout=8,
        connect_args={"connect_timeout": 5, "options": options},
    )  # fmt: skip
