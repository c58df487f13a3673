"""Tables of *billing*: subscriptions, batches of envelopes, who took one, seats, and the ledger of every move."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chassis.database import Tenant, new_base

Base: Any = new_base()


class Subscription(Tenant, Base):
    """A workspace's plan. Its row is the lock under which the workspace's envelopes move."""

    __tablename__ = "subscription"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    workspace_id: Mapped[UUID] = mapped_column(unique=True)
    plan: Mapped[str] = mapped_column(String(40))
    seats: Mapped[int | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]


class Batch(Tenant, Base):
    """Envelopes that end together. ``total`` and ``available`` are null when there is no limit.

    ``origin`` tells what granted it, once for each workspace.
    """

    __tablename__ = "batch"
    __table_args__ = (
        UniqueConstraint("workspace_id", "origin", name="batch_origin"),
        CheckConstraint("available >= 0 and available <= total", name="batch_available"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(String(80))
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

    ``kind`` is granted, reserved, released, committed, overdrawn or settled; an overdraft has no batch.
    """

    __tablename__ = "ledger"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    batch_id: Mapped[UUID | None] = mapped_column(ForeignKey("batch.id"), index=True)
    agreement_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int]
    at: Mapped[datetime]
