"""Finding orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import parse_public_id
from chassis.problem import not_found
from services.billing.ledger import lock_workspace
from services.billing.ordermodels import Order
from services.billing.orders.states import may_become


def order_key(text: str) -> UUID:
    """The key of an order's public id; raises the 404 problem."""
    key = parse_public_id("ord", text)
    if key is None:
        raise not_found()
    return key


def find(session: Session, key: UUID) -> Order:
    """The order of this key; raises the 404 problem."""
    found = session.scalars(select(Order).where(Order.id == key)).first()
    if found is None:
        raise not_found()
    return found


def lock(session: Session, key: UUID) -> Order:
    """The order, with its workspace and itself locked until the transaction ends; raises the 404 problem."""
    workspace = session.scalar(select(Order.workspace_id).where(Order.id == key))
    if workspace is None:
        raise not_found()
    lock_workspace(session, workspace)
    query = select(Order).where(Order.id == key).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def move(session: Session, order: Order, state: str) -> bool:
    """Give a locked order another state; False when it may not have that after the one it has."""
    if not may_become(order.state, state):
        return False
    order.state = state
    if state in ("expired", "cancelled", "refunded"):
        order.ended_at = database_now(session)
    return True


def list_orders(session: Session, workspace: UUID, before: datetime | None, limit: int) -> Sequence[Order]:
    """The orders of a workspace, the newest first; ``before`` is when the last one seen was made."""
    query = select(Order).where(Order.workspace_id == workspace)
    if before:
        query = query.where(Order.created_at < before)
    return session.scalars(query.order_by(Order.created_at.desc(), Order.id.desc()).limit(limit)).all()
