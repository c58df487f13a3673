"""Agreements as the public API shows them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from chassis.ids import public_id
from services.agreement.models import DRAFT, Agreement, Document, Field, Listing, Recipient
from services.agreement.standing import Standing, actions, may_see_pages, own_recipient
from services.agreement.turns import signing_now, state_of

TIMES = (
    "invited_at", "delivered_at", "bounced_at", "viewed_at", "check_passed_at", "check_failed_at", "locked_at",
    "reminded_at", "signed_at", "declined_at",
)  # fmt: skip
Json = dict[str, Any]


def detail(agreement: Agreement, at: Standing) -> Json:
    """Everything somebody may see of one agreement."""
    mine = own_recipient(agreement, at.who)
    return {
        **_head(agreement), "message": agreement.message, "ordered": agreement.ordered,
        "stamp_margin": agreement.stamp_margin, "allow_reassign": agreement.allow_reassign,
        "reminders": agreement.reminders,
        "reason": agreement.reason, "ended_by": agreement.ended_by, "ended_at": _time(agreement.ended_at),
        "recipients": recipients(agreement), "my_recipient_id": public_id("rcp", mine.id) if mine else None,
        "documents": [document(one) for one in agreement.documents],
        "fields": [field(one) for one in agreement.fields] if at.manages else [],
        "pages_visible": may_see_pages(agreement, at), "actions": actions(agreement, at),
    }  # fmt: skip


def _head(agreement: Agreement) -> Json:
    return {
        "id": public_id("agr", agreement.id), "version": agreement.version, "status": agreement.status,
        "title": agreement.title, "deadline": _time(agreement.deadline), "initiator": initiator(agreement),
        "created_at": _time(agreement.created_at), "sent_at": _time(agreement.sent_at),
        "completed_at": _time(agreement.completed_at),
    }  # fmt: skip


def initiator(agreement: Agreement) -> Json:
    """Who made the agreement."""
    return {
        "id": public_id("acc", agreement.initiator_id), "name": agreement.initiator_name,
        "email": agreement.initiator_email,
    }  # fmt: skip


def recipients(agreement: Agreement) -> list[Json]:
    """The recipients in their order, with state and times; an access code only as the fact that there is one."""
    now = {one.id for one in signing_now(agreement)}
    return [recipient(agreement, one) | {"is_their_turn": one.id in now} for one in agreement.recipients]


def recipient(agreement: Agreement, one: Recipient) -> Json:
    """A recipient with state and times."""
    return {
        "id": public_id("rcp", one.id), "role": one.role, "name": one.name, "email": one.email,
        "language": one.language, "position": one.position, "check": one.check,
        "has_access_code": one.code_hash is not None,
        "status": status_of(agreement, one),
        **{name: _time(getattr(one, name)) for name in TIMES},
    }  # fmt: skip


def status_of(agreement: Agreement, one: Recipient) -> str:
    """How far a recipient is."""
    return "draft" if agreement.status == DRAFT else state_of(agreement, one)


def document(one: Document) -> Json:
    """A document; its pages are counted from 0, sizes in points as displayed."""
    return {
        "id": public_id("doc", one.id), "name": one.name, "size": one.original_size, "sha256": one.sha256,
        "original_sha256": one.original_sha256, "page_count": len(one.pages),
        "pages": [{"width": page["width"], "height": page["height"]} for page in one.pages],
        "signed": one.signed, "signatures": one.signatures, "suggestion_count": len(one.suggestions or []),
    }  # fmt: skip


def field(one: Field) -> Json:
    """A field; its place in fractions of the page, its page counted from 0."""
    names = ("kind", "page", "x", "y", "width", "height", "required", "label", "default", "format", "longest")
    return {
        "id": public_id("fld", one.id), "recipient_id": public_id("rcp", one.recipient_id),
        "document_id": public_id("doc", one.document_id), **{name: getattr(one, name) for name in names},
    }  # fmt: skip


def rows(session: Session, lines: Iterable[Listing]) -> list[Json]:
    """List lines with title and signers; the session may see every agreement that has one of the lines."""
    lines = list(lines)
    wanted = select(Agreement).where(Agreement.id.in_([line.agreement_id for line in lines]))
    wanted = wanted.options(selectinload(Agreement.recipients))
    found: dict[UUID, Agreement] = {one.id: one for one in session.scalars(wanted)}
    return [_row(found[line.agreement_id], line) for line in lines if line.agreement_id in found]


def _row(agreement: Agreement, line: Listing) -> Json:
    now = {one.id for one in signing_now(agreement)}
    signers = [
        {"name": one.name, "status": status_of(agreement, one), "is_their_turn": one.id in now}
        for one in agreement.recipients
    ]
    flags = {"received": line.received, "sent": line.sent, "action_required": line.my_turn, "locked": line.locked}
    return {**_head(agreement), **flags, "signers": signers}


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
