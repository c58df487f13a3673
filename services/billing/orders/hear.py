"""What a provider tells of orders, applied once however often and in whatever order it is told."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import parse_public_id
from chassis.problem import Problem
from services.billing.models import Subscription
from services.billing.ordermodels import Order, ProviderEvent
from services.billing.orders.extra import is_extra, note_extra, note_given_back
from services.billing.orders.find import lock
from services.billing.orders.pay import close, note_failed, note_processing, pay, refund
from services.billing.payments.port import Told

log = logging.getLogger(__name__)


def hear(session: Session, provider: str, told: Told) -> None:
    """Apply what a provider tells, unless this very event was heard before or speaks of somebody else's order."""
    if not _first(session, provider, told):
        return
    key = parse_public_id("ord", told.order)
    mine = (Order.id == key) & (Order.provider == provider)
    if key is None or session.scalar(select(Order.id).where(mine)) is None:
        log.info("%s tells %s of %s, which is not an order of ours", provider, told.type, told.order)
        return
    act(session, key, told)


def act(session: Session, key: UUID, told: Told) -> None:
    """Let an order follow what was told; raises a 422 problem when another amount was paid than asked for."""
    match told.kind:
        case "paid":
            _take(session, key, told)
        case "processing":
            note_processing(session, key, told.payment)
        case "failed":
            note_failed(session, key)
        case "expired":
            close(session, key, "expired")
        case "refunded":
            _give_back(session, key, told)


def _take(session: Session, key: UUID, told: Told) -> None:
    _refuse_other_amount(session, key, told)
    order = lock(session, key)
    if told.payment and is_extra(order, told.payment):
        note_extra(session, order, told.payment, told.amount)
        return
    pay(session, key, told.payment)
    _keep_account(session, order, told.customer)


def _give_back(session: Session, key: UUID, told: Told) -> None:
    order = lock(session, key)
    if told.payment and is_extra(order, told.payment):
        note_given_back(session, order, told.payment, told.amount)
    else:
        refund(session, key, told.amount)


def _first(session: Session, provider: str, told: Told) -> bool:
    """Whether this event is new; a twin waits here until the first one is through."""
    dialect: Any = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    row = {"provider": provider, "id": told.event, "type": told.type, "at": database_now(session)}
    insert = dialect.insert(ProviderEvent).values(row).on_conflict_do_nothing().returning(ProviderEvent.id)
    return session.execute(insert).first() is not None


def _refuse_other_amount(session: Session, key: UUID, told: Told) -> None:
    asked = session.execute(select(Order.total, Order.currency).where(Order.id == key)).one()
    if (told.amount, told.currency) != tuple(asked):
        log.error("order %s: %s %s were paid, %s asked for", key, told.amount, told.currency, tuple(asked))
        raise Problem(422, "payment_mismatch")


def _keep_account(session: Session, order: Order, customer: str | None) -> None:
    if customer:
        query = select(Subscription).where(Subscription.workspace_id == order.workspace_id)
        session.scalars(query).one().account = customer
