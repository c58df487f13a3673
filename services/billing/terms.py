"""Which plan a workspace has at a moment, and until when, read from its terms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.billing.models import Term
from services.billing.plans import NONE, Plan, plan_from

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """A workspace's plan at ``at``.

    ``ends_at`` is when this plan ends, None without an end; ``covered_until`` is when the last plan bought ends.
    ``term`` is the running one, None when there is none; ``last`` is the one that ends at ``covered_until``.
    ``expired`` tells that a plan ran before; ``following`` is the plan that comes after this one.
    """

    at: datetime
    plan: Plan
    starts_at: datetime
    ends_at: datetime | None
    covered_until: datetime | None
    expired: bool
    term: Term | None
    following: Plan | None
    last: UUID | None = None

    @property
    def days_left(self) -> int | None:
        """Days until this plan ends, the last one counted whole; None without an end."""
        if self.ends_at is None:
            return None
        return max(math.ceil((self.ends_at - self.at) / DAY), 0)


def terms_of(session: Session, workspace: UUID) -> Sequence[Term]:
    """The terms of a workspace that were not cancelled, in the order of their beginnings."""
    query = select(Term).where(Term.workspace_id == workspace, Term.cancelled_at.is_(None))
    return session.scalars(query.order_by(Term.starts_at, Term.id)).all()


def plan_held(session: Session, workspace: UUID, code: str) -> Plan:
    """The plan of this code as the workspace had it last, refunded or not; without one `NONE`."""
    query = select(Term).where(Term.workspace_id == workspace, Term.plan == code).order_by(Term.starts_at.desc())
    last = session.scalars(query.limit(1)).first()
    return plan_from(last.kept) if last else NONE


def standing(terms: Sequence[Term], at: datetime) -> Standing:
    """The plan that counts at a moment."""
    term = _counting(terms, at)
    if term is None:
        return _without(terms, at)
    plan = plan_from(term.kept)
    ends_at = _reaches([one for one in terms if one.plan == term.plan], term.ends_at)
    covered = _reaches(terms, term.ends_at)
    following = _counting(terms, ends_at) if ends_at else None
    last = next((one.id for one in terms if covered and one.ends_at == covered), None)
    return Standing(
        at, plan, term.starts_at, ends_at, covered, False, term, following and plan_from(following.kept), last
    )


def _counting(terms: Sequence[Term], at: datetime) -> Term | None:
    running = [one for one in terms if one.starts_at <= at and (one.ends_at is None or one.ends_at > at)]
    return max(
        running, key=lambda one: (one.kept["rank"], one.ends_at is None, one.ends_at or at, one.id), default=None
    )


def _without(terms: Sequence[Term], at: datetime) -> Standing:
    over = [one for one in terms if one.ends_at is not None and one.ends_at <= at]
    if not over:
        return Standing(at, NONE, at, None, None, False, None, None)
    last = max(over, key=lambda one: (one.ends_at, one.kept["rank"]))
    return Standing(at, plan_from(last.kept), last.starts_at, last.ends_at, last.ends_at, True, None, None)


def _reaches(terms: Sequence[Term], end: datetime | None) -> datetime | None:
    """How far terms that follow each other without a gap reach beyond ``end``."""
    for one in terms:
        if end is None or (one.starts_at <= end and one.ends_at is None):
            return None
        if one.starts_at <= end and one.ends_at is not None:
            end = max(end, one.ends_at)
    return end


def changes(terms: Sequence[Term], after: datetime) -> list[datetime]:
    """The moments to come at which a term begins or ends."""
    moments = [moment for one in terms for moment in (one.starts_at, one.ends_at)]
    return [moment for moment in moments if moment is not None and moment > after]
