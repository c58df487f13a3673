"""The deadline sweep: *signing* is asked to close what is over; whoever asks first works, the others pass by."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.service import Loop, Runtime
from services.agreement.closing import ask_to_close, end
from services.agreement.models import EXPIRED, SENT, Agreement
from services.agreement.standing import lock

ASK_AGAIN = timedelta(seconds=60)


def _turn(runtime: Runtime) -> bool:
    with runtime.db.transaction(EVERYONE) as session:
        key = _claim(session)
    if key is None:
        return False
    answer = ask_to_close(runtime, key, EXPIRED, "", None)
    if answer["outcome"] == "closed":
        with runtime.db.transaction(EVERYONE) as session:
            end(session, lock(session, key), answer.get("kind", EXPIRED), None, "", database_now(session))
    return True


def _claim(session: Session) -> UUID | None:
    now = database_now(session)
    free = or_(Agreement.close_asked_at.is_(None), Agreement.close_asked_at < now - ASK_AGAIN)
    over = (Agreement.status == SENT) & (Agreement.deadline <= now) & free
    key = session.scalar(select(Agreement.id).where(over).order_by(Agreement.deadline).limit(1))
    claim = update(Agreement).where(Agreement.id == key, over).values(close_asked_at=now).returning(Agreement.id)
    return session.scalar(claim.execution_options(synchronize_session=False)) if key else None


LOOP = Loop("deadlines", _turn, every=10.0)
