"""What can be done with workspaces."""

from __future__ import annotations

import secrets
import string
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from chassis.ids import new_key
from chassis.problem import not_found
from services.workspace.announce import announce_changed, announce_created, announce_joined
from services.workspace.models import Account, Member, Workspace
from services.workspace.roles import FOUNDER, Status

BASE62 = string.digits + string.ascii_letters
FIRST_NAMES = {"en": "{}'s workspace", "zh-Hans": "{}的工作空间", "zh-Hant": "{}的工作空間"}


def new_public_id(region: str) -> str:
    """The region's code, ``SP`` and 14 random characters of base 62."""
    return f"{region}SP{''.join(secrets.choice(BASE62) for _ in range(14))}"


def found_first(session: Session, account: Account, region: str) -> None:
    """Make the workspace that comes with a registration, once for each account."""
    if session.scalars(select(Workspace.id).where(Workspace.first_of == account.id)).first() is None:
        name = FIRST_NAMES.get(account.language, FIRST_NAMES["en"]).format(account.name)
        found(session, account, name, region, first=True)


def found(session: Session, account: Account, name: str, region: str, *, first: bool = False) -> Workspace:
    """Make a workspace whose admin is the account."""
    now = datetime.now(UTC)
    workspace = Workspace(
        id=new_key(), public_id=new_public_id(region), name=name, region=region,
        first_of=account.id if first else None, version=1, created_at=now,
    )  # fmt: skip
    member = Member(
        id=new_key(), workspace_id=workspace.id, account_id=account.id, email=account.email, name=account.name,
        roles=frozenset(FOUNDER), status=Status.ENABLED, version=1, added_at=now,
    )  # fmt: skip
    session.add(workspace)
    session.flush()
    session.add(member)
    announce_created(session, workspace, account, member)
    announce_joined(session, member)
    return workspace


def change(
    session: Session, workspace_id: uuid.UUID, name: str | None, settings: Mapping[str, Any]
) -> tuple[Workspace, bool, dict[str, Any]]:
    """Give the workspace another name or settings; whether it was renamed, and how settings that changed stood."""
    workspace = current(session, workspace_id, lock=True)
    renamed = name is not None and name != workspace.name
    before = {key: workspace.settings.get(key) for key in settings}
    changed = {key: value for key, value in before.items() if settings[key] != value}
    if renamed or changed:
        workspace.name, workspace.settings = name or workspace.name, {**workspace.settings, **settings}
        workspace.version += 1
        announce_changed(session, workspace)
    return workspace, renamed, changed


def current(session: Session, workspace_id: uuid.UUID, *, lock: bool = False) -> Workspace:
    """The workspace of this key; raises the 404 problem, also for a closed one, which nothing changes any more."""
    query = select(Workspace).where(Workspace.id == workspace_id, Workspace.closed_at.is_(None))
    workspace = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if workspace is None:
        raise not_found()
    return workspace


def memberships(session: Session, account_id: uuid.UUID) -> Sequence[Row[Workspace, Member]]:
    """Every workspace the account may act in, with its membership, oldest first."""
    query = select(Workspace, Member).join(Member, Member.workspace_id == Workspace.id)
    query = query.where(Member.account_id == account_id, Member.status == Status.ENABLED)
    return session.execute(query.order_by(Workspace.id)).all()


def membership(session: Session, account_id: uuid.UUID, public_id: str) -> Workspace:
    """The workspace of this public id; raises the 404 problem unless the account may act in it."""
    found = [workspace for workspace, _ in memberships(session, account_id) if workspace.public_id == public_id]
    if not found:
        raise not_found()
    return found[0]
