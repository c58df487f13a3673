"""Tables of *agreement*: drafts and sent agreements with their documents, recipients and fields."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from chassis.database import Tenant, new_base
from chassis.ids import new_key

Base: Any = new_base()

DRAFT, SENT, COMPLETING = "draft", "sent", "completing"
COMPLETED, DECLINED, VOIDED, EXPIRED = "completed", "declined", "voided", "expired"
STATUSES = (DRAFT, SENT, COMPLETING, COMPLETED, DECLINED, VOIDED, EXPIRED)
OPEN = (SENT, COMPLETING)
ENDED = (COMPLETED, DECLINED, VOIDED, EXPIRED)


def _of_agreement() -> Mapped[UUID]:
    return mapped_column(ForeignKey("agreements.id", ondelete="CASCADE"), index=True)


class Agreement(Tenant, Base):
    """One agreement; ``version`` counts its changes and is the sequence of its events.

    ``over_at`` is when it ended in whatever way, ``warned_at`` when the admins were told that it will be removed. While
    ``held_at`` stands it is kept for ever; ``holds`` tell who said so, and who took that back.
    """

    __tablename__ = "agreements"
    __table_args__ = (
        Index("agreements_deadline", "status", "deadline"),
        Index("agreements_over", "workspace_id", "warned_at", "over_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_key)
    version: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(String(10), default=DRAFT)
    title: Mapped[str] = mapped_column(String(60))
    message: Mapped[str] = mapped_column(Text, default="")
    ordered: Mapped[bool] = mapped_column(default=False)
    stamp_margin: Mapped[bool] = mapped_column(default=False, server_default=false())
    allow_reassign: Mapped[bool] = mapped_column(default=False, server_default=false())
    deadline: Mapped[datetime]
    reminders: Mapped[list[int]] = mapped_column(JSON)
    initiator_id: Mapped[UUID]
    initiator_name: Mapped[str] = mapped_column(String(200))
    initiator_email: Mapped[str] = mapped_column(String(254))
    initiator_language: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str | None] = mapped_column(Text)
    files: Mapped[dict[str, dict[str, Any]] | None] = mapped_column(JSON)
    close_asked_at: Mapped[datetime | None]
    corrected_at: Mapped[datetime | None]
    handovers: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")
    over_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    holds: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")

    documents: Mapped[list[Document]] = relationship(
        order_by="Document.position", cascade="all, delete-orphan", passive_deletes=True
    )
    recipients: Mapped[list[Recipient]] = relationship(
        order_by="(Recipient.position, Recipient.place)", cascade="all, delete-orphan", passive_deletes=True
    )
    fields: Mapped[list[Field]] = relationship(
        order_by="Field.place", cascade="all, delete-orphan", passive_deletes=True
    )


class Document(Tenant, Base):
    """One PDF as uploaded (``original_*``) and as everybody sees and signs it; ``pages`` are boxes and sizes.

    ``signatures`` is how many it carried when it was uploaded; with any it is kept byte for byte. ``suggestions``
    are the fields that its text and its own form ask for.
    """

    __tablename__ = "documents"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_key)
    agreement_id: Mapped[UUID] = _of_agreement()
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(255))
    key: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    original_key: Mapped[str] = mapped_column(String(200))
    original_sha256: Mapped[str] = mapped_column(String(64))
    original_size: Mapped[int]
    pages: Mapped[list[dict[str, float]]] = mapped_column(JSON)
    signatures: Mapped[int] = mapped_column(default=0, server_default="0")
    suggestions: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    created_at: Mapped[datetime]

    @property
    def signed(self) -> bool:
        """Whether others signed it before it was uploaded."""
        return self.signatures > 0


class Recipient(Tenant, Base):
    """Somebody who signs. ``position`` is the turn, ``place`` the row in the sender's list, ``role`` from a template.

    In a draft, name and address may still be empty. The times are the newest of their kind; together they tell the
    recipient's state whatever order they came in.
    """

    __tablename__ = "recipients"
    __table_args__ = (Index("recipients_email", "email"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_key)
    agreement_id: Mapped[UUID] = _of_agreement()
    place: Mapped[int]
    position: Mapped[int]
    role: Mapped[str] = mapped_column(String(100), default="", server_default="")
    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(10))
    check: Mapped[str] = mapped_column(String(20))
    code_hash: Mapped[str | None] = mapped_column(String(200))
    invited_at: Mapped[datetime | None]
    resent_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]
    viewed_at: Mapped[datetime | None]
    check_passed_at: Mapped[datetime | None]
    check_failed_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    corrected_at: Mapped[datetime | None]


class Field(Tenant, Base):
    """A placed control, in fractions of the page as displayed."""

    __tablename__ = "fields"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_key)
    agreement_id: Mapped[UUID] = _of_agreement()
    recipient_id: Mapped[UUID] = mapped_column(ForeignKey("recipients.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    page: Mapped[int]
    x: Mapped[float]
    y: Mapped[float]
    width: Mapped[float]
    height: Mapped[float]
    required: Mapped[bool]
    label: Mapped[str] = mapped_column(String(100))
    default: Mapped[str | None] = mapped_column(Text)
    format: Mapped[str | None] = mapped_column(String(40))
    longest: Mapped[int | None]


class Reminder(Tenant, Base):
    """A reminder that is to go out ``days`` before the deadline; ``done_at`` says that its time has been used."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("agreement_id", "days", name="reminders_day"),
        Index("reminders_due", "done_at", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_key)
    agreement_id: Mapped[UUID] = _of_agreement()
    days: Mapped[int]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Listing(Tenant, Base):
    """One line of somebody's list: made anew at every change of the agreement, so that each category is an index range.

    ``workspace_id`` is where the line is shown, ``owner_id`` the workspace that owns the agreement. ``viewer`` is an
    account, or the owning workspace itself for the line its admins see. ``away`` lines stand in another workspace than
    the owning one; ``changed_at`` is when the agreement's list line changed last.
    """

    __tablename__ = "listings"
    __table_args__ = (
        UniqueConstraint("agreement_id", "viewer", name="listings_viewer"),
        Index("listings_all", "workspace_id", "viewer", "agreement_id"),
        Index("listings_status", "workspace_id", "viewer", "status", "agreement_id"),
        Index("listings_deadline", "workspace_id", "viewer", "status", "deadline"),
        Index("listings_received", "workspace_id", "viewer", "received", "agreement_id"),
        Index("listings_sent", "workspace_id", "viewer", "sent", "agreement_id"),
        Index("listings_turn", "workspace_id", "viewer", "my_turn", "agreement_id"),
        Index("listings_locked", "workspace_id", "viewer", "locked", "agreement_id"),
        Index("listings_initiator", "workspace_id", "viewer", "initiator_id", "agreement_id"),
        Index("listings_away", "workspace_id", "viewer", "away", "agreement_id"),
        Index("listings_changed", "workspace_id", "viewer", "changed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_key)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreements.id", ondelete="CASCADE"))
    viewer: Mapped[UUID] = mapped_column(index=True)
    owner_id: Mapped[UUID]
    initiator_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(String(10))
    received: Mapped[bool]
    sent: Mapped[bool]
    my_turn: Mapped[bool]
    locked: Mapped[bool]
    away: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]
    deadline: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    search: Mapped[str] = mapped_column(Text)


