"""What a workspace has subscribed to, and what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from chassis.problem import unavailable
from services.billing.ledger import ENVELOPE, IDENTITY, SEAT, grant, lock_workspace, usable
from services.billing.models import Batch, LedgerEntry, Subscription, Term
from services.billing.people import name_of
from services.billing.plans import NONE, Plan, kept
from services.billing.terms import DAY, Standing, standing, terms_of


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of a resource there is in running batches; ``total`` and ``available`` are None without a limit."""

    used: int
    total: int | None
    available: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """A workspace's plan and what is left of its resources."""

    workspace_name: str | None
    account: str | None
    standing: Standing
    envelopes: Amount
    identity: Amount
    seats: int | None


def begin_subscription(session: Session, workspace: UUID, plan: Plan) -> Subscription | None:
    """Give a new workspace its first plan with its envelopes; nothing happens, and None is told, when it has one."""
    if lock_workspace(session, workspace) is not None:
        return None
    now = database_now(session)
    ends_at = now + plan.days * DAY if plan.days else None
    subscription = Subscription(
        id=new_key(), workspace_id=workspace, plan=plan.code, seats=plan.seats, starts_at=now, ends_at=ends_at,
        look_at=now, known_at=now,
    )  # fmt: skip
    session.add(subscription)
    session.flush()
    if plan != NONE:
        add_term(session, workspace, plan)
    return subscription


def add_term(session: Session, workspace: UUID, plan: Plan) -> Term:
    """A term of a plan nobody pays for, from now, with what it gives. The caller holds the workspace's lock."""
    now = database_now(session)
    ends_at = now + plan.days * DAY if plan.days else None
    term = Term(
        id=new_key(), workspace_id=workspace, plan=plan.code, kept=kept(plan), starts_at=now, ends_at=ends_at
    )  # fmt: skip
    session.add(term)
    given = {ENVELOPE: plan.envelopes} if plan.envelopes is not None else {ENVELOPE: None, IDENTITY: None}
    for resource, amount in given.items():
        grant(
            session,
            Batch(
                id=new_key(), workspace_id=workspace, resource=resource, product=plan.code, names=dict(plan.names),
                total=amount, available=amount, origin=f"{resource} of term {term.id}", starts_at=now, ends_at=ends_at,
            ),
        )  # fmt: skip
    return term


def standing_of(session: Session, workspace: UUID) -> Standing:
    """The workspace's plan now."""
    return standing(terms_of(session, workspace), database_now(session))


def seats_total(session: Session, workspace: UUID) -> int | None:
    """How many members a workspace may have: its plan's seats and those bought beside it; None without a limit."""
    return _seats(session, workspace, standing_of(session, workspace))


def _seats(session: Session, workspace: UUID, now: Standing) -> int | None:
    if now.plan.seats is None:
        return None
    bought = usable(workspace, now.at, SEAT).with_only_columns(func.sum(Batch.total)).order_by(None)
    return now.plan.seats + (session.scalar(bought) or 0)


def overview(session: Session, workspace: UUID) -> Overview:
    """The plan and what is left in running batches; raises a 503 problem while the workspace is not known yet."""
    found = session.scalars(select(Subscription).where(Subscription.workspace_id == workspace)).first()
    if found is None:
        raise unavailable(1)
    now = standing_of(session, workspace)
    return Overview(
        name_of(session, workspace), found.account, now, _amount(session, workspace, now, ENVELOPE),
        _amount(session, workspace, now, IDENTITY), _seats(session, workspace, now),
    )  # fmt: skip


def list_batches(session: Session, workspace: UUID, resource: str | None = None) -> Sequence[Batch]:
    """Every batch, also those that have ended, the latest end first."""
    query = select(Batch).where(Batch.workspace_id == workspace)
    if resource:
        query = query.where(Batch.resource == resource)
    return session.scalars(query.order_by(Batch.ends_at.desc(), Batch.id.desc())).all()


def _amount(session: Session, workspace: UUID, now: Standing, resource: str) -> Amount:
    batches = session.scalars(usable(workspace, now.at, resource)).all()
    total, available = _sum([batch.total for batch in batches]), _sum([batch.available for batch in batches])
    return Amount(_used(session, batches), total, available)


def _used(session: Session, batches: Sequence[Batch]) -> int:
    if all(batch.total is not None for batch in batches):
        return sum((batch.total or 0) - (batch.available or 0) for batch in batches)
    query = select(func.sum(LedgerEntry.amount)).where(
        LedgerEntry.batch_id.in_([batch.id for batch in batches]), LedgerEntry.kind != "granted"
    )
    return -int(session.scalar(query) or 0)


def _sum(amounts: Sequence[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None
