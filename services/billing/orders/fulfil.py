"""Granting what a paid order gives, and taking back what a refunded one gave."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from services.billing.ledger import ENVELOPE, SEAT, grant, take_away
from services.billing.models import Batch, Term
from services.billing.ordermodels import Order
from services.billing.plans import Plan, kept, plan_from
from services.billing.subscriptions import standing_of
from services.billing.terms import DAY


def can_fulfil(session: Session, order: Order) -> bool:
    """Whether what was offered can still be given: an upgrade needs its term, seats need their plan."""
    now = standing_of(session, order.workspace_id)
    if order.action == "upgrade":
        here = now.term is not None and str(now.term.id) == order.gives["term"]
        return here and _plan(order).rank > now.plan.rank
    if order.action == "seats":
        return now.term is not None and now.plan.seats is not None and _end(order) > now.at
    return True


def fulfil(session: Session, order: Order) -> None:
    """Grant what a paid order gives; the caller holds the workspace's lock and knows that it can be given."""
    if order.action == "pack":
        pack, now = order.gives["pack"], database_now(session)
        _give(session, order, pack["resource"], pack["units"] * order.quantity, now, now + pack["days"] * DAY)
    elif order.action == "seats":
        _give(session, order, SEAT, order.quantity, database_now(session), _end(order))
    else:
        _fulfil_plan(session, order)


def _fulfil_plan(session: Session, order: Order) -> None:
    (starts_at, ends_at), plan = _span(session, order), _plan(order)
    session.add(
        Term(
            id=new_key(), workspace_id=order.workspace_id, plan=plan.code, kept=kept(plan), starts_at=starts_at,
            ends_at=ends_at, order_id=order.id,
        )
    )  # fmt: skip
    if order.gives["envelopes"] != 0:
        _give(session, order, ENVELOPE, order.gives["envelopes"], starts_at, ends_at)
    if order.gives["seats"]:
        _give(session, order, SEAT, order.gives["seats"], starts_at, ends_at)


def _span(session: Session, order: Order) -> tuple[datetime, datetime]:
    """From when until when a plan holds: an upgrade from now to its term's end, others after what is paid already."""
    now = standing_of(session, order.workspace_id)
    if order.action == "upgrade":
        assert now.term is not None and now.term.ends_at is not None
        return now.at, now.term.ends_at
    paid = now.covered_until if now.term is not None and now.plan.for_sale else None
    starts_at, days = paid or now.at, _plan(order).days
    assert days is not None
    return starts_at, starts_at + days * DAY


def take_back(session: Session, order: Order) -> None:
    """Cancel what a refunded order gave: its terms, and what is left of its batches. What was used stays used."""
    now = database_now(session)
    for term in session.scalars(select(Term).where(Term.order_id == order.id, Term.cancelled_at.is_(None))):
        term.cancelled_at = now
    for batch in session.scalars(select(Batch).where(Batch.order_id == order.id)).all():
        take_away(session, batch, "refunded")
        batch.ends_at = max(batch.starts_at, min(now, batch.ends_at or now))


def _end(order: Order) -> datetime:
    return datetime.fromisoformat(order.gives["ends_at"])


def _plan(order: Order) -> Plan:
    return plan_from(order.gives["plan"])


def _give(
    session: Session, order: Order, resource: str, amount: int | None, starts_at: datetime, ends_at: datetime
) -> None:
    batch = Batch(
        id=new_key(), workspace_id=order.workspace_id, resource=resource, product=order.product, names=order.names,
        order_id=order.id, origin=f"{resource} of order {order.id}", total=amount, available=amount,
        starts_at=starts_at, ends_at=ends_at,
    )  # fmt: skip
    grant(session, batch)
