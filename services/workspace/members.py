"""The members of a workspace, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import String, func, select, type_coerce
from sqlalchemy.orm import Session

from services.workspace.models import Member


@dataclass(frozen=True)
class Page:
    """Some of the members, and how many there are in all."""

    items: Sequence[Member]
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
    return Page(rows, total, page, page_size)
