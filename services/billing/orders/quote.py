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
from services.billing.ledger import SEAT, usable
from services.billing.models import Batch
from services.billing.money import MOST, share, share_up
from services.billing.plans import PACKS, PLANS, Names, Pack, Plan, names_of
from services.billing.prices import Sheet
from services.billing.subscriptions import standing_of
from services.billing.terms import DAY, Standing

AHEAD = 2 * 365 * DAY  # how far a plan may be paid in advance


@dataclass(frozen=True, slots=True)
class Line:
    """``quantity`` of a product at ``unit``; ``days`` of ``of_days`` when less than the whole is charged.

    ``instead_of`` is the plan whose price for these days is taken off.
    """

    product: str
    quantity: int
    unit: int
    days: int | None
    of_days: int | None
    instead_of: str | None
    amount: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A price in the currency's smallest unit. ``gives`` is kept with the order and granted when it is paid."""

    action: str
    product: str
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


def quote(session: Session, workspace: UUID, sheet: Sheet, product: str, quantity: int, seats: int | None) -> Quote:
    """The price of a product now; ``seats`` are extra seats bought with a plan, None for as many as there are.

    Raises 404 for what is not for sale, 409 ``plan_needed``, ``seats_without_limit`` or ``renewed_enough``.
    """
    if product not in sheet.prices:
        raise Problem(404, "not_for_sale")
    now = standing_of(session, workspace)
    if product in PACKS:
        return _pack(sheet, now, PACKS[product], quantity)
    extra = _extra_seats(session, workspace) if seats is None else seats
    return _plan(sheet, now, PLANS[product], extra)


def action_for(now: Standing, plan: Plan) -> str:
    """What buying this plan would be: start, renew, upgrade or downgrade."""
    if now.term is None or not now.plan.for_sale:
        return "start"
    if plan.rank == now.plan.rank:
        return "renew"
    return "upgrade" if plan.rank > now.plan.rank else "downgrade"


def _plan(sheet: Sheet, now: Standing, plan: Plan, extra: int) -> Quote:
    action = action_for(now, plan)
    if action == "upgrade":
        return _upgrade(sheet, now, plan)
    starts_at = now.covered_until if action != "start" and now.covered_until else now.at
    if starts_at - now.at > AHEAD:
        raise Problem(409, "renewed_enough")
    assert plan.days is not None
    extra = 0 if plan.seats is None else extra
    lines = [_whole(sheet, plan.code, 1)] + ([_whole(sheet, "seat", extra)] if extra else [])
    gives = {"plan": plan.code, "envelopes": plan.envelopes, "seats": extra}
    return _sum(sheet, action, plan.code, 1, (starts_at, starts_at + plan.days * DAY), lines, gives)


def _upgrade(sheet: Sheet, now: Standing, plan: Plan) -> Quote:
    """The difference for the days that are left of the running term, in money and in envelopes."""
    term = now.term
    assert term is not None and term.ends_at is not None and plan.days is not None
    days, old = _days(now.at, term.ends_at, plan.days), PLANS[term.plan]
    amount = share(sheet.prices[plan.code] - sheet.prices.get(old.code, 0), days, plan.days)
    line = Line(plan.code, 1, sheet.prices[plan.code], days, plan.days, old.code, max(amount, 0))
    more = share_up((plan.envelopes or 0) - (old.envelopes or 0), days, plan.days)
    gives = {"plan": plan.code, "envelopes": more, "seats": 0, "term": str(term.id)}
    return _sum(sheet, "upgrade", plan.code, 1, (now.at, term.ends_at), [line], gives)


def _pack(sheet: Sheet, now: Standing, pack: Pack, quantity: int) -> Quote:
    if now.term is None or (pack.resource == SEAT and not now.plan.for_sale):
        raise Problem(409, "plan_needed")
    if pack.resource == SEAT and now.plan.seats is None:
        raise Problem(409, "seats_without_limit")
    if pack.resource == SEAT:
        assert now.ends_at is not None and now.plan.days is not None
        days = _days(now.at, now.ends_at, None)
        amount = share(sheet.prices[pack.code] * quantity, days, now.plan.days)
        line = Line(pack.code, quantity, sheet.prices[pack.code], days, now.plan.days, None, amount)
        gives = {"pack": pack.code, "ends_at": now.ends_at.isoformat()}
        return _sum(sheet, "seats", pack.code, quantity, (now.at, now.ends_at), [line], gives)
    assert pack.days is not None
    span = (now.at, now.at + pack.days * DAY)
    return _sum(sheet, "pack", pack.code, quantity, span, [_whole(sheet, pack.code, quantity)], {"pack": pack.code})


def _whole(sheet: Sheet, product: str, quantity: int) -> Line:
    if product not in sheet.prices:
        raise Problem(404, "not_for_sale")
    unit = sheet.prices[product]
    return Line(product, quantity, unit, None, None, None, unit * quantity)


def _days(start: datetime, end: datetime, most: int | None) -> int:
    """The days from ``start`` to ``end``, a begun one counted whole."""
    days = max(-((start - end) // DAY), 1)
    return days if most is None else min(days, most)


def _extra_seats(session: Session, workspace: UUID) -> int:
    bought = usable(workspace, database_now(session), SEAT).with_only_columns(func.sum(Batch.total)).order_by(None)
    return session.scalar(bought) or 0


def _sum(
    sheet: Sheet, action: str, product: str, quantity: int, span: tuple[datetime, datetime], lines: Sequence[Line],
    gives: Mapping[str, Any],
) -> Quote:  # fmt: skip
    amount = sum(line.amount for line in lines)
    net, tax = sheet.tax.split(amount) if sheet.tax else (amount, 0)
    if net + tax > MOST:
        raise Problem(422, "too_much_at_once")
    return Quote(
        action, product, quantity, *span, lines, sheet.currency, net, tax, sheet.tax.rate if sheet.tax else 0,
        sheet.tax.names if sheet.tax else None, net + tax, gives,
    )  # fmt: skip


def line_name(line: Mapping[str, Any], language: str) -> str:
    """A line's product in a language."""
    return names_of(line["product"])[language]
