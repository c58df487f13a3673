"""Placing an order, opening its payment, and giving it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key, public_id
from chassis.problem import Problem, unavailable
from chassis.service import Runtime
from chassis.tokens import Principal
from services.billing.announce import announce_order
from services.billing.invoices import issue
from services.billing.ledger import lock_workspace
from services.billing.models import Subscription
from services.billing.ordermodels import Order
from services.billing.orders.find import find
from services.billing.orders.hear import act
from services.billing.orders.pay import close, pay
from services.billing.orders.quote import quote
from services.billing.orders.states import PAYABLE
from services.billing.payments.port import Bill, provider_of
from services.billing.people import country_of
from services.billing.prices import Sheet, sheet_of
from services.billing.settings import BillingSettings

OPEN_ORDERS = 10


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to buy, and how they pay. ``buyer`` stands on the invoice: name, address, tax_id."""

    product: str
    quantity: int
    seats: int | None
    provider: str
    buyer: Mapping[str, str]
    language: str
    by: Principal


def prices_for(session: Session, runtime: Runtime, workspace: UUID) -> Sheet:
    """The prices in the workspace's country; raises a 409 problem where nothing is for sale."""
    settings = cast(BillingSettings, runtime.settings)
    if settings.unlimited:
        raise Problem(409, "nothing_for_sale")
    return sheet_of(settings.sold.sheets, country_of(session, workspace))


def place(runtime: Runtime, workspace: UUID, wish: Wish) -> UUID:
    """Make an order at the prices of this moment and open its payment. Raises the problems of `quote`, 503."""
    with runtime.db.transaction(workspace) as session:
        key = _write(session, runtime, workspace, wish)
    begin_payment(runtime, workspace, key, wish.by.email)
    return key


def _write(session: Session, runtime: Runtime, workspace: UUID, wish: Wish) -> UUID:
    sheet, provider = prices_for(session, runtime, workspace), provider_of(runtime, wish.provider)
    sold = cast(BillingSettings, runtime.settings).sold
    if lock_workspace(session, workspace) is None:
        raise unavailable(1)
    _refuse_hoarding(session, workspace)
    found, now = quote(session, workspace, sold, sheet, wish.product, wish.quantity, wish.seats), database_now(session)
    order = Order(
        id=new_key(), workspace_id=workspace, state="open", action=found.action, product=found.product,
        names=dict(found.names), quantity=found.quantity, gives=dict(found.gives),
        lines=[asdict(line) for line in found.lines], country=sheet.country, currency=found.currency,
        net=found.net, tax=found.tax, tax_rate=found.tax_rate,
        tax_names=found.tax_names and dict(found.tax_names), total=found.total, buyer=dict(wish.buyer),
        language=wish.language, provider=wish.provider, created_by=wish.by.account, created_at=now,
        expires_at=now + provider.lasts, look_at=now + provider.lasts,
    )  # fmt: skip
    session.add(order)
    session.flush()
    announce_order(session, "billing.order_placed.v1", order, wish.by)
    if provider.bills_first:
        issue(session, order)
    if order.total == 0:
        pay(session, order.id, None, wish.by)
    return order.id


def begin_payment(runtime: Runtime, workspace: UUID, key: UUID, email: str) -> None:
    """Open the payment of an order that can be paid; one that is open already stays."""
    with runtime.db.read(workspace) as session:
        order = find(session, key)
        if order.state not in PAYABLE or order.url:
            return
        account = session.scalar(select(Subscription.account).where(Subscription.workspace_id == workspace))
        bill = _bill(order, runtime.settings.public_url, email, account)
    begun = provider_of(runtime, order.provider).begin(bill)
    with runtime.db.transaction(workspace) as session:
        order = find(session, key)
        order.session, order.url = begun.session, begun.url


def give_up(runtime: Runtime, workspace: UUID, key: UUID, by: Principal) -> None:
    """Cancel an order nobody has paid; raises 404, 409 ``order_settled``."""
    with runtime.db.transaction(workspace) as session:
        order = find(session, key)
        if not close(session, key, "cancelled", by):
            raise Problem(409, "order_settled")
    if order.session:
        provider_of(runtime, order.provider).end(order.session)


def refresh(runtime: Runtime, workspace: UUID, key: UUID) -> None:
    """Ask the provider what became of an order, should it not have told yet. Raises 404, 503."""
    with runtime.db.read(workspace) as session:
        order = find(session, key)
    if order.state not in PAYABLE | {"processing"} or not order.session:
        return
    told = provider_of(runtime, order.provider).look(order.session)
    if told:
        with runtime.db.transaction(workspace) as session:
            act(session, key, told)


def _bill(order: Order, public_url: str, email: str, customer: str | None) -> Bill:
    name = public_id("ord", order.id)
    items = [(f"{line['names'][order.language]} × {line['quantity']}", line["amount"]) for line in order.lines]
    charged = sum(amount for _, amount in items)
    if order.total > charged and order.tax_names:
        items.append((order.tax_names[order.language], order.total - charged))
    return Bill(
        name, tuple(items), order.currency, order.language, email, customer,
        f"{public_url}/management/billing/orders/{name}", int(order.expires_at.timestamp()),
    )  # fmt: skip


def _refuse_hoarding(session: Session, workspace: UUID) -> None:
    mine = (Order.workspace_id == workspace) & Order.state.in_(PAYABLE)
    if (session.scalar(select(func.count()).select_from(Order).where(mine)) or 0) >= OPEN_ORDERS:
        raise Problem(409, "too_many_open_orders")
