"""Clock work: one-time keys that nobody came back for are destroyed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from chassis.database import EVERYONE, database_now
from chassis.service import Loop, Runtime
from services.seal.models import Certificate, OneTime
from services.seal.one_time import end

UNUSED_AFTER = timedelta(days=7)
AT_ONCE = 100


def sweep(runtime: Runtime) -> bool:
    """End credentials that were made a week ago and not used; who still needs one asks for the next attempt."""
    with runtime.db.transaction(EVERYONE) as session:
        old = Certificate.not_before < database_now(session) - UNUSED_AFTER
        pairs = select(OneTime, Certificate).join(Certificate, Certificate.credential == OneTime.credential)
        waiting = pairs.where(OneTime.ended_at.is_(None), old).limit(AT_ONCE)
        found = session.execute(waiting.with_for_update(skip_locked=True, of=OneTime)).all()
        for row, certificate in found:
            end(session, runtime.parts, row, certificate)
    return len(found) == AT_ONCE


LOOPS = (Loop("sweep", sweep, 3600.0),)
