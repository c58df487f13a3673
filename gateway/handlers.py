"""What the gateway hears: accounts, workspaces, members. An older word never replaces a newer one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session as DbSession

from chassis.ids import parse_public_id
from chassis.outbox import Event
from chassis.service import Runtime
from gateway.models import Account, Membership, Session, Workspace


def on_account_changed(runtime: Runtime, session: DbSession, event: Event) -> None:
    """Keep name, address and preferences."""
    data, account = event.data, session.get(Account, UUID(event.data["account_id"]), with_for_update=True)
    if account is None:
        account = _new_account(session, data)
    if event.sequence <= account.version:
        return
    account.email, account.name, account.language = data["email"].lower(), data["name"], data["language"]
    account.time_zone, account.date_format = data["time_zone"], data["date_format"]
    account.default_workspace = _uuid(data.get("default_workspace_id"))
    account.version = event.sequence


def on_password_changed(runtime: Runtime, session: DbSession, event: Event) -> None:
    """End every session made before the change, except the one that made it."""
    data, account = event.data, session.get(Account, UUID(event.data["account_id"]), with_for_update=True)
    if account is None:
        account = _new_account(session, data)
    account.password_changed_at = max(account.password_changed_at or event.time, event.time)
    end_sessions(session, account.id, event.time, data.get("keep_session"))


def end_sessions(session: DbSession, account: UUID, until: datetime, keep: str | None) -> None:
    """Delete an account's sessions created until then."""
    older = delete(Session).where(Session.account_id == account, Session.created_at <= until)
    kept = parse_public_id("ses", keep) if keep else None
    session.execute(older.where(Session.id != kept) if kept else older)


def on_workspace(runtime: Runtime, session: DbSession, event: Event) -> None:
    """Keep a workspace's names."""
    data, key = event.data, UUID(event.data["workspace_id"])
    workspace = session.get(Workspace, key, with_for_update=True)
    if workspace is None:
        workspace = Workspace(id=key, version=-1)
        session.add(workspace)
    if event.sequence <= workspace.version:
        return
    workspace.public_id, workspace.name, workspace.region = data["public_id"], data["name"], data["region"]
    workspace.version = event.sequence


def on_member(runtime: Runtime, session: DbSession, event: Event) -> None:
    """Keep a member's roles and status."""
    data, key = event.data, UUID(event.data["member_id"])
    member = session.get(Membership, key, with_for_update=True)
    if member is None:
        member = Membership(id=key, version=-1)
        session.add(member)
    if event.sequence <= member.version:
        return
    member.workspace, member.account_id = UUID(data["workspace_id"]), _uuid(data["account_id"])
    member.roles, member.status, member.version = data["roles"], data["status"], event.sequence


def _new_account(session: DbSession, data: dict[str, Any]) -> Account:
    account = Account(
        id=UUID(data["account_id"]),
        email=data["email"].lower(),
        name=data["name"],
        language=data["language"],
        version=0,
    )
    session.add(account)
    return account


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None


HANDLERS = {
    "identity.account_changed.v1": on_account_changed,
    "identity.password_changed.v1": on_password_changed,
    "workspace.created.v1": on_workspace,
    "workspace.changed.v1": on_workspace,
    "workspace.member_joined.v1": on_member,
    "workspace.member_changed.v1": on_member,
}
