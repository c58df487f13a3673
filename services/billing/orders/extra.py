"""Money that comes for an order beside its own payment, by a second page somebody had open: it is given back."""

from __future__ import annotations

import logging

from sqlalchemy.orm import Session

from chassis.database import database_now
from services.billing.ledger import MONEY, write
from services.billing.ordermodels import ExtraPayment, Order
from services.billing.orders.states import SETTLED

log = logging.getLogger(__name__)


def is_extra(order: Order, payment: str | None) -> bool:
    """Whether a payment is another one than that which settled the order."""
    return order.state in SETTLED and None not in (payment, order.payment) and payment != order.payment


def note_extra(session: Session, order: Order, payment: str, amount: int) -> None:
    """An extra payment has come: it is booked once, and is to be given back. The caller holds the order."""
    found = _extra(session, order, payment)
    if found.amount:
        return
    log.warning("order %s was paid a second time, by %s", order.id, payment)
    found.amount = amount
    found.look_at = database_now(session) if found.refunded < amount else None
    _book(session, order, "purchased", amount)


def note_given_back(session: Session, order: Order, payment: str, amount: int) -> None:
    """So much of an extra payment was given back in all, maybe before it was told that it came."""
    found = _extra(session, order, payment)
    more = min(amount, order.total) - found.refunded
    if more <= 0:
        return
    found.refunded += more
    found.look_at = None if found.refunded >= found.amount else found.look_at
    _book(session, order, "refunded", -more)


def _extra(session: Session, order: Order, payment: str) -> ExtraPayment:
    found = session.get(ExtraPayment, (order.provider, payment), with_for_update=True)
    if found is None:
        found = ExtraPayment(
            provider=order.provider, id=payment, workspace_id=order.workspace_id, order_id=order.id, amount=0,
            refunded=0, at=database_now(session),
        )  # fmt: skip
        session.add(found)
        session.flush()
    return found


def _book(session: Session, order: Order, kind: str, amount: int) -> None:
    write(
        session, kind, order.workspace_id, amount, resource=MONEY, order=order.id, currency=order.currency
    )  # fmt: skip
