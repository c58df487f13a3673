"""A ceremony's row, taken before anything about it is changed, and the events that leave it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.outbox import emit
from services.signing.models import Ceremony, Recipient


def lock(session: Session, agreement_id: UUID) -> Ceremony | None:
    """The ceremony, with its row held until the transaction ends."""
    query = select(Ceremony).where(Ceremony.id == agreement_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def recipients(session: Session, ceremony: Ceremony) -> list[Recipient]:
    """Everybody, in the order of signing."""
    query = select(Recipient).where(Recipient.agreement_id == ceremony.id).order_by(Recipient.position, Recipient.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def tell(session: Session, ceremony: Ceremony, type: str, **data: Any) -> None:
    """Emit an event of the held ceremony; its sequence is the ceremony's version."""
    ceremony.version += 1
    emit(
        session, type, subject=ceremony.id, sequence=ceremony.version, workspace=ceremony.workspace_id,
        data={"agreement_id": str(ceremony.id), **data},
    )  # fmt: skip


def tell_of(session: Session, ceremony: Ceremony, recipient: Recipient, type: str, at: Any, **data: Any) -> None:
    """Emit an event about one recipient."""
    tell(session, ceremony, type, recipient_id=str(recipient.id), at=at.isoformat(), **data)


def sender(ceremony: Ceremony) -> dict[str, str]:
    """The sender as somebody who gets a mail."""
    return {name: ceremony.sender[name] for name in ("name", "email", "language")}
