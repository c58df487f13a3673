"""Mails that are to be sent, and those the embedded mailbox has received."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chassis.database import new_base

Base: Any = new_base()


class Mail(Base):
    """One mail to one person about one event. ``due_at`` is when it may be tried (again); null when it is finished.

    Members of ``params`` whose names begin with ``sealed_`` are opened only while the mail is written; all are
    forgotten when it is finished.
    """

    __tablename__ = "mail"
    __table_args__ = (
        UniqueConstraint("event_id", "recipient", "template", name="mail_once"),
        Index("mail_due", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(String(36))
    template: Mapped[str] = mapped_column(String(30))
    recipient: Mapped[str] = mapped_column(String(254))
    recipient_name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(20))
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    workspace: Mapped[UUID | None]
    agreement_id: Mapped[UUID | None]
    recipient_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    useless_after: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    attempts: Mapped[int]
    sent_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(500))


class MailboxMessage(Base):
    """A mail in the embedded mailbox; its id is the mail's, so that a doubled sending is one message."""

    __tablename__ = "mailbox_message"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254), index=True)
    subject: Mapped[str] = mapped_column(Text)
    sealed_body: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(index=True)


class Sender(Base):
    """How the mails of a workspace look; null for the suite's own.

    ``name`` stands before the address they come from; ``title`` is what the workspace is called.
    """

    __tablename__ = "sender"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    name: Mapped[str | None] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(240), default="", server_default="")
    colour: Mapped[str | None] = mapped_column(String(7))
    logo: Mapped[dict[str, Any] | None] = mapped_column(JSON)
