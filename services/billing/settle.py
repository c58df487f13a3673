"""Bringing a workspace's books to this moment: ended batches expire, plans begin and end, warnings are given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from chassis.database import database_now
from services.billing.announce import announce_ending, announce_plan
from services.billing.ledger import lock_workspace, settle_debts, take_away
from services.billing.models import Batch, Subscription, Term
from services.billing.plans import UNLIMITED, Plan
from services.billing.settings import BillingSettings
from services.billing.subscriptions import add_term, seats_total
from services.billing.terms import Standing, changes, plan_held, standing, terms_of
from services.billing.warnings import warn_of_end, warn_of_envelopes, warned_at


def settle(session: Session, subscription: Subscription, order: UUID | None = None) -> Standing:
    """Do what the clock or an order has brought about, and set when to look next; the caller holds the lock.

    A second time changes nothing.
    """
    session.flush()
    workspace, moment = subscription.workspace_id, database_now(session)
    lost = _expire(session, workspace, moment)
    settle_debts(session, workspace)
    terms = terms_of(session, workspace)
    now = standing(terms, moment)
    _tell(session, subscription, now, order)
    warn_of_end(session, subscription, now)
    if lost and now.term is not None:
        warn_of_envelopes(session, workspace)
    moments = [*changes(terms, moment), *_ends(session, workspace, moment), *warned_at(now)]
    subscription.look_at = min(moments, default=None)
    return now


def follow_mode(session: Session, workspace: UUID, settings: BillingSettings) -> None:
    """Let the operator's choice hold for a workspace that began under the other one.

    Without limits it gets the plan without limits. Under plans it loses that, and begins a trial if it has no other.
    """
    subscription = lock_workspace(session, workspace)
    if subscription is None:
        return
    terms = terms_of(session, workspace)
    free = [one for one in terms if one.plan == UNLIMITED.code]
    if settings.unlimited and not free:
        add_term(session, workspace, UNLIMITED)
    elif free and not settings.unlimited:
        _end(session, free)
        if len(free) == len(terms) and settings.sold.trial:
            add_term(session, workspace, settings.sold.trial)
    settle(session, subscription)


def _end(session: Session, terms: Sequence[Term]) -> None:
    """Cancel terms without an end, and end their batches."""
    now = database_now(session)
    for term in terms:
        term.cancelled_at = now
        mine = (Batch.workspace_id == term.workspace_id) & (Batch.product == term.plan)
        for batch in session.scalars(select(Batch).where(mine, Batch.ends_at.is_(None))):
            batch.ends_at = now


def _expire(session: Session, workspace: UUID, now: datetime) -> bool:
    """Take away what is left of batches that have ended; whether there was any."""
    over = (Batch.workspace_id == workspace) & (Batch.ends_at <= now) & (Batch.available > 0)
    found = session.scalars(select(Batch).where(over)).all()
    for batch in found:
        take_away(session, batch, "expired")
    return bool(found)


def _tell(session: Session, subscription: Subscription, now: Standing, order: UUID | None) -> None:
    """Keep the plan as it is now and tell it, when it is another than the one told last, or was bought."""
    running = now.term is not None
    ended = subscription.running and now.expired
    seats = seats_total(session, subscription.workspace_id)
    fresh = {
        "plan": now.plan.code, "seats": seats, "ends_at": now.ends_at,
        "starts_at": subscription.starts_at if now.plan.code == "none" else now.starts_at, "running": running,
    }  # fmt: skip
    if subscription.version and order is None and all(getattr(subscription, name) == fresh[name] for name in fresh):
        return
    had = plan_held(session, subscription.workspace_id, subscription.plan) if subscription.version else now.plan
    change = _change(subscription, had, now, seats)
    for name, value in fresh.items():
        setattr(subscription, name, value)
    subscription.version += 1
    announce_plan(session, subscription, now, order, change)
    if ended:
        announce_ending(session, subscription, now, ended=True)


def _change(before: Subscription, had: Plan, now: Standing, seats: int | None) -> dict[str, Any]:
    """What has changed against what was told last."""
    if not before.version or now.expired:
        change = "ended" if before.version else "begun"
    elif now.plan.rank != had.rank:
        change = "upgraded" if now.plan.rank > had.rank else "downgraded"
    else:
        change = "seats" if seats != before.seats and now.ends_at == before.ends_at else "extended"
    return {"change": change, "seats_before": before.seats, "before_names": dict(had.names)}


def _ends(session: Session, workspace: UUID, now: datetime) -> Sequence[datetime]:
    """When batches end that still have something."""
    some = or_(Batch.available > 0, Batch.total.is_(None)) & (Batch.ends_at > now)
    query = select(Batch.ends_at).where(Batch.workspace_id == workspace, some)
    return [moment for moment in session.scalars(query) if moment is not None]
