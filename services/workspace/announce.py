"""The events of *workspace*, made from its rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from chassis.outbox import emit
from services.workspace.models import Account, Invitation, Member, Workspace

SETTINGS = ("deadline_days", "reminders", "sender_name", "colour", "logo", "retention_days")


def announce_created(session: Session, workspace: Workspace, admin: Account, member: Member) -> None:
    """Tell that a workspace exists."""
    data = {
        **_workspace(workspace), "admin_account_id": str(admin.id), "admin_member_id": str(member.id),
        "first": workspace.first_of is not None,
    }  # fmt: skip
    _emit(session, "workspace.created.v1", workspace, data)


def announce_changed(session: Session, workspace: Workspace) -> None:
    """Tell a workspace's new name or settings, or that it was closed."""
    settings = {name: workspace.settings.get(name) for name in SETTINGS}
    data = {**_workspace(workspace), "settings": settings, "closed": workspace.closed_at is not None}
    _emit(session, "workspace.changed.v1", workspace, data)


def announce_invited(
    session: Session, workspace: Workspace, member: Member, invitation: Invitation, sealed_link: str, again: bool
) -> None:
    """Have somebody told that they are invited."""
    data = {
        **_member(member), "language": invitation.language, "workspace_name": workspace.name,
        "inviter_name": invitation.inviter_name, "inviter_email": invitation.inviter_email, "sealed_link": sealed_link,
        "expires_at": invitation.expires_at.isoformat(), "again": again,
    }  # fmt: skip
    type = "workspace.member_invited.v1"
    emit(session, type, subject=member.id, sequence=member.version, data=data, workspace=member.workspace_id)


def announce_removals(
    session: Session, workspace: Workspace, told: dict[str, Any], admins: list[dict[str, str]]
) -> None:
    """Have the admins told which agreements will be removed; ``told`` is what *agreement* says of them."""
    names = ("workspace_id", "count", "first_at", "last_ended_at", "agreements")
    data = {**{name: told[name] for name in names}, "workspace_name": workspace.name, "parties": admins}
    _emit(session, "workspace.removals_announced.v1", workspace, data)


def announce_joined(session: Session, member: Member) -> None:
    """Tell that somebody is a member now."""
    _emit_member(session, "workspace.member_joined.v1", member)


def announce_member_changed(session: Session, member: Member) -> None:
    """Tell a member's new name, address, roles or status."""
    _emit_member(session, "workspace.member_changed.v1", member)


def _emit(session: Session, type: str, workspace: Workspace, data: dict[str, Any]) -> None:
    emit(session, type, subject=workspace.id, sequence=workspace.version, data=data, workspace=workspace.id)


def _emit_member(session: Session, type: str, member: Member) -> None:
    emit(session, type, subject=member.id, sequence=member.version, data=_member(member), workspace=member.workspace_id)


def _member(member: Member) -> dict[str, Any]:
    return {
        "workspace_id": str(member.workspace_id), "member_id": str(member.id),
        "account_id": member.account_id and str(member.account_id), "email": member.email, "name": member.name,
        "roles": sorted(member.roles), "status": member.status,
    }  # fmt: skip


def _workspace(workspace: Workspace) -> dict[str, Any]:
    return {
        "workspace_id": str(workspace.id), "public_id": workspace.public_id, "name": workspace.name,
        "region": workspace.region,
    }  # fmt: skip
