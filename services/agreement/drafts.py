"""Drafts: make, change, delete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.service import Runtime
from chassis.tokens import Principal
from services.agreement import trash
from services.agreement.limits import DEFAULT_DEADLINE, REMINDERS
from services.agreement.messages import DEFAULT_TITLE
from services.agreement.models import Account, Agreement, Workspace
from services.agreement.shelves import clear, shelve
from services.agreement.standing import Standing, lock_draft


def start(runtime: Runtime, who: Principal, language: str, values: Mapping[str, Any]) -> UUID:
    """Make a draft in the present workspace; missing values get their defaults. Returns its key."""
    assert who.workspace is not None
    with runtime.db.transaction(who.workspace) as session:
        agreement = Agreement(workspace_id=who.workspace, **_initiator(session, who, language))
        agreement.created_at = datetime.now(UTC)
        agreement.title = DEFAULT_TITLE[agreement.initiator_language]
        _set_usual(session, agreement)
        _assign(agreement, values)
        session.add(agreement)
        shelve(session, agreement)
        return agreement.id


def _set_usual(session: Session, agreement: Agreement) -> None:
    """Deadline and reminders as the workspace has set them, or as everywhere."""
    workspace = session.get(Workspace, agreement.workspace_id)
    settings = workspace.settings if workspace else {}
    days, reminders = settings.get("deadline_days"), settings.get("reminders")
    agreement.deadline = agreement.created_at + (timedelta(days=days) if days else DEFAULT_DEADLINE)
    agreement.reminders = list(REMINDERS if reminders is None else reminders)


def _initiator(session: Session, who: Principal, language: str) -> dict[str, Any]:
    account = session.get(Account, who.account)
    if account and account.language in DEFAULT_TITLE:
        language = account.language
    name = who.name or (account.name if account else "") or who.email
    return {
        "initiator_id": who.account, "initiator_name": name[:200], "initiator_email": who.email,
        "initiator_language": language,
    }  # fmt: skip


def _assign(agreement: Agreement, values: Mapping[str, Any]) -> None:
    for name in ("title", "message", "deadline", "ordered", "reminders", "stamp_margin", "allow_reassign"):
        if name in values:
            setattr(agreement, name, values[name])


def change(runtime: Runtime, at: Standing, values: Mapping[str, Any]) -> None:
    """Set the values that are given and leave the others; raises 409 already_sent."""
    with runtime.db.transaction(at.owner) as session:
        agreement = lock_draft(session, at.agreement_id)
        _assign(agreement, values)
        agreement.version += 1
        shelve(session, agreement)


def discard(runtime: Runtime, at: Standing) -> None:
    """Delete a draft with its files; raises 409 already_sent."""
    with runtime.db.transaction(at.owner) as session:
        agreement = lock_draft(session, at.agreement_id)
        for document in agreement.documents:
            trash.throw_away(session, document)
        clear(session, agreement)
        session.flush()
        session.delete(agreement)
