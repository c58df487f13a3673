"""Clock work: unpaid orders expire, money that cannot be used is given back."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.ids import public_id
from chassis.problem import Problem
from chassis.service import Runtime
from services.billing.ordermodels import ExtraPayment, Order
from services.billing.orders.extra import note_given_back
from services.billing.orders.find import lock
from services.billing.orders.pay import close, refund
from services.billing.orders.place import refresh
from services.billing.payments.port import payments_of

log = logging.getLogger(__name__)
AGAIN = timedelta(minutes=30)


def follow_orders(runtime: Runtime) -> bool:
    """Look at one order whose time has come; False when there was none. A provider that is away is asked later."""
    with runtime.db.transaction(EVERYONE) as session:
        order = _claim(session)
    if order is None:
        return False
    try:
        _give_back(runtime, order) if order.state == "refund_due" else _expire(runtime, order)
    except Problem as problem:
        log.warning("order %s waits: %s", order.id, problem)
    return True


def return_extras(runtime: Runtime) -> bool:
    """Give one extra payment back; False when there was none. A provider that is away is asked later."""
    with runtime.db.transaction(EVERYONE) as session:
        extra = _claim_extra(session)
    if extra is None:
        return False
    provider = payments_of(runtime).get(extra.provider)
    if provider is None:
        return True
    try:
        provider.refund(public_id("ord", extra.order_id), extra.id, extra.amount)
    except Problem as problem:
        log.warning("payment %s waits: %s", extra.id, problem)
        return True
    with runtime.db.transaction(EVERYONE) as session:
        note_given_back(session, lock(session, extra.order_id), extra.id, extra.amount)
    return True


def _claim_extra(session: Session) -> ExtraPayment | None:
    due = ExtraPayment.look_at <= database_now(session)
    query = select(ExtraPayment).where(due).order_by(ExtraPayment.look_at).limit(1)
    found = session.scalars(query.with_for_update(skip_locked=True)).first()
    if found:
        found.look_at = database_now(session) + AGAIN
    return found


def _claim(session: Session) -> Order | None:
    query = select(Order).where(Order.look_at <= database_now(session)).order_by(Order.look_at).limit(1)
    found = session.scalars(query.with_for_update(skip_locked=True)).first()
    if found:
        found.look_at = database_now(session) + AGAIN
    return found


def _expire(runtime: Runtime, order: Order) -> None:
    if order.provider in payments_of(runtime):
        refresh(runtime, order.workspace_id, order.id)
    with runtime.db.transaction(EVERYONE) as session:
        close(session, order.id, "expired")


def _give_back(runtime: Runtime, order: Order) -> None:
    """Have the provider refund, then say so in the books; its own word about it changes nothing more."""
    provider = payments_of(runtime).get(order.provider)
    if provider is None:
        return
    provider.refund(public_id("ord", order.id), order.payment or "", order.total)
    with runtime.db.transaction(EVERYONE) as session:
        refund(session, order.id, order.total)
