"""Leaving a workspace, and closing one for everybody."""

from __future__ import annotations

import uuid
from time import monotonic

from sqlalchemy import select

from chassis.database import database_now
from chassis.ids import new_key
from chassis.problem import Problem, not_found, unavailable
from chassis.service import Runtime
from chassis.tokens import Principal
from services.workspace import audit, manage, seats
from services.workspace.announce import announce_changed
from services.workspace.invite import withdraw
from services.workspace.models import Member
from services.workspace.service import current

HOLD = 60.0  # seconds of the two minutes in which nothing is sent


def leave(runtime: Runtime, who: Principal, workspace: uuid.UUID) -> None:
    """Take oneself out of a workspace; raises last_admin (409)."""
    with runtime.db.transaction(workspace) as session:
        current(session, workspace, lock=True)
        mine = select(Member).where(Member.workspace_id == workspace, Member.account_id == who.account)
        member = session.scalars(mine).one_or_none()
        if member is None:
            raise not_found()
        audit.record(session, workspace, who, "member_left", f"{member.name} <{member.email}>")
        manage.remove(session, member)
    seats.free(runtime, member.id, member.version)


def close(runtime: Runtime, who: Principal, workspace: uuid.UUID, name: str) -> None:
    """Close a workspace: nobody is a member any more, what was signed is kept.

    *agreement* lets it send nothing for two minutes; within these it is closed, or sends on.
    Raises name_differs (422) unless its name was typed, and agreements_open (409) with their number.
    """
    with runtime.db.read(workspace) as session:
        if current(session, workspace).name != name:
            raise Problem(422, "name_differs")
    held = monotonic()
    path = f"/internal/agreements/hold/{workspace}"
    if count := runtime.client.call("agreement", "POST", path, key=str(new_key()))["open"]:
        raise Problem(409, "agreements_open", open=count)
    with runtime.db.transaction(workspace) as session:
        found = current(session, workspace, lock=True)
        if monotonic() - held > HOLD:
            raise unavailable(1)
        found.closed_at, found.version = database_now(session), found.version + 1
        audit.record(session, workspace, who, "workspace_closed", found.name)
        announce_changed(session, found)
        for member in session.scalars(select(Member).where(Member.workspace_id == workspace)).all():
            withdraw(session, member)
