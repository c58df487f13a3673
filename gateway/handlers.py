"""What the gateway hears: accounts, workspaces, members. An older word never replaces a newer one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session as DbSession

from chassis.ids import parse_public_id
from chassis.outbox import Event
from chassis.service import Runtime
from gateway.models import Account, Membership, Session, Workspace
from gateway.rows import ensure, keep_newer


def on_account_changed(runtime: Runtime, session: DbSession, event: Event) -> None:
    """Keep name, address and preferences."""
    data = event.data
    values = {
        **names_of(data), "time_zone": data["time_zone"], "date_format": data["date_format"],
        "default_workspace": _uuid(data.get("default_workspace_id")),
    }  # fmt: skip
    keep_newer(session, Account, UUID(data["account_id"]), event.sequence, values)


def on_password_changed(runtime: Runtime, session: DbSession, event: Event) -> None:
    """End every session made before the change, except the one that made it."""
    account = ensure(session, Account, UUID(event.data["account_id"]), names_of(event.data))
    account.password_changed_at = max(account.password_changed_at or event.time, event.time)
    end_sessions(session, account.id, event.time, event.data.get("keep_session"))


def end_sessions(session: DbSession, account: UUID, until: datetime, keep: str | None) -> None:
    """Delete an account's sessions created until then."""
    older = delete(Session).where(Session.account_id == account, Session.created_at <= until)
    kept = parse_public_id("ses", keep) if keep else None
    session.execute(older.where(Session.id != kept) if kept else older)


def lead_out(session: DbSession, member: UUID) -> None:
    """End the sessions in which a disabled member works; who was removed, or left, goes on in another workspace."""
    found = session.get(Membership, member, populate_existing=True)
    if found is None or found.status == "enabled" or not found.account_id:
        return
    theirs = (Session.account_id == found.account_id, Session.workspace == found.workspace)
    away = delete(Session) if found.status == "disabled" else update(Session).values(workspace=None)
    session.execute(away.where(*theirs))


def on_workspace(runtime: Runtime, session: DbSession, event: Event) -> None:
    """Keep a workspace's names."""
    values = {name: event.data[name] for name in ("public_id", "name", "region")}
    keep_newer(session, Workspace, UUID(event.data["workspace_id"]), event.sequence, values)


def on_member(runtime: Runtime, session: DbSession, event: Event) -> None:
    """Keep a member's roles and status."""
    data = event.data
    values = {
        "workspace": UUID(data["workspace_id"]), "account_id": _uuid(data["account_id"]), "roles": data["roles"],
        "status": data["status"],
    }  # fmt: skip
    keep_newer(session, Membership, UUID(data["member_id"]), event.sequence, values)
    if data["status"] in ("disabled", "removed"):
        lead_out(session, UUID(data["member_id"]))


def names_of(data: dict[str, Any]) -> dict[str, Any]:
    """What every word about an account says."""
    return {"email": data["email"].lower(), "name": data["name"], "language": data["language"]}


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
