"""The log of uses: who put a seal into which agreement, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from services.seal.models import Member, SealUse


@dataclass(frozen=True, slots=True)
class UsePage:
    """Uses, the newest first, each with the member's name and address, how many there are, and where more follow."""

    uses: Sequence[Row[Any]]
    total: int
    next: UUID | None


def list_uses(session: Session, seal: UUID, after: UUID | None, limit: int) -> UsePage:
    """A page of the uses of a seal; of somebody who was a member twice the newest name is told."""
    mine = SealUse.seal_id == seal
    total = session.scalar(select(func.count()).select_from(SealUse).where(mine)) or 0
    who = (Member.account_id == SealUse.account_id) & (Member.workspace_id == SealUse.workspace_id)
    name, email = (
        select(column).where(who).order_by(Member.id.desc()).limit(1).correlate(SealUse).scalar_subquery()
        for column in (Member.name, Member.email)
    )
    query = select(SealUse, name.label("name"), email.label("email")).where(mine).order_by(SealUse.id.desc())
    if after:
        query = query.where(SealUse.id < after)
    rows = session.execute(query.limit(limit + 1)).all()
    return UsePage(rows[:limit], total, rows[limit - 1][0].id if len(rows) > limit else None)
