"""The public API: what the current workspace has; and, inside, the envelopes *agreement* asks for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g
from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE
from chassis.tokens import Kind
from contracts.rights import Right
from services.billing.plans import PLANS, Plan
from services.billing.reservations import release, reserve
from services.billing.schemas import (
    BatchesOut,
    NewReservation,
    NewSeat,
    NewSeats,
    OverviewOut,
    PlansOut,
    ReservationOut,
    SeatOut,
    SeatsOut,
    SeatVersion,
)
from services.billing.seats import give_up_seat, take_seat, take_seats
from services.billing.subscriptions import list_batches, overview

billing = Blueprint("billing", __name__, url_prefix="/api/v1/billing", description="Plan, envelopes, seats")
internal = Blueprint("internal", __name__, url_prefix="/internal/reservations")
seats = Blueprint("seats", __name__, url_prefix="/internal/seats")


def workspace() -> UUID:
    """The current workspace of the person who asks."""
    found = principal().workspace
    assert found is not None
    return found


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
        found = overview(session, workspace())
    return {
        "plan": shown(found.plan), "starts_at": found.starts_at, "ends_at": found.ends_at, "expired": found.expired,
        "days_left": found.days_left, "envelopes": found, "seats": found,
    }  # fmt: skip


@billing.route("/batches", methods=["GET"])
@billing.response(200, BatchesOut)
@access(Kind.USER, right=Right.MANAGE_BILLING)
def get_batches() -> Any:
    with runtime().db.read(workspace()) as session:
        return {"batches": list_batches(session, workspace())}


@billing.route("/plans", methods=["GET"])
@billing.response(200, PlansOut)
@access(Kind.USER, workspace=False)
def get_plans() -> Any:
    return {"plans": [shown(plan) for plan in PLANS.values()]}


@internal.route("", methods=["POST"])
@internal.arguments(NewReservation)
@internal.response(200, ReservationOut)
@access(Kind.SERVICE, callers={"agreement"})
def make_reservation(body: dict[str, Any]) -> Any:
    with runtime().db.transaction(EVERYONE) as session:
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
        return take_seat(session, body["workspace_id"], body["member_id"], body["version"])


@seats.route("/many", methods=["POST"])
@seats.arguments(NewSeats)
@seats.response(200, SeatsOut)
@access(Kind.SERVICE, callers={"workspace"})
def make_seats(body: dict[str, Any]) -> Any:
    with runtime().db.transaction(EVERYONE) as session:
        return {"member_ids": take_seats(session, body["workspace_id"], body["member_ids"])}


@seats.route("/<uuid:member>", methods=["DELETE"])
@seats.arguments(SeatVersion, location="query")
@seats.response(204)
@access(Kind.SERVICE, callers={"workspace"})
def release_seat(query: dict[str, Any], member: UUID) -> None:
    with runtime().db.transaction(EVERYONE) as session:
        give_up_seat(session, member, query["version"])
