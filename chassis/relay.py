"""The relay carries the outbox to the bus: in order, confirmed, one active relay for each database."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from chassis.bus import Bus, BusDown, Message, Publisher, Unroutable
from chassis.database import EVERYONE, Database
from chassis.doorbell import Listener
from chassis.metrics import OUTBOX_AGE, PUBLISHED
from chassis.tables import inbox, outbox

log = logging.getLogger(__name__)
KEEP = timedelta(days=7)
BATCH = 200
LOCK = 0x5167_6E65


def run_relay(db: Database, bus: Bus, stop: threading.Event) -> None:
    """Publish until ``stop`` is set. A broker or database that is away is waited for."""
    while not stop.is_set():
        try:
            with db.doorbell.listen("outbox") as listener, _only_one(db) as still_mine:
                if still_mine():
                    _follow(db, bus.publisher(), listener, still_mine, stop)
        except (BusDown, DBAPIError, PoolTimeout) as error:
            log.warning("publishing waits: %s", error)
        stop.wait(0.5)


def _follow(
    db: Database, publisher: Publisher, listener: Listener, still_mine: Callable[[], bool], stop: threading.Event
) -> None:
    try:
        while not stop.is_set() and still_mine():
            if not publish_pending(db, publisher):
                sweep(db)
                listener.wait(5.0, stop)
    finally:
        publisher.close()


def publish_pending(db: Database, publisher: Publisher) -> bool:
    """Publish one batch of what is not yet published, in order; False when there was nothing."""
    with db.read(EVERYONE) as session:
        query = select(outbox).where(outbox.c.published_at.is_(None)).order_by(outbox.c.position).limit(BATCH)
        rows = session.execute(query).all()
    OUTBOX_AGE.labels(db.service).set((datetime.now(UTC) - rows[0].created_at).total_seconds() if rows else 0)
    if not rows:
        return False
    try:
        publisher.publish([Message(row.id, row.type, row.body.encode()) for row in rows])
    except Unroutable as error:
        log.error("no queue takes events %s: declare the topology", error.ids)
        rows = [row for row in rows if row.id not in error.ids]
        _mark(db, rows)
        raise BusDown("unroutable events") from error
    _mark(db, rows)
    return True


def _mark(db: Database, rows: Sequence[Row[Any]]) -> None:
    with db.transaction(EVERYONE) as session:
        positions = [row.position for row in rows]
        session.execute(update(outbox).where(outbox.c.position.in_(positions)).values(published_at=datetime.now(UTC)))
    PUBLISHED.labels(db.service).inc(len(rows))


def sweep(db: Database) -> None:
    """Forget what was published and handled more than seven days ago."""
    limit = datetime.now(UTC) - KEEP
    with db.read(EVERYONE) as session:
        old = select(outbox.c.position).where(outbox.c.published_at < limit).limit(1)
        seen = select(inbox.c.event_id).where(inbox.c.handled_at < limit - KEEP).limit(1)
        if not session.execute(old).first() and not session.execute(seen).first():
            return
    with db.transaction(EVERYONE) as session:
        session.execute(delete(outbox).where(outbox.c.published_at < limit))
        session.execute(delete(inbox).where(inbox.c.handled_at < limit - KEEP))


def replay(db: Database, since: datetime, keep: Sequence[str] = ()) -> int:
    """Have everything published since then published again, except the ids in ``keep``; receivers drop duplicates."""
    with db.transaction(EVERYONE) as session:
        again = outbox.c.published_at.is_not(None) & (outbox.c.created_at >= since)
        ids = session.execute(select(outbox.c.id).where(again)).scalars().all()
        chosen = sorted(set(ids) - set(keep))
        for start in range(0, len(chosen), 500):
            part = chosen[start : start + 500]
            session.execute(update(outbox).where(outbox.c.id.in_(part)).values(published_at=None))
        session.info["bells"].add("outbox")
    return len(chosen)


@contextmanager
def _only_one(db: Database) -> Iterator[Callable[[], bool]]:
    """Tells whether this relay holds the database's advisory lock; it is lost with the connection that took it."""
    if db.is_sqlite:
        yield lambda: True
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = connection.execute(select(func.pg_try_advisory_lock(LOCK))).scalar_one()
        try:
            yield lambda: mine and connection.execute(select(1)).scalar_one() == 1
        finally:
            connection.invalidate()
