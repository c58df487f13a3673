"""What *seal* keeps of workspaces and members, as *workspace* tells it, in whatever order it hears."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.seal.authority import OF_WORKSPACE, Authority
from services.seal.grants import withdraw_all
from services.seal.models import Member, Workspace


def know_workspace(session: Session, authority: Authority, data: Mapping[str, Any]) -> None:
    """Keep a new workspace's name and make its certificate."""
    key = UUID(data["workspace_id"])
    if session.get(Workspace, key) is None:
        session.add(Workspace(id=key, public_id=data["public_id"], name=data["name"]))
        session.flush()
    authority.credential(session, f"{OF_WORKSPACE}{key}")


def know_member(session: Session, sequence: int, data: Mapping[str, Any]) -> None:
    """Keep a member's newest state; what is older than the state at hand changes nothing."""
    key, workspace = UUID(data["member_id"]), UUID(data["workspace_id"])
    account = UUID(data["account_id"]) if data["account_id"] else None
    member = session.get(Member, key, with_for_update=True)
    if member is not None and member.version >= sequence:
        return
    member = member or Member(id=key, workspace_id=workspace)
    member.account_id, member.version = account, sequence
    member.name, member.email, member.status = data["name"], data["email"], data["status"]
    session.add(member)
    if member.status == "removed" and account:
        withdraw_all(session, workspace, account)