class Removal(Tenant, Base):
    """A list line that is gone, kept for a day so that an open list hears of it."""

    __tablename__ = "removals"
    __table_args__ = (Index("removals_at", "workspace_id", "viewer", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_key)
    agreement_id: Mapped[UUID]
    viewer: Mapped[UUID]
    at: Mapped[datetime] = mapped_column(index=True)


class Contact(Tenant, Base):
    """Somebody an account has sent to from this workspace, or has added by hand."""

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("workspace_id", "account_id", "email", name="contacts_email"),
        Index("contacts_used", "workspace_id", "account_id", "used_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_key)
    account_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(10))
    used_at: Mapped[datetime]
    search: Mapped[str] = mapped_column(Text)


class Template(Tenant, Base):
    """A workspace's own template; its ``fields`` name their role and document by place, from 0."""

    __tablename__ = "templates"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_key)
    name: Mapped[str] = mapped_column(String(100))
    created_by: Mapped[UUID]
    creator_name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    roles: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    documents: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class Account(Base):
    """What *identity* told about an account."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(10))
    time_zone: Mapped[str | None] = mapped_column(String(64))
    default_workspace_id: Mapped[UUID | None]


class Member(Tenant, Base):
    """What *workspace* told about a member."""

    __tablename__ = "members"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    account_id: Mapped[UUID | None] = mapped_column(index=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(20))


class Workspace(Base):
    """What *workspace* told about a workspace; ``retention_days`` is how long ended agreements are kept."""

    __tablename__ = "workspaces"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    name: Mapped[str] = mapped_column(String(240))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    retention_days: Mapped[int | None] = mapped_column(index=True)


class RemovalDay(Tenant, Base):
    """One UTC day's warnings and removals in one workspace, told once each.

    ``warned`` agreements will be removed; ``first`` are the first of them, forgotten when they were told.
    """

    __tablename__ = "removal_days"
    __table_args__ = (UniqueConstraint("workspace_id", "day", name="removal_days_day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_key)
    day: Mapped[str] = mapped_column(String(10))
    warned: Mapped[int] = mapped_column(default=0)
    first: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    first_at: Mapped[datetime | None]
    last_ended_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    removed: Mapped[int] = mapped_column(default=0)
    counted_at: Mapped[datetime | None]


class Trash(Base):
    """An object in the store that is to be removed after ``due_at``, unless a document has come to own it."""

    __tablename__ = "trash"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(index=True)
