"""What something costs a workspace now, and what it would give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.problem import Problem
from services.billing.catalogue import Catalogue
from services.billing.ledger import SEAT, usable
from services.billing.models import Batch, Term
from services.billing.money import MOST, share, share_up
from services.billing.ordermodels import Order
from services.billing.plans import SEATS, Names, Pack, Plan, kept, plan_from
from services.billing.prices import Sheet
from services.billing.subscriptions import standing_of
from services.billing.terms import DAY, Standing

AHEAD = 2 * 365 * DAY  # how far a plan may be paid in advance


@dataclass(frozen=True, slots=True)
class Line:
    """``quantity`` of a product at ``unit``; ``days`` of ``of_days`` when less than the whole is charged.

    ``instead_of`` is the plan whose price for these days is taken off. The names are kept as they are now.
    """

    product: str
    names: Names
    quantity: int
    unit: int
    days: int | None
    of_days: int | None
    instead_of: str | None
    instead_of_names: Names | None
    amount: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A price in the currency's smallest unit. ``gives`` is kept with the order and granted when it is paid."""

    action: str
    product: str
    names: Names
    quantity: int
    starts_at: datetime
    ends_at: datetime | None
    lines: Sequence[Line]
    currency: str
    net: int
    tax: int
    tax_rate: int
    tax_names: Names | None
    total: int
    gives: Mapping[str, Any]


def quote(
    session: Session, workspace: UUID, sold: Catalogue, sheet: Sheet, product: str, quantity: int, seats: int | None
) -> Quote:
    """The price of a product now; ``seats`` are extra seats bought with a plan, None for as many as there are.

    Raises 404 for what is not for sale, 409 ``plan_needed``, ``seats_without_limit`` or ``renewed_enough``.
    """
    if product not in sheet.prices:
        raise Problem(404, "not_for_sale")
    now = standing_of(session, workspace)
    if pack := sold.packs.get(product):
        return _pack(sheet, now, pack, quantity)
    extra = _extra_seats(session, workspace) if seats is None else seats
    return _plan(session, sold, sheet, now, sold.plans[product], extra)


def action_for(now: Standing, plan: Plan) -> str:
    """What buying this plan would be: start, renew, upgrade or downgrade."""
    if now.term is None or not now.plan.for_sale:
        return "start"
    if plan.rank == now.plan.rank:
        return "renew"
    return "upgrade" if plan.rank > now.plan.rank else "downgrade"


def _plan(session: Session, sold: Catalogue, sheet: Sheet, now: Standing, plan: Plan, extra: int) -> Quote:
    action = action_for(now, plan)
    if action == "upgrade":
        return _upgrade(session, sheet, now, plan)
    starts_at = now.covered_until if action != "start" and now.covered_until else now.at
    if starts_at - now.at > AHEAD:
        raise Problem(409, "renewed_enough")
    assert plan.days is not None
    seat = sold.packs.get(SEATS) if SEATS in sheet.prices else None
    extra = extra if plan.seats is not None and seat else 0
    lines = [_whole(sheet, plan, 1)] + ([_whole(sheet, seat, extra)] if seat and extra else [])
    gives = {"plan": kept(plan), "envelopes": plan.envelopes, "seats": extra}
    return _sum(sheet, action, plan, 1, (starts_at, starts_at + plan.days * DAY), lines, gives)


def _upgrade(session: Session, sheet: Sheet, now: Standing, plan: Plan) -> Quote:
    """The difference for the days that are left of the running term, in money and in envelopes."""
    term = now.term
    assert term is not None and term.ends_at is not None and plan.days is not None
    old, unit = plan_from(term.kept), sheet.prices[plan.code]
    assert old.days is not None
    days = _days(now.at, term.ends_at, old.days)
    amount = share(unit * old.days - _worth(session, sheet, term) * plan.days, days, plan.days * old.days)
    line = Line(plan.code, plan.names, 1, unit, days, plan.days, old.code, old.names, max(amount, 0))
    gives = {"plan": kept(plan), "envelopes": _more_envelopes(plan, old, days), "seats": 0, "term": str(term.id)}
    return _sum(sheet, "upgrade", plan, 1, (now.at, term.ends_at), [line], gives)


def _more_envelopes(plan: Plan, old: Plan, days: int) -> int | None:
    """What a plan gives beyond the old one in so many days; None without a limit."""
    if plan.envelopes is None:
        return None
    assert plan.days is not None and old.days is not None
    more = plan.envelopes * old.days - (old.envelopes or 0) * plan.days
    return share_up(max(more, 0), days, plan.days * old.days)


def _worth(session: Session, sheet: Sheet, term: Term) -> int:
    """What the running plan costs now; one that is not sold any more is worth what was paid for it."""
    if term.plan in sheet.prices:
        return sheet.prices[term.plan]
    order = session.get(Order, term.order_id) if term.order_id else None
    paid = [line["unit"] for line in order.lines if line["product"] == term.plan] if order else []
    return int(paid[0]) if order and paid and order.currency == sheet.currency else 0


def _pack(sheet: Sheet, now: Standing, pack: Pack, quantity: int) -> Quote:
    if now.term is None or (pack.resource == SEAT and not now.plan.for_sale):
        raise Problem(409, "plan_needed")
    if pack.resource == SEAT and now.plan.seats is None:
        raise Problem(409, "seats_without_limit")
    if pack.resource == SEAT:
        assert now.ends_at is not None and now.plan.days is not None
        days = _days(now.at, now.ends_at, None)
        amount = share(sheet.prices[pack.code] * quantity, days, now.plan.days)
        line = Line(pack.code, pack.names, quantity, sheet.prices[pack.code], days, now.plan.days, None, None, amount)
        gives = {"pack": kept(pack), "ends_at": now.ends_at.isoformat()}
        return _sum(sheet, "seats", pack, quantity, (now.at, now.ends_at), [line], gives)
    assert pack.days is not None
    span = (now.at, now.at + pack.days * DAY)
    return _sum(sheet, "pack", pack, quantity, span, [_whole(sheet, pack, quantity)], {"pack": kept(pack)})


def _whole(sheet: Sheet, product: Plan | Pack, quantity: int) -> Line:
    unit = sheet.prices[product.code]
    return Line(product.code, product.names, quantity, unit, None, None, None, None, unit * quantity)


def _days(start: datetime, end: datetime, most: int | None) -> int:
    """The days from ``start`` to ``end``, a begun one counted whole."""
    days = max(-((start - end) // DAY), 1)
    return days if most is None else min(days, most)


def _extra_seats(session: Session, workspace: UUID) -> int:
    bought = usable(workspace, database_now(session), SEAT).with_only_columns(func.sum(Batch.total)).order_by(None)
    return session.scalar(bought) or 0


def _sum(
    sheet: Sheet, action: str, product: Plan | Pack, quantity: int, span: tuple[datetime, datetime],
    lines: Sequence[Line], gives: Mapping[str, Any],
) -> Quote:  # fmt: skip
    amount = sum(line.amount for line in lines)
    net, tax = sheet.tax.split(amount) if sheet.tax else (amount, 0)
    if net + tax > MOST:
        raise Problem(422, "too_much_at_once")
    return Quote(
        action, product.code, product.names, quantity, *span, lines, sheet.currency, net, tax,
        sheet.tax.rate if sheet.tax else 0, sheet.tax.names if sheet.tax else None, net + tax, gives,
    )  # fmt: skip
