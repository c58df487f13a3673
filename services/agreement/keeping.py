"""How long an ended agreement is kept.

Until its workspace's time for it is over, and at least `NOTICE` after the admins were told that it will go. Another
time, a hold and the end of a hold take the warning back, so that a slip never removes anything at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.tokens import Principal
from services.agreement.models import DRAFT, Agreement, Workspace
from services.agreement.standing import Standing, lock

SWEEP = "retention"
NOTICE = timedelta(days=30)
AHEAD = NOTICE + timedelta(days=1)  # before its time is over an agreement is told of: mails go out once a day


@dataclass(frozen=True, slots=True)
class Outlook:
    """What another time would do: of ``ended`` agreements ``removed`` would go as soon as may be, on ``first_at``.

    Without any that is now, ``first_at`` is when the first one goes; None when there is none. ``held`` are kept.
    """

    ended: int
    held: int
    removed: int
    first_at: datetime | None


def kept_until(agreement: Agreement, days: int | None, now: datetime) -> datetime | None:
    """The earliest moment at which it may be removed; None while it is open or kept for ever."""
    if days is None or agreement.over_at is None or agreement.held_at is not None:
        return None
    return max(agreement.over_at + timedelta(days=days), (agreement.warned_at or now) + NOTICE)


def told(session: Session, agreement: Agreement, at: Standing) -> dict[str, Any]:
    """What somebody may know of how long an agreement is kept; only who manages it knows of a hold."""
    workspace = session.get(Workspace, agreement.workspace_id)
    until = kept_until(agreement, workspace.retention_days if workspace else None, database_now(session))
    held = agreement.held_at.isoformat() if agreement.held_at and at.manages else None
    return {"kept_until": until.isoformat() if until else None, "held_at": held}


def hold(runtime: Runtime, at: Standing) -> None:
    """Keep an agreement whatever its workspace has set; again it changes nothing. Raises 409 not_sent."""
    with runtime.db.transaction(at.owner) as session:
        agreement = _locked(session, at)
        if agreement.held_at is None:
            agreement.held_at = database_now(session)
            _note(agreement, "held", at.who, agreement.held_at)


def lift(runtime: Runtime, at: Standing) -> None:
    """Let it go like any other; nothing happens when it is not held. Raises 409 not_sent."""
    with runtime.db.transaction(at.owner) as session:
        agreement = _locked(session, at)
        if agreement.held_at is not None:
            agreement.held_at = None
            _note(agreement, "hold_lifted", at.who, database_now(session))


def _locked(session: Session, at: Standing) -> Agreement:
    agreement = lock(session, at.agreement_id)
    if agreement.status == DRAFT:
        raise Problem(409, "not_sent")
    return agreement


def _note(agreement: Agreement, kind: str, who: Principal, now: datetime) -> None:
    noted = {"kind": kind, "at": now.isoformat(), "actor": who.name or who.email}
    agreement.holds, agreement.warned_at = [*agreement.holds, noted], None
    agreement.version += 1


def forget_warnings(session: Session, workspace: UUID) -> None:
    """The admins will be told anew of everything in this workspace."""
    told = update(Agreement).where(Agreement.workspace_id == workspace, Agreement.warned_at.is_not(None))
    session.execute(told.values(warned_at=None))


def outlook(runtime: Runtime, who: Principal, days: int | None) -> Outlook:
    """What would happen if the present workspace kept ended agreements for so many days, None for ever."""
    assert who.workspace is not None
    with runtime.db.read(who.workspace) as session:
        mine = (Agreement.workspace_id == who.workspace) & Agreement.over_at.is_not(None)
        held = _count(session, mine & Agreement.held_at.is_not(None))
        free = mine & Agreement.held_at.is_(None)
        ended, first = _count(session, free), session.scalar(select(func.min(Agreement.over_at)).where(free))
        if days is None or first is None:
            return Outlook(ended, held, 0, None)
        now, kept = database_now(session), timedelta(days=days)
        removed = _count(session, free & (Agreement.over_at <= now + NOTICE - kept))
        return Outlook(ended, held, removed, max(first + kept, now + NOTICE))


def _count(session: Session, wanted: Any) -> int:
    return session.scalar(select(func.count()).where(wanted)) or 0
