"""Wakes those who wait for a row: LISTEN/NOTIFY on PostgreSQL, an event in the process on SQLite.

A bell is rung inside the transaction that writes the row and heard after its commit. Whoever waits also looks now and
then by itself, so a lost ring costs time and nothing else.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session


class Doorbell:
    """The bells of one database. ``url`` is a PostgreSQL URL, or None when all waiters live in this process."""

    def __init__(self, url: URL | None) -> None:
        self._dsn = url and url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._events: dict[str, list[threading.Event]] = defaultdict(list)

    def ring(self, name: str) -> None:
        """Wake the waiters of this process."""
        for waiting in self._events[name]:
            waiting.set()

    @contextmanager
    def listen(self, name: str) -> Iterator[Listener]:
        """A listener owned by one thread; it hears every ring inside the block."""
        listener = Listener(name, self._dsn)
        self._events[name].append(listener.heard)
        try:
            yield listener
        finally:
            self._events[name].remove(listener.heard)
            listener.close()


class Listener:
    """Waits for one bell."""

    def __init__(self, name: str, dsn: str | None) -> None:
        self._name, self._dsn = name, dsn
        self.heard = threading.Event()
        self._connection: psycopg.Connection | None = None

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Return when the bell rings, ``stop`` is set or the seconds are over, whichever is first."""
        end = time.monotonic() + seconds
        while not self.heard.is_set() and not stop.is_set() and (left := end - time.monotonic()) > 0:
            self._wait_once(min(left, 0.5), stop)
        self.heard.clear()

    def _wait_once(self, seconds: float, stop: threading.Event) -> None:
        if self._dsn is None:
            self.heard.wait(seconds)
            return
        try:
            self._connection = self._connection or self._connect()
            for _ in self._connection.notifies(timeout=seconds, stop_after=1):
                self.heard.set()
        except psycopg.OperationalError:
            self._connection = None
            stop.wait(seconds)

    def close(self) -> None:
        """Stop hearing."""
        if self._connection is not None:
            self._connection.close()

    def _connect(self) -> psycopg.Connection:
        connection = psycopg.connect(self._dsn or "", autocommit=True, connect_timeout=5)
        connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._name)))
        self.heard.set()
        return connection


def ring_after_commit(session: Session, name: str) -> None:
    """Ring ``name`` when the session's transaction commits."""
    session.info["bells"].add(name)
