"""What has changed in somebody's lists since they looked last: cheap enough to be asked every few seconds.

A cursor is a moment of the database's clock and a digest of what was told of the seconds before it. Transactions that
began earlier may commit later, so those seconds are looked at again; the digest tells whether anything is new there.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.problem import Problem
from chassis.service import Loop, Runtime
from chassis.tokens import Principal
from services.agreement.models import Listing, Removal
from services.agreement.standing import viewers

LATE = timedelta(seconds=10)
KEPT = timedelta(days=1)
MOST = 100
Seen = tuple[UUID, datetime]


@dataclass(frozen=True, slots=True)
class Changes:
    """Keys of agreements whose line is new or other, and of those that are gone; ``more`` says that not all are named.

    Told twice is possible, told never is not.
    """

    changed: list[UUID]
    removed: list[UUID]
    more: bool
    cursor: str


def start(session: Session, who: Principal) -> Changes:
    """The cursor of now; what changes from here on will be told."""
    now = database_now(session)
    return Changes([], [], False, _cursor(now, _recent(_found(session, who, now - LATE), now)))


def changes(session: Session, who: Principal, since: str) -> Changes:
    """What changed after the cursor; raises 422 cursor_invalid."""
    at, told = _parse(since)
    now = database_now(session)
    if at < now - KEPT:
        return replace(start(session, who), more=True)
    found = _found(session, who, at - LATE)
    earliest = at if told == _digest(_recent(found, at)) else at - LATE
    new = [[key for key, moment in rows if moment > earliest] for rows in found]
    if not any(new):
        return Changes([], [], False, since)
    more = any(len(keys) > MOST for keys in new)
    return Changes(new[0][:MOST], new[1][:MOST], more, _cursor(now, _recent(found, now)))


def _found(session: Session, who: Principal, since: datetime) -> tuple[list[Seen], list[Seen]]:
    """The changed and the removed lines since a moment, newest first; one more than are told."""
    lines = select(Listing.agreement_id, Listing.changed_at).where(
        Listing.workspace_id == who.workspace, Listing.viewer.in_(viewers(who)), Listing.changed_at >= since
    )
    gone = select(Removal.agreement_id, Removal.at).where(
        Removal.workspace_id == who.workspace, Removal.viewer.in_(viewers(who)), Removal.at >= since
    )
    changed = session.execute(lines.order_by(Listing.changed_at.desc()).limit(2 * MOST + 1)).all()
    removed = session.execute(gone.order_by(Removal.at.desc()).limit(2 * MOST + 1)).all()
    return _once((row[0], row[1]) for row in changed if row[1]), _once((row[0], row[1]) for row in removed)


def _once(rows: Iterable[Seen]) -> list[Seen]:
    """Each agreement once: an admin sees it on the workspace's line and on their own."""
    newest: dict[UUID, datetime] = {}
    for key, at in rows:
        newest.setdefault(key, at)
    return list(newest.items())


def _recent(found: tuple[list[Seen], list[Seen]], at: datetime) -> list[Seen]:
    return [one for rows in found for one in rows if at - LATE <= one[1] <= at]


def _cursor(at: datetime, told: list[Seen]) -> str:
    return f"chg_{base64.urlsafe_b64encode(f'{at.timestamp():.6f}|{_digest(told)}'.encode()).decode().rstrip('=')}"


def _digest(told: list[Seen]) -> str:
    text = "|".join(sorted(f"{key}{at.timestamp():.6f}" for key, at in told))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _parse(cursor: str) -> tuple[datetime, str]:
    try:
        text = base64.urlsafe_b64decode(cursor.removeprefix("chg_") + "==").decode("ascii")
        moment, _, told = text.partition("|")
        return datetime.fromtimestamp(float(moment), UTC), told
    except (ValueError, OverflowError, OSError) as error:
        raise Problem(422, "cursor_invalid") from error


def _turn(runtime: Runtime) -> bool:
    with runtime.db.transaction(EVERYONE) as session:
        session.execute(delete(Removal).where(Removal.at < database_now(session) - KEPT))
    return False


LOOP = Loop("removals", _turn, every=3600.0)
