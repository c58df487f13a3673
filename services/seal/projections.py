"""What *seal* keeps of workspaces and members, as *workspace* tells it, in whatever order it hears."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.seal.authority import Authority
from services.seal.grants import withdraw_all
from services.seal.models import Member, Workspace
from services.seal.names import issuing


def know_workspace(session: Session, authority: Authority, sequence: int, data: Mapping[str, Any]) -> None:
    """Keep a workspace's newest name and make its certificate; a new name is in the next certificate it issues with."""
    key = UUID(data["workspace_id"])
    found = session.get(Workspace, key, with_for_update=True) or Workspace(id=key, version=-1)
    if found.version < sequence:
        found.public_id, found.name, found.version = data["public_id"], data["name"], sequence
        session.add(found)
        session.flush()
    authority.credential(session, issuing(key))


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
