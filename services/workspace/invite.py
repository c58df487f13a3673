"""Inviting people: a pending member with a mailed link that is good for seven days."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import digest, new_secret
from chassis.problem import Problem, not_found
from chassis.service import Runtime
from services.workspace.announce import announce_invited, announce_member_changed
from services.workspace.models import Account, Invitation, Member, Workspace
from services.workspace.roles import Role, Status
from services.workspace.service import current

VALID = timedelta(days=7)
RESEND = timedelta(seconds=60)
REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Inviter:
    """The admin who invites; ``language`` is what the mail is written in unless the invited person's is known."""

    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Who is to be added; ``key`` is the member's, made before so that a seat can be reserved for it."""

    key: uuid.UUID
    name: str
    email: str
    roles: Iterable[Role]
    phone: str | None = None


def add(runtime: Runtime, session: Session, workspace_id: uuid.UUID, new: NewMember, inviter: Inviter) -> Member:
    """Add a pending member and have them invited; raises member_exists (409).

    Everything that changes members holds the workspace's row, so that no address is added twice.
    """
    workspace = current(session, workspace_id, lock=True)
    if find_by_email(session, new.email) is not None:
        raise Problem(409, "member_exists")
    member = Member(
        id=new.key, workspace_id=workspace_id, account_id=None, email=new.email, name=new.name, phone=new.phone,
        roles=frozenset(new.roles), status=Status.PENDING, version=1, added_at=database_now(session),
    )  # fmt: skip
    session.add(member)
    session.flush()
    _send(runtime, session, workspace, member, inviter, None)
    return member


def send_again(runtime: Runtime, session: Session, member: Member, inviter: Inviter) -> Member:
    """Mail a new link, good for seven more days; the one before stops working.

    Raises not_pending (409) for who has joined, and invitation_too_soon (429) within a minute of the last mail.
    """
    if member.status != Status.PENDING:
        raise Problem(409, "not_pending")
    before = session.get_one(Invitation, member.id)
    wait = (before.sent_at + RESEND - database_now(session)).total_seconds()
    if wait > 0:
        seconds = int(wait) + 1
        raise Problem(429, "invitation_too_soon", headers={"Retry-After": str(seconds)}, retry_after=seconds)
    member.version += 1
    _send(runtime, session, current(session, member.workspace_id), member, inviter, before)
    return member


def withdraw(session: Session, member: Member) -> None:
    """Take a member's row away, with the invitation; everybody is told that they are removed."""
    if (invitation := session.get(Invitation, member.id)) is not None:
        session.delete(invitation)
        session.flush()
    member.status, member.version = REMOVED, member.version + 1
    announce_member_changed(session, member)
    session.delete(member)


def find_member(session: Session, key: uuid.UUID | None) -> Member:
    """A member of the scope's workspace, locked; raises the 404 problem."""
    member = session.scalars(select(Member).where(Member.id == key).with_for_update()).one_or_none()
    if member is None:
        raise not_found()
    return member


def find_by_email(session: Session, email: str) -> Member | None:
    """The member of the scope's workspace with an address in lower case."""
    return session.scalars(select(Member).where(Member.email == email).limit(1)).first()


def _send(
    runtime: Runtime, session: Session, workspace: Workspace, member: Member, inviter: Inviter,
    before: Invitation | None,
) -> None:  # fmt: skip
    link, now = new_secret("ivt"), database_now(session)
    invitation = before or Invitation(member_id=member.id, workspace_id=member.workspace_id)
    invitation.digest, invitation.sent_at, invitation.expires_at = digest(link), now, now + VALID
    invitation.inviter_name, invitation.inviter_email = inviter.name, inviter.email
    invitation.language = language_of(session, member.email) or (before.language if before else inviter.language)
    session.add(invitation)
    session.flush()
    sealed = runtime.sealer.seal(f"{runtime.settings.public_url}/invitation?token={link}")
    announce_invited(session, workspace, member, invitation, sealed, before is not None)


def language_of(session: Session, email: str) -> str | None:
    """What the owner of an address reads, when there is an account."""
    return session.scalar(select(Account.language).where(Account.email == email).limit(1))


def expired(invitation: Invitation, now: datetime) -> bool:
    """Whether the link's seven days are over."""
    return invitation.accepted_at is None and invitation.expires_at <= now
