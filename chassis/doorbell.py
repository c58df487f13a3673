"""Wakes those who wait for a row: LISTEN/NOTIFY on PostgreSQL, an event in the process on SQLite.

A bell is rung inside the transaction that writes the row and heard after its commit. Whoever waits also looks now and
then by itself, so a lost ring costs time and nothing else.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict

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

    def listen(self, name: str) -> Listener:
        """A listener owned by one thread; it hears every ring after this call."""
        heard = threading.Event()
        self._events[name].append(heard)
        return Listener(name, heard, self._dsn)


class Listener:
    """Waits for one bell."""

    def __init__(self, name: str, heard: threading.Event, dsn: str | None) -> None:
        self._name, self._heard, self._dsn = name, heard, dsn
        self._connection: psycopg.Connection | None = None

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Return when the bell rings, ``stop`` is set or the seconds are over, whichever is first."""
        end = time.monotonic() + seconds
        while not self._heard.is_set() and not stop.is_set() and (left := end - time.monotonic()) > 0:
            self._wait_once(min(left, 0.5), stop)
        self._heard.clear()

    def _wait_once(self, seconds: float, stop: threading.Event) -> None:
        if self._dsn is None:
            self._heard.wait(seconds)
            return
        try:
            self._connection = self._connection or self._connect()
            for _ in self._connection.notifies(timeout=seconds, stop_after=1):
                self._heard.set()
        except psycopg.OperationalError:
            self._connection = None
            stop.wait(seconds)

    def _connect(self) -> psycopg.Connection:
        connection = psycopg.connect(self._dsn or "", autocommit=True, connect_timeout=5)
        connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._name)))
        self._heard.set()
        return connection


def ring_after_commit(session: Session, name: str) -> None:
    """Ring ``name`` when the session's transaction commits."""
    session.info["bells"].add(name)
