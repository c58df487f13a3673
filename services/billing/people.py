"""What *identity* and *workspace* tell: workspaces, their admins, and the language these read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.rights import Right, allows
from services.billing.models import Account, Admin, Workspace

Data = Mapping[str, Any]
ELSEWHERE = "*"


def know_workspace(session: Session, sequence: int, data: Data) -> None:
    """Keep a workspace's newest name and region."""
    key = UUID(data["workspace_id"])
    found = session.get(Workspace, key, with_for_update=True)
    if found is None or found.version < sequence:
        session.merge(Workspace(id=key, version=sequence, name=data["name"], region=data["region"]))


def know_member(session: Session, sequence: int, data: Data) -> None:
    """Keep whether a member is an admin who works; what is older than what is known changes nothing."""
    key = UUID(data["member_id"])
    found = session.get(Admin, key, with_for_update=True)
    if found and found.version >= sequence:
        return
    active = data["status"] == "enabled" and allows(data["roles"], Right.MANAGE_BILLING)
    account = data["account_id"] and UUID(data["account_id"])
    session.merge(
        Admin(
            id=key, workspace_id=UUID(data["workspace_id"]), version=sequence, account_id=account, name=data["name"],
            email=data["email"], active=active,
        )
    )  # fmt: skip


def know_account(session: Session, sequence: int, data: Data) -> None:
    """Keep somebody's language."""
    key = UUID(data["account_id"])
    found = session.get(Account, key, with_for_update=True)
    if found is None or found.version < sequence:
        session.merge(Account(id=key, version=sequence, language=data["language"]))


def name_of(session: Session, workspace: UUID) -> str | None:
    """The workspace's name; None before *workspace* has told it."""
    return session.scalar(select(Workspace.name).where(Workspace.id == workspace))


def country_of(session: Session, workspace: UUID) -> str:
    """The workspace's country; ``*`` before *workspace* has told it."""
    return session.scalar(select(Workspace.region).where(Workspace.id == workspace)) or ELSEWHERE


def admin_of(session: Session, workspace: UUID, account: UUID) -> str | None:
    """Name and address of somebody who is or was an admin; None for whom *workspace* has not told."""
    mine = (Admin.workspace_id == workspace) & (Admin.account_id == account)
    found = session.scalars(select(Admin).where(mine).order_by(Admin.id.desc())).first()
    return found and f"{found.name} <{found.email}>"


def admins(session: Session, workspace: UUID) -> list[dict[str, str]]:
    """The admins who are told, each with the language they read."""
    query = (
        select(Admin.name, Admin.email, Account.language)
        .outerjoin(Account, Account.id == Admin.account_id)
        .where(Admin.workspace_id == workspace, Admin.active)
    )
    rows = session.execute(query.order_by(Admin.id)).all()
    return [{"name": row.name, "email": row.email, "language": row.language or "en"} for row in rows]
