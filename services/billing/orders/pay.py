"""What becomes of an order when its provider, the operator or the clock tells something. Each counts once."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.tokens import Principal
from services.billing.announce import announce_order
from services.billing.invoices import issue, void
from services.billing.ledger import MONEY, write
from services.billing.models import Subscription
from services.billing.ordermodels import Order
from services.billing.orders.find import lock, move
from services.billing.orders.fulfil import can_fulfil, fulfil, take_back
from services.billing.orders.states import SETTLED
from services.billing.settle import settle

log = logging.getLogger(__name__)
CLOSED = {"cancelled": "billing.order_cancelled.v1", "expired": "billing.order_expired.v1"}
ASK = timedelta(hours=6)  # after which the provider is asked what became of a payment under way


def pay(session: Session, key: UUID, payment: str | None, by: Principal | None = None) -> Order:
    """The money of an order is there: grant what it gives, once, however often this is told.

    When that can no longer be given the order waits for its refund. ``payment`` is the provider's name for it, ``by``
    is who paid, None when the provider or the operator tells.
    """
    order = lock(session, key)
    if order.state in SETTLED:
        return order
    order.payment, order.paid_at = payment or order.payment, database_now(session)
    _book(session, order, "purchased", order.total)
    announce_order(session, "billing.order_paid.v1", order, by)
    if order.refunded >= order.total > 0:
        _end_refunded(session, order)
    elif can_fulfil(session, order):
        move(session, order, "paid")
        order.look_at = None
        fulfil(session, order)
        issue(session, order)
        settle(session, _subscription(session, order), order.id)
    else:
        log.warning("order %s was paid too late to be given", order.id)
        move(session, order, "refund_due")
        order.look_at = order.paid_at
    return order


def note_processing(session: Session, key: UUID, payment: str | None) -> None:
    """The payment is under way and may take days; until then the order does not end."""
    order = lock(session, key)
    if move(session, order, "processing"):
        order.payment, order.look_at = payment or order.payment, database_now(session) + ASK


def note_failed(session: Session, key: UUID) -> None:
    """A try to pay has failed; another may follow."""
    order = lock(session, key)
    if move(session, order, "failed"):
        order.look_at = order.expires_at


def close(session: Session, key: UUID, state: str, by: Principal | None = None) -> bool:
    """An order nobody has paid is cancelled, ``by`` somebody, or expires; False when it is too late for that."""
    order = lock(session, key)
    if not move(session, order, state):
        return False
    order.look_at = None
    void(session, order)
    announce_order(session, CLOSED[state], order, by)
    return True


def refund(session: Session, key: UUID, amount: int) -> None:
    """So much of an order was given back in all; when it is everything, what it gave is taken back.

    Told before the payment, it waits for that.
    """
    order = lock(session, key)
    more = min(amount, order.total) - order.refunded
    if more <= 0:
        return
    order.refunded += more
    _book(session, order, "refunded", -more)
    if order.refunded >= order.total and order.state in SETTLED:
        _end_refunded(session, order)


def _end_refunded(session: Session, order: Order) -> None:
    given = order.state == "paid"
    if not move(session, order, "refunded"):
        return
    order.look_at = None
    announce_order(session, "billing.order_refunded.v1", order, None)
    if given:
        take_back(session, order)
        issue(session, order, credit=True)
        settle(session, _subscription(session, order))


def _book(session: Session, order: Order, kind: str, amount: int) -> None:
    write(
        session, kind, order.workspace_id, amount, resource=MONEY, order=order.id, currency=order.currency
    )  # fmt: skip


def _subscription(session: Session, order: Order) -> Subscription:
    return session.scalars(select(Subscription).where(Subscription.workspace_id == order.workspace_id)).one()
