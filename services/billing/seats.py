"""One seat for each member: reserved before somebody is invited or enabled, given up when disabled or removed.

The workspace's subscription is the lock under which its seats are counted, so two admins never take the same last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.problem import Problem, not_found, unavailable
from services.billing.ledger import lock_workspace
from services.billing.models import Seat
from services.billing.subscriptions import seats_total


def take_seat(session: Session, workspace: UUID, member: UUID, version: int = 1) -> Seat:
    """Hold a seat for a member; asked again, the same one is held.

    Raises the 402 problem no_seat_left, and 503 while the workspace is not known yet.
    """
    taken = _take(session, workspace, member, version, seats_left(session, workspace))
    if taken is None:
        raise Problem(402, "no_seat_left")
    return taken


def take_seats(session: Session, workspace: UUID, members: Sequence[UUID]) -> list[UUID]:
    """Hold a seat for as many of these new members as there are seats; the keys of those who have one."""
    left = seats_left(session, workspace)
    held: list[UUID] = []
    for member in members:
        seat = _take(session, workspace, member, 1, None if left is None else left - len(held))
        if seat is None:
            break
        held.append(seat.member_id)
    return held


def seats_left(session: Session, workspace: UUID) -> int | None:
    """How many seats are free, from now on for the caller alone; None without a limit.

    They are those of this moment, of what has just been bought, begun or ended, not those that were told last.
    """
    if lock_workspace(session, workspace) is None:
        raise unavailable(1)
    total = seats_total(session, workspace)
    return None if total is None else total - count_seats(session, workspace)


def _take(session: Session, workspace: UUID, member: UUID, version: int, left: int | None) -> Seat | None:
    """The member's seat: the one it has, or one of those that are left; None when there is none."""
    found = _lock_seat(session, member)
    if found and found.workspace_id != workspace:
        raise not_found()
    if found and not found.released_at:
        found.version = max(found.version, version)
        return found
    return None if left is not None and left <= 0 else _hold(session, workspace, member, found, version)


def confirm_seat(session: Session, workspace: UUID, member: UUID, version: int) -> None:
    """The member exists: it has its seat, whatever became of the reservation."""
    lock_workspace(session, workspace)
    found = _lock_seat(session, member)
    if found and found.version > version:
        return
    if found is None or found.released_at:
        found = _hold(session, workspace, member, found, version)
    found.version, found.confirmed_at = version, database_now(session)


def give_up_seat(session: Session, member: UUID, version: int | None = None) -> None:
    """The seat is free again; nothing happens when the member has none, or one of a newer ``version``."""
    workspace = session.scalar(select(Seat.workspace_id).where(Seat.member_id == member))
    if workspace is None:
        return
    lock_workspace(session, workspace)
    found = _lock_seat(session, member)
    if found is None or (version is not None and found.version > version):
        return
    found.version = found.version if version is None else version
    found.released_at = found.released_at or database_now(session)


def count_seats(session: Session, workspace: UUID) -> int:
    """How many seats are taken."""
    taken = select(func.count()).where(Seat.workspace_id == workspace, Seat.released_at.is_(None))
    return session.scalar(taken) or 0


def _lock_seat(session: Session, member: UUID) -> Seat | None:
    query = select(Seat).where(Seat.member_id == member).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).first()


def _hold(session: Session, workspace: UUID, member: UUID, found: Seat | None, version: int) -> Seat:
    row = found or Seat(member_id=member, workspace_id=workspace, version=version)
    row.version = max(row.version, version)
    row.taken_at, row.confirmed_at, row.released_at, row.asked_at = database_now(session), None, None, None
    session.add(row)
    session.flush()
    return row
