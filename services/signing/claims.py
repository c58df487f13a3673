"""A worker's hold on a ceremony: taken by a conditional UPDATE, ended by the result, by a failure, or by time.

Whoever holds it works outside of any transaction and renews the hold while the work goes on, so that a killed worker's
ceremony is taken by another within seconds however long the work may be. A hold that ran out may be taken by another
worker: the results are conditional on the ceremony's revision, so that only one of them counts.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

from prometheus_client import Counter
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.heartbeat import heartbeat
from chassis.problem import Problem
from chassis.sandbox import OutOfLimits
from chassis.service import Runtime
from chassis.storage import Missing, StorageDown
from documents.errors import Refused
from documents.sign import DoesNotFit
from services.signing.models import Ceremony
from services.signing.waits import Waits

log = logging.getLogger(__name__)
WAITS = Counter("signet_documents_waiting_total", "Turns of work on a document that ended in waiting", ["reason"])
LEASE = timedelta(seconds=8)
RENEWED_EVERY = 2.0
LONGEST_PAUSE = 60.0
OUTAGES = (Waits, Problem, StorageDown, Missing, OutOfLimits, Refused, DoesNotFit)
OPEN = Ceremony.closed_at.is_(None) & Ceremony.completed_at.is_(None)
COMPLETED = Ceremony.completed_at.is_not(None)
Work = Callable[[Runtime, UUID], None]


def turn(runtime: Runtime, wanted: ColumnElement[bool], work: Work, among: ColumnElement[bool] = OPEN) -> bool:
    """Do ``work`` on one ceremony that is ``wanted`` ``among`` these and not held; False when there is none.

    What fails because something outside is away is tried again later, alone; the others go on.
    """
    lease = uuid4()
    with runtime.db.transaction(EVERYONE) as session:
        agreement_id = _claim(session, wanted & among, lease)
    if agreement_id is None:
        return False
    try:
        renewed = heartbeat(lambda: _renew(runtime, agreement_id, lease), RENEWED_EVERY)
        with _released_on_failure(runtime, agreement_id, lease), renewed:
            work(runtime, agreement_id)
    except OUTAGES as error:
        WAITS.labels(type(error).__name__).inc()
        log.warning("ceremony %s waits: %s", agreement_id, error)
    return True


def _claim(session: Session, wanted: ColumnElement[bool], lease: UUID) -> UUID | None:
    now = database_now(session)
    free = Ceremony.lease_until.is_(None) | (Ceremony.lease_until <= now)
    oldest = select(Ceremony.id).where(wanted, free).order_by(Ceremony.lease_until.nulls_first(), Ceremony.id)
    if (found := session.scalars(oldest.limit(1).with_for_update(skip_locked=True)).first()) is None:
        return None
    held = {"lease": lease, "lease_until": now + LEASE, "attempts": Ceremony.attempts + 1}
    taken = update(Ceremony).where(Ceremony.id == found, wanted, free).values(held).returning(Ceremony.id)
    return session.scalars(taken.execution_options(synchronize_session=False)).one_or_none()


def _renew(runtime: Runtime, agreement_id: UUID, lease: UUID) -> None:
    mine = (Ceremony.id == agreement_id) & (Ceremony.lease == lease)
    with runtime.db.transaction(EVERYONE) as session:
        longer = update(Ceremony).where(mine).values(lease_until=database_now(session) + LEASE)
        session.execute(longer.execution_options(synchronize_session=False))


@contextmanager
def _released_on_failure(runtime: Runtime, agreement_id: UUID, lease: UUID) -> Iterator[None]:
    try:
        yield
    finally:
        if (error := sys.exception()) is not None:
            _postpone(runtime, agreement_id, lease, f"{type(error).__name__}: {error}"[:300])


def _postpone(runtime: Runtime, agreement_id: UUID, lease: UUID, reason: str) -> None:
    with runtime.db.transaction(EVERYONE) as session:
        mine = select(Ceremony).where(Ceremony.id == agreement_id, Ceremony.lease == lease).with_for_update()
        if ceremony := session.scalars(mine).one_or_none():
            ceremony.lease_until = database_now(session) + pause(ceremony.attempts)
            ceremony.lease, ceremony.last_error = None, reason


def pause(attempts: int) -> timedelta:
    """How long to wait after the n-th failure: 1, 2, 4 … seconds, a minute at most."""
    return timedelta(seconds=min(2.0 ** min(attempts - 1, 10), LONGEST_PAUSE))


def done(ceremony: Ceremony) -> None:
    """End the hold with its work done; the caller holds the ceremony's row."""
    ceremony.lease, ceremony.lease_until, ceremony.attempts, ceremony.last_error = None, None, 0, None
