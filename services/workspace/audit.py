"""The audit log of a workspace: who changed what."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from chassis.database import Database, database_now
from chassis.ids import new_key
from chassis.outbox import Event
from chassis.tokens import Principal
from services.workspace.models import AuditEntry

GROUPS: Mapping[str, Sequence[str]] = {
    "workspace": ("workspace_renamed", "settings_changed", "logo_changed", "logo_removed", "workspace_closed"),
    "members": (
        "member_invited", "invitation_resent", "invitation_withdrawn", "member_joined", "member_changed",
        "member_disabled", "member_enabled", "member_removed", "member_left", "import_finished",
    ),
    "agreements": (
        "work_handed_over", "agreements_removed", "template_saved", "template_renamed", "template_deleted",
    ),
    "seals": ("seal_created", "seal_changed", "seal_granted", "seal_revoked", "seal_used", "seal_deleted"),
    "billing": (
        "order_placed", "order_paid", "order_cancelled", "order_expired", "order_refunded", "plan_upgraded",
        "plan_downgraded", "plan_extended", "plan_ended", "seats_changed",
    ),
}  # fmt: skip
ACTIONS = tuple(action for actions in GROUPS.values() for action in actions)
SYSTEM = "system"  # in place of the key of whoever did it, where nobody did
AT_ONCE = 500
MOST_PEOPLE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries; ``search`` is part of who did it or of what was changed, ``by`` who did it, or `SYSTEM`."""

    action: str | None = None
    group: str | None = None
    by: uuid.UUID | str | None = None
    since: datetime | None = None
    until: datetime | None = None
    search: str = ""


def record(
    session: Session, workspace: uuid.UUID, who: Principal, action: str, subject: str, **detail: Any
) -> None:  # fmt: skip
    """Note a change in the transaction that makes it."""
    actor = uuid.UUID(who.subject) if who.subject else None
    session.add(
        AuditEntry(
            id=new_key(), workspace_id=workspace, at=database_now(session), actor_id=actor, actor_name=who.name,
            actor_email=who.email, ip=who.ip, action=action, subject=subject[:260], detail=detail,
        )
    )  # fmt: skip


def append(session: Session, event: Event, action: str, subject: str, detail: Mapping[str, Any]) -> None:
    """Note what another service tells, as it was when that happened. The event's id is the entry's."""
    by = event.data.get("by") or {"account_id": None, "name": "", "email": "", "ip": ""}
    session.add(
        AuditEntry(
            id=uuid.UUID(event.id), workspace_id=uuid.UUID(event.data["workspace_id"]), at=event.time,
            actor_id=by["account_id"] and uuid.UUID(by["account_id"]), actor_name=by["name"][:200],
            actor_email=by["email"], ip=by["ip"], action=action, subject=subject[:260], detail=dict(detail),
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


def people(session: Session) -> list[tuple[Any, ...]]:
    """Everybody who has an entry in the scope, by the name of their newest one."""
    newest = select(AuditEntry.actor_id, func.max(AuditEntry.at).label("at")).group_by(AuditEntry.actor_id).subquery()
    mine = (AuditEntry.actor_id == newest.c.actor_id) & (AuditEntry.at == newest.c.at)
    query = select(AuditEntry.actor_id, func.min(AuditEntry.actor_name), func.min(AuditEntry.actor_email))
    grouped = query.join(newest, mine).group_by(AuditEntry.actor_id)
    found = session.execute(grouped.order_by(func.min(AuditEntry.actor_name)).limit(MOST_PEOPLE)).all()
    return [tuple(row) for row in found]


def _fitting(wanted: Wanted) -> Select[AuditEntry]:
    query = select(AuditEntry)
    if wanted.action:
        query = query.where(AuditEntry.action == wanted.action)
    if wanted.group:
        query = query.where(AuditEntry.action.in_(GROUPS[wanted.group]))
    if wanted.by:
        query = query.where(AuditEntry.actor_id == (None if wanted.by == SYSTEM else wanted.by))
    if wanted.since:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditEntry.at < wanted.until)
    if wanted.search:
        columns = (AuditEntry.actor_name, AuditEntry.actor_email, AuditEntry.subject)
        one, two, three = (column.icontains(wanted.search, autoescape=True) for column in columns)
        query = query.where(one | two | three)
    return query
