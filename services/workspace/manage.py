"""Changing members: name and roles, disabled, enabled, removed. Callers hold the workspace's row (`members.lock`)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, String, func, select, type_coerce
from sqlalchemy.orm import Session

from chassis.problem import Problem
from services.workspace.announce import announce_member_changed
from services.workspace.invite import withdraw
from services.workspace.models import Member
from services.workspace.roles import Kind, Role, Status


def change(session: Session, member: Member, name: str | None, phone: str | None, roles: Iterable[Role] | None) -> bool:
    """Give a member another name, phone or other roles; whether anything changed. Raises last_admin (409)."""
    wanted = frozenset(roles) if roles is not None else member.roles
    if member.status == Status.ENABLED and Role.ADMIN in member.roles and Role.ADMIN not in wanted:
        demand_another_admin(session, member)
    new = (name or member.name, phone if phone is not None else member.phone, wanted)
    if new == (member.name, member.phone, member.roles):
        return False
    member.name, member.phone, member.roles = new
    _changed(session, member)
    return True


def disable(session: Session, member: Member) -> bool:
    """Take a member's access away at once; False when it has none. Raises not_joined, last_admin (409)."""
    _demand_joined(member)
    if member.status == Status.DISABLED:
        return False
    demand_another_admin(session, member)
    member.status = Status.DISABLED
    _changed(session, member)
    return True


def enable(session: Session, member: Member) -> bool:
    """Give a disabled member access again; a seat is reserved already. False when it has access."""
    _demand_joined(member)
    if member.status == Status.ENABLED:
        return False
    member.status = Status.ENABLED
    _changed(session, member)
    return True


def remove(session: Session, member: Member) -> None:
    """Take a member out of the workspace; raises last_admin (409)."""
    if member.status == Status.ENABLED:
        demand_another_admin(session, member)
    withdraw(session, member)


def demand_another_admin(session: Session, member: Member) -> None:
    """Raise last_admin (409) when no other enabled admin would be left."""
    if Role.ADMIN not in member.roles:
        return
    others = select(func.count()).where(working_admins(member.workspace_id), Member.id != member.id)
    if not session.scalar(others):
        raise Problem(409, "last_admin")


def working_admins(workspace: UUID) -> ColumnElement[bool]:
    """The rows of a workspace's enabled admins, people only."""
    is_admin = type_coerce(Member.roles, String).contains(Role.ADMIN.value)
    enabled = Member.status == Status.ENABLED
    return (Member.workspace_id == workspace) & enabled & is_admin & (Member.kind == Kind.HUMAN)


def _demand_joined(member: Member) -> None:
    if member.status == Status.PENDING:
        raise Problem(409, "not_joined")


def _changed(session: Session, member: Member) -> None:
    member.version += 1
    announce_member_changed(session, member)
