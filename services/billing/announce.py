"""The events of *billing*, made from its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.ids import new_key, public_id
from chassis.outbox import emit
from chassis.tokens import Principal
from services.billing.models import Subscription
from services.billing.money import written
from services.billing.ordermodels import Order
from services.billing.people import admin_of, admins, name_of
from services.billing.terms import Standing


def announce_plan(
    session: Session, subscription: Subscription, now: Standing, order: UUID | None, change: Mapping[str, Any]
) -> None:
    """Tell the plan a workspace has now, by which order it got it, and what has changed."""
    data = {
        **change,
        "plan": now.plan.code, "plan_names": dict(now.plan.names), "api": now.plan.api and not now.expired,
        "seats": subscription.seats, "starts_at": now.starts_at.isoformat(),
        "ends_at": now.ends_at and now.ends_at.isoformat(), "order_id": order and public_id("ord", order),
    }  # fmt: skip
    _emit(session, "billing.plan_changed.v1", subscription.workspace_id, subscription.version, data)


def announce_order(session: Session, type: str, order: Order, by: Principal | None) -> None:
    """Tell what became of an order; ``by`` is None for the payment provider, the operator and the clock."""
    data = {
        "workspace_id": str(order.workspace_id), "order_id": public_id("ord", order.id), "action": order.action,
        "product": order.product, "product_names": dict(order.names), "quantity": order.quantity,
        "amount": written(order.total, order.currency), "provider": order.provider, "by": by and by.told(),
        "buyer": order.created_by and admin_of(session, order.workspace_id, order.created_by),
    }  # fmt: skip
    emit(session, type, subject=new_key(), sequence=1, data=data, workspace=order.workspace_id)


def announce_ending(session: Session, subscription: Subscription, now: Standing, ended: bool) -> None:
    """Tell that the plan ends soon, or has ended."""
    assert now.ends_at is not None
    data = {"plan": now.plan.code, "plan_names": dict(now.plan.names), "ends_at": now.ends_at.isoformat()}
    left = {} if ended else {"days_left": now.days_left}
    type = "billing.plan_ended.v1" if ended else "billing.plan_ending.v1"
    _emit(session, type, subscription.workspace_id, subscription.version, {**data, **left})


def announce_envelopes(session: Session, workspace: UUID, percent: int, available: int, total: int) -> None:
    """Tell that few envelopes are left, or none."""
    if percent == 0:
        _emit(session, "billing.exhausted.v1", workspace, 1, {"total": total}, new_key())
        return
    data = {"percent": percent, "available": available, "total": total}
    _emit(session, "billing.envelopes_low.v1", workspace, 1, data, new_key())


def _emit(
    session: Session, type: str, workspace: UUID, sequence: int, data: dict[str, Any], subject: UUID | None = None
) -> None:
    told = {
        "workspace_id": str(workspace), "workspace_name": name_of(session, workspace) or "",
        "parties": admins(session, workspace), **data,
    }  # fmt: skip
    emit(session, type, subject=subject or workspace, sequence=sequence, data=told, workspace=workspace)
