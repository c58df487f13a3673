"""Warnings before something runs out, each given once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import database_now
from services.billing.announce import announce_ending, announce_envelopes
from services.billing.ledger import ENVELOPE, usable
from services.billing.models import Batch, Subscription, Warned
from services.billing.terms import DAY, Standing

PERCENTS = (20, 5, 0)
DAYS = (7, 3, 1)


def warn_of_envelopes(session: Session, workspace: UUID) -> None:
    """Tell the admins when 20 %, 5 % or none of the running batches are left; once for each batch that is added.

    What runs out at once is told as that only. The caller holds the workspace's lock.
    """
    batches = session.scalars(usable(workspace, database_now(session))).all()
    if not batches or any(batch.total is None for batch in batches):
        return
    total, available = sum(one.total or 0 for one in batches), sum(one.available or 0 for one in batches)
    passed = [percent for percent in PERCENTS if available * 100 <= total * percent]
    newest = _newest(session, workspace)
    fresh = _fresh(session, workspace, {percent: f"envelopes {percent} {newest}" for percent in passed})
    if total and fresh and fresh[-1] == passed[-1]:
        announce_envelopes(session, workspace, passed[-1], available, total)


def _newest(session: Session, workspace: UUID) -> UUID | None:
    """The batch that was added last, even when it has ended since: what ran out before it came is told anew."""
    mine = (Batch.workspace_id == workspace) & (Batch.resource == ENVELOPE) & (Batch.starts_at <= database_now(session))
    return session.scalars(select(Batch.id).where(mine).order_by(Batch.id.desc()).limit(1)).first()


def warn_of_end(session: Session, subscription: Subscription, now: Standing) -> None:
    """Tell the admins 7, 3 and 1 days before nothing is paid for any more; once for each end."""
    if now.expired or now.covered_until is None or now.covered_until != now.ends_at:
        return
    passed = [days for days in DAYS if now.days_left is not None and now.days_left <= days]
    workspace = subscription.workspace_id
    fresh = _fresh(session, workspace, {days: f"ending {days} {now.last}" for days in passed})
    if fresh and fresh[-1] == passed[-1]:
        announce_ending(session, subscription, now, ended=False)


def warned_at(now: Standing) -> list[datetime]:
    """The moments to come at which an end is warned of."""
    if now.expired or now.covered_until is None:
        return []
    return [moment for days in DAYS if (moment := now.covered_until - days * DAY) > now.at]


def _fresh(session: Session, workspace: UUID, subjects: Mapping[int, str]) -> list[int]:
    """Those that nothing was said about yet, noted as said; the caller's lock on the workspace keeps others away."""
    if not subjects:
        return []
    mine = (Warned.workspace_id == workspace) & Warned.subject.in_(subjects.values())
    known = set(session.scalars(select(Warned.subject).where(mine)))
    fresh = [mark for mark, subject in subjects.items() if subject not in known]
    session.add_all(Warned(workspace_id=workspace, subject=subjects[mark], at=database_now(session)) for mark in fresh)
    return fresh
