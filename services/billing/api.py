"""The public API: what the current workspace has; and, inside, the envelopes *agreement* asks for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from flask import g
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE, database_now
from chassis.problem import Problem
from chassis.tokens import Kind
from contracts.rights import Right
from services.billing.models import Batch
from services.billing.plans import UNLIMITED, Plan
from services.billing.reservations import release, reserve
from services.billing.schemas import (
    BatchesOut,
    BatchQuery,
    NewReservation,
    NewSeat,
    NewSeats,
    OverviewOut,
    PlansOut,
    ReservationOut,
    SeatOut,
    SeatsOut,
    SeatVersion,
    UsageOut,
    UsageQuery,
)
from services.billing.seats import count_seats, give_up_seat, take_seat, take_seats
from services.billing.settings import BillingSettings
from services.billing.settle import follow_mode
from services.billing.subscriptions import list_batches, overview, standing_of
from services.billing.usage import usage

billing = Blueprint("billing", __name__, url_prefix="/api/v1/billing", description="Plan, envelopes, seats")
internal = Blueprint("internal", __name__, url_prefix="/internal/reservations")
seats = Blueprint("seats", __name__, url_prefix="/internal/seats")
LONGEST = timedelta(days=2 * 366)


def workspace() -> UUID:
    """The current workspace of the person who asks."""
    found = principal().workspace
    assert found is not None
    return found


def settings() -> BillingSettings:
    """The running service's settings."""
    return cast(BillingSettings, runtime().settings)


def unlimited() -> bool:
    """Whether everybody may use everything here."""
    return settings().unlimited


def follow(session: Session, workspace: UUID) -> None:
    """Where nothing is for sale, nobody is refused anything, also before the clock work has come by."""
    if unlimited() and standing_of(session, workspace).plan.code != UNLIMITED.code:
        follow_mode(session, workspace, settings())


def shown(plan: Plan) -> dict[str, Any]:
    """A plan in the reader's language."""
    return {
        "code": plan.code, "name": plan.names[g.language], "days": plan.days, "envelopes": plan.envelopes,
        "seats": plan.seats, "api": plan.api,
    }  # fmt: skip


@billing.route("", methods=["GET"])
@billing.response(200, OverviewOut)
@access(Kind.USER, right=Right.SEE_BILLING)
def get_overview() -> Any:
    with runtime().db.read(workspace()) as session:
        found, taken = overview(session, workspace()), count_seats(session, workspace())
    now = found.standing
    return {
        "workspace_name": found.workspace_name, "account_id": found.account, "plan": shown(now.plan),
        "unlimited": unlimited(), "starts_at": now.starts_at, "ends_at": now.ends_at, "expired": now.expired,
        "covered_until": now.covered_until, "following": now.following and shown(now.following),
        "days_left": now.days_left, "envelopes": found.envelopes, "identity_checks": found.identity,
        "seats": {"total": found.seats, "used": taken},
    }  # fmt: skip


@billing.route("/batches", methods=["GET"])
@billing.arguments(BatchQuery, location="query")
@billing.response(200, BatchesOut)
@access(Kind.USER, right=Right.MANAGE_BILLING)
def get_batches(query: dict[str, Any]) -> Any:
    with runtime().db.read(workspace()) as session:
        now = database_now(session)
        return {"batches": [_batch(one, now) for one in list_batches(session, workspace(), query["resource"])]}


def _batch(batch: Batch, now: datetime) -> dict[str, Any]:
    return {
        "id": batch.id, "resource": batch.resource, "name": batch.names[g.language],
        "state": _state(batch, now), "total": batch.total, "available": batch.available, "starts_at": batch.starts_at,
        "ends_at": batch.ends_at,
    }  # fmt: skip


def _state(batch: Batch, now: datetime) -> str:
    if batch.ends_at is not None and batch.ends_at <= now:
        return "ended"
    if batch.starts_at > now:
        return "coming"
    return "used_up" if batch.available == 0 else "valid"


@billing.route("/usage", methods=["GET"])
@billing.arguments(UsageQuery, location="query")
@billing.response(200, UsageOut)
@access(Kind.USER, right=Right.MANAGE_BILLING)
def get_usage(query: dict[str, Any]) -> Any:
    """Envelopes used on each day or in each month (UTC), two years at most."""
    first, last = query["first"], query["last"]
    if not timedelta(0) <= last - first <= LONGEST:
        raise Problem(422, "period_invalid")
    with runtime().db.read(workspace()) as session:
        found = usage(session, workspace(), first, last, query["by"])
    return {"usage": [{"period": period, "used": used} for period, used in found]}


@billing.route("/plans", methods=["GET"])
@billing.response(200, PlansOut)
@access(Kind.USER, workspace=False)
def get_plans() -> Any:
    if unlimited():
        return {"plans": [shown(UNLIMITED)]}
    return {"plans": [shown(plan) for plan in settings().sold.plans.values()]}


@internal.route("", methods=["POST"])
@internal.arguments(NewReservation)
@internal.response(200, ReservationOut)
@access(Kind.SERVICE, callers={"agreement"})
def make_reservation(body: dict[str, Any]) -> Any:
    with runtime().db.transaction(EVERYONE) as session:
        follow(session, body["workspace_id"])
        return reserve(session, body["workspace_id"], body["agreement_id"])


@internal.route("/<uuid:agreement>/release", methods=["POST"])
@internal.response(204)
@access(Kind.SERVICE, callers={"agreement"})
def release_reservation(agreement: UUID) -> None:
    with runtime().db.transaction(EVERYONE) as session:
        release(session, agreement)


@seats.route("", methods=["POST"])
@seats.arguments(NewSeat)
@seats.response(201, SeatOut)
@access(Kind.SERVICE, callers={"workspace"})
def make_seat(body: dict[str, Any]) -> Any:
    with runtime().db.transaction(EVERYONE) as session:
        follow(session, body["workspace_id"])
        return take_seat(session, body["workspace_id"], body["member_id"], body["version"])


@seats.route("/many", methods=["POST"])
@seats.arguments(NewSeats)
@seats.response(200, SeatsOut)
@access(Kind.SERVICE, callers={"workspace"})
def make_seats(body: dict[str, Any]) -> Any:
    with runtime().db.transaction(EVERYONE) as session:
        follow(session, body["workspace_id"])
        return {"member_ids": take_seats(session, body["workspace_id"], body["member_ids"])}


@seats.route("/<uuid:member>", methods=["DELETE"])
@seats.arguments(SeatVersion, location="query")
@seats.response(204)
@access(Kind.SERVICE, callers={"workspace"})
def release_seat(query: dict[str, Any], member: UUID) -> None:
    with runtime().db.transaction(EVERYONE) as session:
        give_up_seat(session, member, query["version"])
