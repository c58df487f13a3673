"""The members of a workspace, page by page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, func, select, type_coerce
from sqlalchemy.orm import Session

from chassis.database import database_now
from services.workspace.invite import expired, find_member
from services.workspace.models import Invitation, Member
from services.workspace.roles import Status
from services.workspace.service import current


@dataclass(frozen=True)
class Page:
    """Some of the members, and how many there are in all."""

    items: Sequence[dict[str, Any]]
    total: int
    page: int
    page_size: int


def page_of_members(
    session: Session, page: int, page_size: int, status: str | None = None, role: str | None = None, search: str = ""
) -> Page:
    """One page (counted from 1) of the scope's members, oldest first, of a status, role, name or address."""
    query = select(Member)
    if status:
        query = query.where(Member.status == status)
    if role:
        query = query.where(type_coerce(Member.roles, String).contains(role))
    if search:
        query = query.where(
            Member.name.icontains(search, autoescape=True) | Member.email.icontains(search, autoescape=True)
        )
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(query.order_by(Member.id).limit(page_size).offset((page - 1) * page_size)).all()
    return Page(show_all(session, rows), total, page, page_size)


def lock(session: Session, workspace_id: uuid.UUID, key: uuid.UUID | None) -> Member:
    """A member, with the workspace's row held: nobody else changes its members meanwhile. Raises the 404 problem."""
    current(session, workspace_id, lock=True)
    return find_member(session, key)


def shown(session: Session, member: Member) -> dict[str, Any]:
    """A member as the API tells it, with the invitation while it is pending."""
    return show_all(session, [member])[0]


def show_all(session: Session, members: Sequence[Member]) -> list[dict[str, Any]]:
    """Members as the API tells them, in their order."""
    pending = [member.id for member in members if member.status == Status.PENDING]
    rows = session.scalars(select(Invitation).where(Invitation.member_id.in_(pending))) if pending else ()
    now = database_now(session)
    states = {one.member_id: _state(one, now) for one in rows}
    names = ("id", "account_id", "name", "email", "phone", "roles", "kind", "status", "added_at")
    return [{**{name: getattr(one, name) for name in names}, "invitation": states.get(one.id)} for one in members]


def _state(invitation: Invitation, now: datetime) -> dict[str, Any]:
    return {
        "sent_at": invitation.sent_at, "expires_at": invitation.expires_at, "expired": expired(invitation, now),
    }  # fmt: skip
