"""Inviting everybody of a finished list, some at a time. A row's key is its member's, so nobody is invited twice."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.problem import Problem
from chassis.service import Loop, Runtime
from services.workspace import invite, seats
from services.workspace.imports.check import roles_of
from services.workspace.imports.lists import DONE, INVITED, INVITING
from services.workspace.imports.lists import LOOP as NAME
from services.workspace.invite import Inviter, NewMember
from services.workspace.memberschemas import clean_phone
from services.workspace.models import Import, ImportRow

AT_ONCE = 50
LEASE = timedelta(seconds=60)


def invite_some(runtime: Runtime) -> bool:
    """Invite the next people of one list; False when no list waits."""
    with runtime.db.transaction(EVERYONE) as session:
        list_ = _claim(session)
        waiting = _waiting(session, list_) if list_ else []
    if list_ is None:
        return False
    if not waiting:
        _end(runtime, list_.id)
        return True
    seated = seats.take_many(runtime, list_.workspace_id, [row.id for row in waiting])
    with runtime.db.transaction(list_.workspace_id) as session:
        _invite(runtime, session, list_, [row.id for row in waiting], seated)
    return True


def _claim(session: Session) -> Import | None:
    """Take the lease on the list that waits longest; two workers never hold the same."""
    now = database_now(session)
    free = or_(Import.claimed_until.is_(None), Import.claimed_until < now)
    query = select(Import).where(Import.status == INVITING, free).order_by(Import.created_at).limit(1)
    found = session.scalars(query.with_for_update(skip_locked=True)).first()
    if found is not None:
        found.claimed_until = now + LEASE
    return found


def _waiting(session: Session, list_: Import) -> Sequence[ImportRow]:
    mine = select(ImportRow).where(ImportRow.import_id == list_.id, ImportRow.good.is_(True))
    mine = mine.where(ImportRow.outcome.is_(None)).order_by(ImportRow.source, ImportRow.line)
    return session.scalars(mine.limit(AT_ONCE)).all()


def _invite(
    runtime: Runtime, session: Session, list_: Import, keys: Sequence[uuid.UUID], seated: set[uuid.UUID]
) -> None:
    inviter = Inviter(**list_.asked_by)
    held = session.get_one(Import, list_.id, with_for_update=True)
    rows = select(ImportRow).where(ImportRow.id.in_(keys), ImportRow.outcome.is_(None))
    rows = rows.order_by(ImportRow.source, ImportRow.line)
    for row in session.scalars(rows.with_for_update()).all():
        row.outcome = _outcome(runtime, session, row, inviter) if row.id in seated else "no_seat_left"
    held.claimed_until = None


def _outcome(runtime: Runtime, session: Session, row: ImportRow, inviter: Inviter) -> str:
    new = NewMember(
        key=row.id, name=row.name, email=row.email, roles=roles_of(row.roles), phone=clean_phone(row.phone) or None
    )
    try:
        invite.add(runtime, session, row.workspace_id, new, inviter)
    except Problem as problem:
        return problem.code
    return INVITED


def _end(runtime: Runtime, key: uuid.UUID) -> None:
    with runtime.db.transaction(EVERYONE) as session:
        list_ = session.get_one(Import, key, with_for_update=True)
        list_.status, list_.finished_at, list_.claimed_until = DONE, database_now(session), None


LOOP = Loop(NAME, invite_some, 5.0)
