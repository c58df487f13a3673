"""Accepting an invitation: by its link, or logged in with the address that was invited."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import digest, parse_public_id
from chassis.problem import Problem
from services.workspace.announce import announce_joined
from services.workspace.invite import expired
from services.workspace.models import Account, Invitation, Member, Workspace
from services.workspace.roles import Status
from services.workspace.service import current

LINK = re.compile(r"ivt_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation with whom it is for and where to."""

    invitation: Invitation
    member: Member
    workspace: Workspace


@dataclass(frozen=True, slots=True)
class Looked(Invited):
    """What the holder of a link sees: ``state`` is open, expired or accepted."""

    state: str
    has_account: bool


def look(session: Session, link: str) -> Looked:
    """The invitation of a link as its holder sees it; raises invitation_over (404)."""
    invited = find(session, link)
    over = "expired" if expired(invited.invitation, database_now(session)) else "open"
    state = over if invited.invitation.accepted_at is None else "accepted"
    known = session.scalar(select(Account.id).where(Account.email == invited.member.email).limit(1)) is not None
    return Looked(invited.invitation, invited.member, invited.workspace, state, known)


def find(session: Session, ref: str) -> Invited:
    """The invitation of a link, or of a public id; raises the 404 problem invitation_over."""
    found = session.execute(_invited().where(_named(ref))).first()
    if found is None:
        raise Problem(404, "invitation_over")
    return Invited(*found)


def waiting_for(session: Session, email: str) -> Sequence[Invited]:
    """The invitations an address can accept now, the newest first."""
    open_ = (Member.email == email, Invitation.accepted_at.is_(None), Invitation.expires_at > database_now(session))
    rows = session.execute(_invited().where(*open_).order_by(Invitation.sent_at.desc()).limit(50))
    return [Invited(*row) for row in rows]


def demand_open(session: Session, invited: Invited) -> None:
    """Raise invitation_accepted or invitation_expired (409) unless it can be accepted."""
    if invited.invitation.accepted_at is not None:
        raise Problem(409, "invitation_accepted")
    if expired(invited.invitation, database_now(session)):
        raise Problem(409, "invitation_expired")


def accept(session: Session, ref: str, account: Account, *, by_id: bool) -> Invited:
    """Make the account a member; who is one already is told so again.

    Raises invitation_for_other (403) for another address than the invited one; what `find` and `demand_open` raise.
    An id is no secret: for another address it answers like a missing one.
    """
    current(session, find(session, ref).workspace.id, lock=True)
    session.expire_all()
    invited = find(session, ref)
    if invited.member.account_id == account.id and invited.invitation.accepted_at is not None:
        return invited
    if invited.member.email != account.email:
        raise Problem(404, "invitation_over") if by_id else Problem(403, "invitation_for_other")
    demand_open(session, invited)
    _demand_one(session, invited, account.id)
    _join(session, invited, account)
    return invited


def _demand_one(session: Session, invited: Invited, account_id: uuid.UUID) -> None:
    """An account is a member once: its address may have changed to the invited one since."""
    same = (Member.workspace_id == invited.workspace.id, Member.account_id == account_id)
    if session.scalar(select(Member.id).where(*same)) is not None:
        raise Problem(409, "member_exists")


def _join(session: Session, invited: Invited, account: Account) -> None:
    member = invited.member
    invited.invitation.accepted_at = database_now(session)
    member.account_id, member.name, member.email = account.id, account.name or member.name, account.email
    member.status, member.version = Status.ENABLED, member.version + 1
    announce_joined(session, member)


def _invited() -> Select[Invitation, Member, Workspace]:
    joined = select(Invitation, Member, Workspace).join(Member, Member.id == Invitation.member_id)
    return joined.join(Workspace, Workspace.id == Invitation.workspace_id)


def _named(ref: str) -> Any:
    if LINK.fullmatch(ref):
        return Invitation.digest == digest(ref)
    return Invitation.member_id == parse_public_id("inv", ref)
