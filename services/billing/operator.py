"""What the operator tells by command: an invoice was paid, or its money given back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.problem import Problem
from services.billing.ordermodels import Order
from services.billing.orders.find import lock, order_key
from services.billing.orders.fulfil import can_fulfil
from services.billing.orders.pay import pay, refund
from services.billing.orders.states import SETTLED

BY_HAND = "invoice"


def confirm(session: Session, name: str, reference: str | None) -> Order:
    """The money of an order paid by invoice has arrived; a second time changes nothing.

    Raises 404 for an unknown order and one that is paid otherwise, 409 ``order_outdated`` when what it offered can no
    longer be given.
    """
    order = _by_invoice(session, name)
    if order.state not in SETTLED and not can_fulfil(session, order):
        raise Problem(409, "order_outdated")
    return pay(session, order.id, reference)


def give_back(session: Session, name: str) -> Order:
    """The money of a paid order was given back; what it gave is taken back. Raises 404, 409 ``order_settled``."""
    order = _by_invoice(session, name)
    if order.state not in SETTLED:
        raise Problem(409, "order_settled")
    refund(session, order.id, order.total)
    return order


def open_orders(session: Session) -> Sequence[Order]:
    """The orders by invoice that wait for their money, the oldest first."""
    query = select(Order).where(Order.provider == BY_HAND, Order.state == "open")
    return session.scalars(query.order_by(Order.created_at)).all()


def _by_invoice(session: Session, name: str) -> Order:
    order = lock(session, order_key(name))
    if order.provider != BY_HAND:
        raise Problem(404, "not_found")
    return order
