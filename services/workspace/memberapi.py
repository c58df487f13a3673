"""The HTTP API of the members of a workspace."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE
from chassis.ids import new_key, parse_public_id
from chassis.problem import Problem
from chassis.tokens import Kind
from contracts.rights import Right
from services.workspace import audit, invite, manage, members, seats
from services.workspace.api import here
from services.workspace.invite import Inviter, NewMember
from services.workspace.memberschemas import (
    MemberChange,
    MemberForm,
    MemberPage,
    MemberQuery,
    MemberStatus,
    MemberView,
)
from services.workspace.models import Member
from services.workspace.roles import Status

public = Blueprint("members", __name__, url_prefix="/api/v1/workspace/members", description="Members and invitations")
internal = Blueprint("members_internal", __name__, url_prefix="/internal/members")


@public.get("")
@public.arguments(MemberQuery, location="query")
@public.response(200, MemberPage)
@access(Kind.USER, right=Right.MANAGE_MEMBERS)
def list_members(query: dict[str, Any]) -> Any:
    """The members, oldest first."""
    with runtime().db.read(here()) as session:
        return members.page_of_members(session, **query)


@public.post("")
@public.arguments(MemberForm)
@public.response(201, MemberView)
@access(Kind.USER, right=Right.MANAGE_MEMBERS)
def add_member(values: dict[str, Any]) -> Any:
    """Invite somebody: a pending member with a mailed link. Takes a seat."""
    language = values.pop("language", None)
    with runtime().db.read(here()) as session:
        if invite.find_by_email(session, values["email"]) is not None:
            raise Problem(409, "member_exists")
    new = NewMember(key=new_key(), **values)
    with seats.reserved(runtime(), here(), new.key), runtime().db.transaction(here()) as session:
        member = invite.add(runtime(), session, here(), new, inviter(language))
        note(session, "member_invited", member, roles=sorted(member.roles))
        return members.shown(session, member)


@public.post("/<member_id>/invitation")
@public.response(200, MemberView)
@access(Kind.USER, right=Right.MANAGE_MEMBERS)
def send_invitation_again(member_id: str) -> Any:
    """Mail a new link; the one before stops working."""
    with runtime().db.transaction(here()) as session:
        member = invite.send_again(runtime(), session, locked(session, member_id), inviter())
        note(session, "invitation_resent", member)
        return members.shown(session, member)


@public.delete("/<member_id>/invitation")
@public.response(204)
@access(Kind.USER, right=Right.MANAGE_MEMBERS)
def withdraw_invitation(member_id: str) -> None:
    """Take an invitation back; the link stops working and the seat is free."""
    with runtime().db.transaction(here()) as session:
        member = locked(session, member_id)
        if member.status != Status.PENDING:
            raise Problem(409, "not_pending")
        note(session, "invitation_withdrawn", member)
        invite.withdraw(session, member)
    seats.free(runtime(), member.id, member.version)


@public.patch("/<member_id>")
@public.arguments(MemberChange)
@public.response(200, MemberView)
@access(Kind.USER, right=Right.MANAGE_MEMBERS)
def change_member(values: dict[str, Any], member_id: str) -> Any:
    """Change name, phone, roles, or disable and enable: a disabled member loses access and seat."""
    status = values.pop("status", None)
    if status == Status.ENABLED:
        _reserve(member_id)
    with runtime().db.transaction(here()) as session:
        member = locked(session, member_id)
        before = sorted(member.roles)
        told = {name: values.get(name) for name in ("name", "phone", "roles")}
        if manage.change(session, member, **told):
            note(session, "member_changed", member, roles=sorted(member.roles), roles_before=before)
        if status == Status.ENABLED and manage.enable(session, member):
            note(session, "member_enabled", member)
        if status == Status.DISABLED and manage.disable(session, member):
            note(session, "member_disabled", member)
        shown = members.shown(session, member)
    if status == Status.DISABLED:
        seats.free(runtime(), member.id, member.version)
    return shown


@public.delete("/<member_id>")
@public.response(204)
@access(Kind.USER, right=Right.MANAGE_MEMBERS)
def remove_member(member_id: str) -> None:
    """Take a member out of the workspace; what they started and signed stays."""
    with runtime().db.transaction(here()) as session:
        member = locked(session, member_id)
        note(session, "member_removed", member)
        manage.remove(session, member)
    seats.free(runtime(), member.id, member.version)


@internal.get("/<uuid:member>/status")
@internal.response(200, MemberStatus)
@access(Kind.SERVICE, callers={"billing"})
def tell_status(member: UUID) -> Any:
    """Whether a member exists, for *billing* to look after its seats."""
    with runtime().db.read(EVERYONE) as session:
        found = session.get(Member, member)
        return {"status": found.status if found else "missing"}


def locked(session: Session, member_id: str) -> Member:
    """A member of the current workspace, with the workspace's row held."""
    return members.lock(session, here(), parse_public_id("mem", member_id))


def note(session: Session, action: str, member: Member, **detail: Any) -> None:
    """Record a change of a member in the audit log."""
    audit.record(session, here(), principal(), action, f"{member.name} <{member.email}>", **detail)


def _reserve(member_id: str) -> None:
    """Reserve the seat of a member who is to be enabled. If that fails later, *billing* gives it up by itself."""
    with runtime().db.read(here()) as session:
        member = session.get(Member, parse_public_id("mem", member_id))
        mine = member is not None and member.workspace_id == here()
    if member and mine and member.status == Status.DISABLED:
        seats.take(runtime(), here(), member.id, member.version + 1)


def inviter(language: str | None = None) -> Inviter:
    """The admin who asks."""
    who = principal()
    return Inviter(who.name, who.email, language or g.language)
