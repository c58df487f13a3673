"""Loop `anchor`: once a UTC day the heads of all chains that have grown go into one tree, and its root is time-stamped.

A day's row is made by a conditional INSERT, and worked on by who holds its lease: whichever replica comes first does
it, and one that dies leaves it to the next. A time-stamping authority that is away is asked again later.
"""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.problem import Problem
from chassis.service import Runtime
from documents import anchors
from services.signing import timestamping
from services.signing.models import Anchor, Anchored, Ceremony
from services.signing.waits import TimestampAway

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)


class Head(NamedTuple):
    """A chain's newest entry."""

    agreement_id: UUID
    workspace_id: UUID
    sequence: int
    hash: str


def turn(runtime: Runtime) -> bool:
    """Plant today's tree, or have one stamped that waits for it; False when there is nothing to do now."""
    with runtime.db.transaction(EVERYONE) as session:
        _begin_today(session)
        day = _claim(session)
        if day is None:
            return False
        root = _planted(session, session.get_one(Anchor, day))
    return _stamp(runtime, day, root) if root else True


def _begin_today(session: Session) -> None:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    today = database_now(session).astimezone(UTC).date().isoformat()
    if session.get(Anchor, today) is None:
        row = {"day": today, "root": "", "leaves": 0}
        session.execute(dialect.insert(Anchor).values(row).on_conflict_do_nothing())


def _claim(session: Session) -> str | None:
    """The oldest day that is not done and not held, held from now on."""
    now = database_now(session)
    free = Anchor.lease_until.is_(None) | (Anchor.lease_until <= now)
    open_ = (Anchor.root == "") | ((Anchor.leaves > 0) & Anchor.token.is_(None))
    oldest = select(Anchor.day).where(free, open_).order_by(Anchor.day).limit(1).with_for_update(skip_locked=True)
    day = session.scalars(oldest).one_or_none()
    if day:
        held = update(Anchor).where(Anchor.day == day).values(lease_until=now + LEASE)
        session.execute(held.execution_options(synchronize_session=False))
    return day


def _planted(session: Session, anchor: Anchor) -> str:
    """The root of a day's tree, which is planted now if it is not there; empty when no chain has grown."""
    if not anchor.root:
        session.refresh(anchor)
        heads = _grown(session)
        tree = anchors.Tree([bytes.fromhex(head.hash) for head in heads])
        anchor.root, anchor.leaves = tree.root.hex(), len(heads)
        session.flush()
        _keep_proofs(session, anchor.day, heads, tree)
    return anchor.root if anchor.leaves else ""


def _grown(session: Session) -> Sequence[Head]:
    """Every chain's head that is newer than its last anchor, in a fixed order."""
    last = select(func.max(Anchored.sequence)).where(Anchored.agreement_id == Ceremony.id).scalar_subquery()
    grown = Ceremony.evidence_count > func.coalesce(last, 0)
    columns = (Ceremony.id, Ceremony.workspace_id, Ceremony.evidence_count, Ceremony.evidence_head)
    rows = session.execute(select(*columns).where(grown).order_by(Ceremony.evidence_head))
    return [Head(*row) for row in rows]


def _keep_proofs(session: Session, day: str, heads: Sequence[Head], tree: anchors.Tree) -> None:
    rows = [
        {
            "agreement_id": head.agreement_id, "workspace_id": head.workspace_id, "day": day, "place": place,
            "sequence": head.sequence, "head": head.hash, "path": [one.hex() for one in tree.path(place)],
        }
        for place, head in enumerate(heads)
    ]  # fmt: skip
    if rows:
        session.execute(insert(Anchored), rows)


def _stamp(runtime: Runtime, day: str, root: str) -> bool:
    """Have the root stamped, and keep the token once; False when no authority answers, so that it is tried later."""
    try:
        token = b64encode(timestamping.timestamp(runtime, bytes.fromhex(root))).decode()
    except (TimestampAway, Problem) as error:
        log.warning("the anchor of %s waits for its time stamp: %s", day, error)
        return False
    stamped = {"token": token, "stamped_at": anchors.time_of(token), "lease_until": None}
    with runtime.db.transaction(EVERYONE) as session:
        without = (Anchor.day == day) & Anchor.token.is_(None)
        session.execute(update(Anchor).where(without).values(stamped))
    return True
