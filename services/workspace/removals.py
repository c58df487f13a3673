"""What *agreement* tells of removing ended agreements: the admins hear of it before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.workspace.announce import announce_removals
from services.workspace.manage import working_admins
from services.workspace.models import Account, Member, Workspace


def announce(session: Session, data: dict[str, Any]) -> None:
    """Have every enabled admin told what will be removed, in the language they read."""
    workspace = session.get(Workspace, UUID(data["workspace_id"]), with_for_update=True)
    if workspace and (told := admins(session, workspace.id)):
        announce_removals(session, workspace, data, told)


def admins(session: Session, workspace: UUID) -> list[dict[str, str]]:
    """The enabled admins as people who get a mail."""
    query = select(Member.name, Member.email, Account.language).outerjoin(Account, Account.id == Member.account_id)
    rows = session.execute(query.where(working_admins(workspace)).order_by(Member.id)).all()
    return [{"name": row.name, "email": row.email, "language": row.language or "en"} for row in rows]
