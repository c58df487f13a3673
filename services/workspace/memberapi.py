"""The HTTP API of the members of a workspace."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g
from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE
from chassis.ids import new_key, parse_public_id
from chassis.problem import Problem
from chassis.tokens import Kind
from services.workspace import invite, members, seats
from services.workspace.api import here
from services.workspace.invite import Inviter, NewMember
from services.workspace.memberschemas import MemberForm, MemberPage, MemberQuery, MemberStatus, MemberView
from services.workspace.models import Member

public = Blueprint("members", __name__, url_prefix="/api/v1/workspace/members", description="Members and invitations")
internal = Blueprint("members_internal", __name__, url_prefix="/internal/members")


@public.get("")
@public.arguments(MemberQuery, location="query")
@public.response(200, MemberPage)
@access(Kind.USER, roles={"admin"})
def list_members(query: dict[str, Any]) -> Any:
    """The members, oldest first."""
    with runtime().db.read(here()) as session:
        return members.page_of_members(session, **query)


@public.post("")
@public.arguments(MemberForm)
@public.response(201, MemberView)
@access(Kind.USER, roles={"admin"})
def add_member(values: dict[str, Any]) -> Any:
    """Invite somebody: a pending member with a mailed link. Takes a seat."""
    language = values.pop("language", None)
    with runtime().db.read(here()) as session:
        if invite.find_by_email(session, values["email"]) is not None:
            raise Problem(409, "member_exists")
    new = NewMember(key=new_key(), **values)
    with seats.reserved(runtime(), here(), new.key), runtime().db.transaction(here()) as session:
        member = invite.add(runtime(), session, here(), new, inviter(language))
        return members.shown(session, member)


@public.post("/<member_id>/invitation")
@public.response(200, MemberView)
@access(Kind.USER, roles={"admin"})
def send_invitation_again(member_id: str) -> Any:
    """Mail a new link; the one before stops working."""
    with runtime().db.transaction(here()) as session:
        member = invite.send_again(runtime(), session, locked(session, member_id), inviter())
        return members.shown(session, member)


@public.delete("/<member_id>/invitation")
@public.response(204)
@access(Kind.USER, roles={"admin"})
def withdraw_invitation(member_id: str) -> None:
    """Take an invitation back; the link stops working and the seat is free."""
    with runtime().db.transaction(here()) as session:
        member = locked(session, member_id)
        if member.status != "pending":
            raise Problem(409, "not_pending")
        invite.withdraw(session, member)
    seats.free(runtime(), member.id, member.version)


@internal.get("/<uuid:member>/status")
@internal.response(200, MemberStatus)
@access(Kind.SERVICE, callers={"billing"})
def tell_status(member: UUID) -> Any:
    """Whether a member exists, for *billing* to look after its seats."""
    with runtime().db.read(EVERYONE) as session:
        found = session.get(Member, member)
        return {"status": found.status if found else "missing"}


def locked(session: Any, member_id: str) -> Member:
    """A member of the current workspace, with the workspace's row held."""
    return members.lock(session, here(), parse_public_id("mem", member_id))


def inviter(language: str | None = None) -> Inviter:
    """The admin who asks."""
    who = principal()
    return Inviter(who.name, who.email, language or g.language)
