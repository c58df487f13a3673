"""Tables of *billing*: subscriptions with their terms, batches, who took one, seats, and the ledger of every move."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chassis.database import Tenant, new_base

Base: Any = new_base()


class Subscription(Tenant, Base):
    """A workspace's plan as it was last told. Its row is the lock under which the workspace's things move.

    ``running`` tells whether a plan ran then, ``version`` counts what was told, ``look_at`` is when the clock changes
    something next, ``account`` is the workspace's customer id at the payment provider. ``known_at`` is null until it is
    known who is to be told: a workspace from before *billing* heard that is asked for once.
    """

    __tablename__ = "subscription"
    __table_args__ = (Index("subscription_look_at", "look_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    workspace_id: Mapped[UUID] = mapped_column(unique=True)
    plan: Mapped[str] = mapped_column(String(40))
    seats: Mapped[int | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    running: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=0)
    look_at: Mapped[datetime | None]
    account: Mapped[str | None] = mapped_column(String(100))
    known_at: Mapped[datetime | None]


class Term(Tenant, Base):
    """A plan for a time. Terms may overlap; the highest plan counts. Never shortened: a refund cancels it.

    ``kept`` is the plan as it was when the term was given (`services.billing.plans.kept`).
    """

    __tablename__ = "term"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    plan: Mapped[str] = mapped_column(String(40))
    kept: Mapped[dict[str, Any]] = mapped_column(JSON)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    order_id: Mapped[UUID | None]


class Batch(Tenant, Base):
    """Envelopes, identity checks or seats that end together; ``total`` and ``available`` are null without a limit.

    ``origin`` tells what granted it, once for each workspace; ``product`` is the plan or pack it came with, ``names``
    what that is called.
    """

    __tablename__ = "batch"
    __table_args__ = (
        UniqueConstraint("workspace_id", "origin", name="batch_origin"),
        CheckConstraint("available >= 0 and available <= total", name="batch_available"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    resource: Mapped[str] = mapped_column(String(20), default="envelope")
    product: Mapped[str] = mapped_column(String(40))
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    origin: Mapped[str] = mapped_column(String(80))
    order_id: Mapped[UUID | None]
    total: Mapped[int | None]
    available: Mapped[int | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]


class Reservation(Tenant, Base):
    """The one envelope of an agreement: reserved, then committed or released.

    Committed without a batch is an overdraft; the next batch settles it. ``asked_at`` is when the sweep last looked.
    """

    __tablename__ = "reservation"
    __table_args__ = (Index("reservation_open", "committed_at", "released_at", "reserved_at"),)

    agreement_id: Mapped[UUID] = mapped_column(primary_key=True)
    batch_id: Mapped[UUID | None] = mapped_column(ForeignKey("batch.id"))
    reserved_at: Mapped[datetime]
    committed_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]

    @property
    def state(self) -> str:
        """committed, released or reserved."""
        if self.committed_at:
            return "committed"
        return "released" if self.released_at else "reserved"


class Seat(Tenant, Base):
    """The seat of a member: reserved before the member is added, confirmed when *workspace* tells of it, or released.

    ``version`` is the member's version it was reserved or told for: an older word about the member changes nothing.
    ``asked_at`` is when the sweep last looked.
    """

    __tablename__ = "seat"
    __table_args__ = (Index("seat_open", "confirmed_at", "released_at", "taken_at"),)

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    taken_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]


class LedgerEntry(Tenant, Base):
    """What moved; rows are only ever added. The amounts of a batch sum up to what it has available.

    ``kind`` is granted, reserved, released, committed, overdrawn, settled, used, expired, purchased or refunded; an
    overdraft has no batch. ``resource`` is envelope, identity, seat or money, which has its ``currency`` and counts
    smallest units. ``agreement_id`` is what used it: an agreement, or an identity check.
    """

    __tablename__ = "ledger"
    __table_args__ = (Index("ledger_usage", "workspace_id", "kind", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    batch_id: Mapped[UUID | None] = mapped_column(ForeignKey("batch.id"), index=True)
    agreement_id: Mapped[UUID | None]
    order_id: Mapped[UUID | None]
    resource: Mapped[str] = mapped_column(String(20), default="envelope")
    currency: Mapped[str | None] = mapped_column(String(3))
    kind: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int]
    at: Mapped[datetime]


class Warned(Tenant, Base):
    """A warning that was given: ``subject`` names what about, so that it is given once."""

    __tablename__ = "warned"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime]


class Workspace(Base):
    """What *workspace* tells of a workspace."""

    __tablename__ = "workspace"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    name: Mapped[str] = mapped_column(String(240))
    region: Mapped[str] = mapped_column(String(2))


class Admin(Tenant, Base):
    """A member who gets *billing*'s mails while ``active``."""

    __tablename__ = "admin"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    account_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    active: Mapped[bool]


class Account(Base):
    """The language somebody reads."""

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(10))
