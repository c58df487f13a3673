"""Tables of what is bought: orders, what providers told, invoices."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chassis.database import Tenant
from services.billing.models import Base


class Order(Tenant, Base):
    """Something somebody wants to buy, at the prices of that moment. `services.billing.orders.states` has its states.

    ``action`` is start, renew, upgrade, downgrade, seats or pack; ``gives`` is what it will grant, with the plan
    or pack as it was offered then, ``names`` what the product is called. Amounts are in the currency's smallest unit;
    ``tax_rate`` in hundredths of a percent. ``session`` and ``payment`` are the provider's.
    """

    __tablename__ = "orders"
    __table_args__ = (
        Index("orders_session", "session", unique=True),
        Index("orders_look_at", "look_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(20))
    product: Mapped[str] = mapped_column(String(40))
    quantity: Mapped[int]
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    gives: Mapped[dict[str, Any]] = mapped_column(JSON)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    country: Mapped[str] = mapped_column(String(2))
    currency: Mapped[str] = mapped_column(String(3))
    net: Mapped[int]
    tax: Mapped[int]
    tax_rate: Mapped[int]
    tax_names: Mapped[dict[str, str] | None] = mapped_column(JSON)
    total: Mapped[int]
    refunded: Mapped[int] = mapped_column(default=0)
    buyer: Mapped[dict[str, str]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(10))
    provider: Mapped[str] = mapped_column(String(20))
    session: Mapped[str | None] = mapped_column(String(255))
    payment: Mapped[str | None] = mapped_column(String(255))
    url: Mapped[str | None] = mapped_column(String(2000))
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    look_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class ProviderEvent(Base):
    """Something a provider told, by its own id: the second time changes nothing."""

    __tablename__ = "provider_event"

    provider: Mapped[str] = mapped_column(String(20), primary_key=True)
    id: Mapped[str] = mapped_column(String(255), primary_key=True)
    type: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime]


class ExtraPayment(Tenant, Base):
    """Money that came for an order beside its own payment, by the provider's name for it: it is given back.

    ``amount`` is what came, 0 until that is told; ``refunded`` what went back; ``look_at`` is when it is to go back.
    """

    __tablename__ = "extra_payment"
    __table_args__ = (Index("extra_payment_look_at", "look_at"),)

    provider: Mapped[str] = mapped_column(String(20), primary_key=True)
    id: Mapped[str] = mapped_column(String(255), primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    amount: Mapped[int]
    refunded: Mapped[int]
    at: Mapped[datetime]
    look_at: Mapped[datetime | None]


class Invoice(Tenant, Base):
    """An invoice or, with ``credits``, a credit note as it was issued; ``content`` is everything that stands on it."""

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("year", "number", name="invoice_number"),
        UniqueConstraint("order_id", "credit", name="invoice_order"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    credit: Mapped[bool]
    year: Mapped[int]
    number: Mapped[int]
    issued_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class InvoiceCounter(Base):
    """The last number of a year, counted in the transaction that issues: no gap, no number twice."""

    __tablename__ = "invoice_counter"

    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
