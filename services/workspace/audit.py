"""The audit log of a workspace: who changed what."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from chassis.database import Database, database_now
from chassis.ids import new_key
from chassis.tokens import Kind, Principal
from services.workspace.models import AuditEntry

ACTIONS = (
    "workspace_renamed", "settings_changed", "logo_changed", "logo_removed", "workspace_closed", "member_invited",
    "invitation_resent",
    "invitation_withdrawn", "member_joined", "member_changed", "member_disabled", "member_enabled", "member_removed",
    "member_left", "import_finished", "agreements_removed",
)  # fmt: skip
AT_ONCE = 500
SIGNET = Principal(Kind.SERVICE, name="Signet")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries; ``search`` is part of who did it or of what was changed."""

    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    search: str = ""


def record(
    session: Session, workspace: uuid.UUID, who: Principal, action: str, subject: str, **detail: Any
) -> None:  # fmt: skip
    """Note a change in the transaction that makes it; ``who`` is `SIGNET` for what happens by itself."""
    actor = uuid.UUID(who.subject) if who.kind is Kind.USER and who.subject else None
    session.add(
        AuditEntry(
            id=new_key(), workspace_id=workspace, at=database_now(session), actor_id=actor, actor_name=who.name,
            actor_email=who.email, ip=who.ip, action=action, subject=subject[:260], detail=detail,
        )
    )  # fmt: skip


def page(session: Session, wanted: Wanted, before: uuid.UUID | None, limit: int) -> Sequence[AuditEntry]:
    """The scope's entries older than ``before``, the newest first."""
    query = _fitting(wanted).order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(limit)
    if before:
        last = session.scalars(select(AuditEntry).where(AuditEntry.id == before)).one_or_none()
        if last is None:
            return []
        same = (AuditEntry.at == last.at) & (AuditEntry.id < last.id)
        query = query.where((AuditEntry.at < last.at) | same)
    return session.scalars(query).all()


def everything(db: Database, workspace: uuid.UUID, wanted: Wanted) -> Iterator[AuditEntry]:
    """Every fitting entry, the newest first, read in short transactions."""
    before = None
    while True:
        with db.read(workspace) as session:
            rows = page(session, wanted, before, AT_ONCE)
        yield from rows
        if len(rows) < AT_ONCE:
            return
        before = rows[-1].id


def _fitting(wanted: Wanted) -> Select[AuditEntry]:
    query = select(AuditEntry)
    if wanted.action:
        query = query.where(AuditEntry.action == wanted.action)
    if wanted.since:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditEntry.at < wanted.until)
    if wanted.search:
        columns = (AuditEntry.actor_name, AuditEntry.actor_email, AuditEntry.subject)
        one, two, three = (column.icontains(wanted.search, autoescape=True) for column in columns)
        query = query.where(one | two | three)
    return query
