"""What *identity* and *workspace* tell: accounts, members, names of workspaces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.doorbell import ring_after_commit
from services.agreement.holding import held
from services.agreement.keeping import SWEEP, forget_warnings
from services.agreement.models import Account, Member, Workspace
from services.agreement.shelves import hold_address, rehome, shelve_received, unshelve

Data = Mapping[str, Any]


def register(session: Session, sequence: int, data: Data) -> None:
    """Somebody has an account now: what was sent to their address before appears in their lists."""
    _put_account(session, sequence, data)


def change(session: Session, sequence: int, data: Data) -> None:
    """An account's address, name, language or default workspace has changed."""
    workspace = data["default_workspace_id"]
    _put_account(session, sequence, data, default_workspace_id=workspace and UUID(workspace))


def _put_account(session: Session, sequence: int, data: Data, **more: Any) -> None:
    key = UUID(data["account_id"])
    hold_address(session, data["email"])
    account = session.get(Account, key)
    if account and account.version >= sequence:
        return
    old = account and account.email
    account = account or Account(id=key, default_workspace_id=None)
    account.version, account.email = sequence, data["email"].lower()
    account.name, account.language = data["name"], data["language"]
    account.time_zone = data.get("time_zone") or account.time_zone
    for name, value in more.items():
        setattr(account, name, value)
    session.add(account)
    session.flush()
    if old and old != account.email:
        unshelve(session, account, old)
    rehome(session, account)
    shelve_received(session, account)


def put_member(session: Session, sequence: int, data: Data) -> None:
    """Somebody joined a workspace, or their membership has changed."""
    key = UUID(data["member_id"])
    member = session.get(Member, key)
    if member and member.version >= sequence:
        return
    member = member or Member(id=key, workspace_id=UUID(data["workspace_id"]))
    account_id = data["account_id"] and UUID(data["account_id"])
    member.version, member.account_id, member.status = sequence, account_id, data["status"]
    member.email, member.name = data["email"].lower(), data["name"]
    session.add(member)
    session.flush()
    account = session.get(Account, account_id) if account_id else None
    if account:
        hold_address(session, account.email)
        rehome(session, account)
        shelve_received(session, account)


def put_workspace(session: Session, sequence: int, data: Data) -> None:
    """A workspace was made, renamed, or set otherwise. Whenever another time is set, warnings begin anew."""
    key, settings = UUID(data["workspace_id"]), data.get("settings") or {}
    workspace = session.get(Workspace, key, with_for_update=True)
    if workspace and workspace.version >= sequence:
        return
    days = settings.get("retention_days")
    if workspace and workspace.retention_days != days:
        forget_warnings(session, key)
    known = {**settings, **held(workspace, dict(data))}
    session.merge(Workspace(id=key, version=sequence, name=data["name"], settings=known, retention_days=days))
    ring_after_commit(session, SWEEP)
