"""A workspace that is being closed sends nothing more: sending and closing meet at the workspace's row, one after the
other.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.problem import Problem, unavailable
from services.agreement.models import OPEN, Agreement, Workspace

HELD = "held_until"  # among what is known of a workspace
FOR_GOOD = "9999-12-31T00:00:00+00:00"
HOLD = timedelta(minutes=2)


def hold_sending(session: Session, workspace: UUID) -> int:
    """Let a workspace send nothing for two minutes, unless agreements are open: how many are.

    Raises 503 while the workspace is not known yet.
    """
    query = select(Workspace).where(Workspace.id == workspace).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise unavailable(1)
    mine = select(func.count()).where(Agreement.workspace_id == workspace, Agreement.status.in_(OPEN))
    count = session.scalar(mine) or 0
    if not count:
        found.settings = {**found.settings, HELD: (database_now(session) + HOLD).isoformat()}
    return count


def demand_open(session: Session, workspace: UUID) -> None:
    """The workspace may send, and is not closed before this transaction ends; raises 409 workspace_closed."""
    query = select(Workspace).where(Workspace.id == workspace).with_for_update(read=True)
    found = session.scalars(query.execution_options(populate_existing=True)).first()
    until = found.settings.get(HELD) if found else None
    if until and datetime.fromisoformat(until) > database_now(session):
        raise Problem(409, "workspace_closed")


def held(known: Workspace | None, told: dict[str, Any]) -> dict[str, str]:
    """What stays noted of a workspace about which something new is told: closed is closed, a hold goes on."""
    if told.get("closed"):
        return {HELD: FOR_GOOD}
    return {HELD: known.settings[HELD]} if known and HELD in known.settings else {}
