"""The HTTP API of the people who are invited."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE
from chassis.problem import Problem
from chassis.tokens import Kind, Principal
from services.workspace import accept, audit
from services.workspace.accept import Invited
from services.workspace.accounts import find_account
from services.workspace.memberschemas import (
    InvitationList,
    InvitationView,
    Invitee,
    InviteeForm,
    Joining,
    LinkedInvitationView,
)
from services.workspace.models import Account

public = Blueprint("invitations", __name__, url_prefix="/api/v1/invitations", description="Invitations to a workspace")
internal = Blueprint("invitations_internal", __name__, url_prefix="/internal/invitations")


@public.get("")
@public.response(200, InvitationList)
@access(Kind.USER, workspace=False)
def list_mine() -> Any:
    """The invitations the person who is logged in can accept."""
    with runtime().db.read(EVERYONE) as session:
        return {"invitations": accept.waiting_for(session, principal().email)}


@public.get("/<token>")
@public.response(200, LinkedInvitationView)
@access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)
def show(token: str) -> Any:
    """The invitation of a mailed link."""
    if not accept.LINK.fullmatch(token):
        raise Problem(404, "invitation_over")
    with runtime().db.read(EVERYONE) as session:
        return accept.look(session, token)


@public.post("/<ref>/accept")
@public.response(200, InvitationView)
@access(Kind.USER, workspace=False)
def join(ref: str) -> Any:
    """Accept the invitation of a mailed link, or one that is listed for the person who is logged in."""
    who = principal()
    with runtime().db.transaction(EVERYONE) as session:
        account = find_account(session, who.account) or Account(id=who.account, email=who.email, name=who.name)
        invited = accept.accept(session, ref, account, by_id=not accept.LINK.fullmatch(ref))
        return _noted(session, invited, who)


@internal.post("/look")
@internal.arguments(InviteeForm)
@internal.response(200, Invitee)
@access(Kind.SERVICE, callers={"gateway"})
def look(values: dict[str, str]) -> Any:
    """Who may be registered by a link: its holder has the mailbox."""
    with runtime().db.read(EVERYONE) as session:
        invited = accept.find(session, values["token"])
        accept.demand_open(session, invited)
    return {"email": invited.member.email, "name": invited.member.name, "region": invited.workspace.region}


@internal.post("/join")
@internal.arguments(Joining)
@internal.response(204)
@access(Kind.SERVICE, callers={"gateway"})
def join_as(values: dict[str, Any]) -> None:
    """Make the account that was just registered by a link a member."""
    account = Account(id=values["account_id"], email=values["email"], name=values["name"])
    with runtime().db.transaction(EVERYONE) as session:
        invited = accept.accept(session, values["token"], account, by_id=False)
        who = Principal(Kind.USER, str(account.id), email=account.email, name=account.name)
        _noted(session, invited, who)


def _noted(session: Session, invited: Invited, who: Principal) -> Invited:
    member = invited.member
    audit.record(session, invited.workspace.id, who, "member_joined", f"{member.name} <{member.email}>")
    return invited
