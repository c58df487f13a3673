"""The public API of buying: prices, quotes, orders, invoices, and what payment providers tell."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask import Response, g, request
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE
from chassis.problem import not_found
from chassis.tokens import Kind
from contracts.rights import Right
from services.billing.invoices import as_pdf, invoices_of, seller_of
from services.billing.ordermodels import Order
from services.billing.orders.find import find, list_orders, order_key
from services.billing.orders.hear import hear
from services.billing.orders.pay import note_failed, pay
from services.billing.orders.place import Wish, begin_payment, give_up, place, prices_for, refresh
from services.billing.orders.quote import quote
from services.billing.orderschemas import (
    InvoiceQuery,
    NewOrder,
    NewQuote,
    OrderOut,
    OrdersOut,
    OrdersQuery,
    ProductsOut,
    QuoteOut,
    SandboxIn,
)
from services.billing.orderviews import shown_order, shown_prices, shown_quote
from services.billing.payments.port import payments_of
from services.billing.settings import BillingSettings
from services.billing.subscriptions import standing_of

orders = Blueprint("orders", __name__, url_prefix="/api/v1/billing", description="Buying plans, seats and packs")
webhooks = Blueprint("webhooks", __name__, url_prefix="/api/v1/billing/webhooks", description="Payment providers")


def settings() -> BillingSettings:
    """The running service's settings."""
    return cast(BillingSettings, runtime().settings)


def workspace() -> UUID:
    """The current workspace of the person who asks."""
    found = principal().workspace
    assert found is not None
    return found


def shown(session: Session, order: Order) -> dict[str, Any]:
    """An order as the reader sees it."""
    return shown_order(order, invoices_of(session, order), settings().invoice_prefix, g.language)


def answer(key: UUID) -> dict[str, Any]:
    """An order as it is now."""
    with runtime().db.read(workspace()) as session:
        return shown(session, find(session, key))


@orders.route("/products", methods=["GET"])
@orders.response(200, ProductsOut)
@access(Kind.USER, right=Right.MANAGE_BILLING)
def get_products() -> Any:
    with runtime().db.read(workspace()) as session:
        sheet = prices_for(session, runtime(), workspace())
        now = standing_of(session, workspace())
        return shown_prices(settings().sold, sheet, now, settings().ways, g.language)


@orders.route("/quotes", methods=["POST"])
@orders.arguments(NewQuote)
@orders.response(200, QuoteOut)
@access(Kind.USER, right=Right.MANAGE_BILLING)
def make_quote(body: dict[str, Any]) -> Any:
    with runtime().db.read(workspace()) as session:
        sheet = prices_for(session, runtime(), workspace())
        found = quote(session, workspace(), settings().sold, sheet, body["product"], body["quantity"], body["seats"])
    return shown_quote(found, g.language)


@orders.route("/orders", methods=["POST"])
@orders.arguments(NewOrder)
@orders.response(201, OrderOut)
@access(Kind.USER, right=Right.MANAGE_BILLING)
def make_order(body: dict[str, Any]) -> Any:
    wish = Wish(
        body["product"], body["quantity"], body["seats"], body["provider"], body["buyer"], g.language, principal()
    )  # fmt: skip
    return answer(place(runtime(), workspace(), wish))


@orders.route("/orders", methods=["GET"])
@orders.arguments(OrdersQuery, location="query")
@orders.response(200, OrdersOut)
@access(Kind.USER, right=Right.MANAGE_BILLING)
def get_orders(query: dict[str, Any]) -> Any:
    with runtime().db.read(workspace()) as session:
        found = list_orders(session, workspace(), query["before"], query["limit"] + 1)
        page = found[: query["limit"]]
        return {"orders": [shown(session, order) for order in page], "more": len(found) > len(page)}


@orders.route("/orders/<order_id>", methods=["GET"])
@orders.response(200, OrderOut)
@access(Kind.USER, right=Right.MANAGE_BILLING)
def get_order(order_id: str) -> Any:
    return answer(order_key(order_id))


@orders.route("/orders/<order_id>/pay", methods=["POST"])
@orders.response(200, OrderOut)
@access(Kind.USER, right=Right.MANAGE_BILLING)
def pay_order(order_id: str) -> Any:
    """Open the payment of an order again, should that have failed before."""
    key = order_key(order_id)
    begin_payment(runtime(), workspace(), key, principal().email)
    return answer(key)


@orders.route("/orders/<order_id>/refresh", methods=["POST"])
@orders.response(200, OrderOut)
@access(Kind.USER, right=Right.MANAGE_BILLING)
def refresh_order(order_id: str) -> Any:
    """Ask the provider whether an order was paid, for somebody who comes back from its page."""
    key = order_key(order_id)
    refresh(runtime(), workspace(), key)
    return answer(key)


@orders.route("/orders/<order_id>/cancel", methods=["POST"])
@orders.response(200, OrderOut)
@access(Kind.USER, right=Right.MANAGE_BILLING)
def cancel_order(order_id: str) -> Any:
    key = order_key(order_id)
    give_up(runtime(), workspace(), key, principal())
    return answer(key)


@orders.route("/orders/<order_id>/sandbox", methods=["POST"])
@orders.arguments(SandboxIn)
@orders.response(200, OrderOut)
@access(Kind.USER, right=Right.MANAGE_BILLING)
def pay_in_sandbox(body: dict[str, Any], order_id: str) -> Any:
    """Decide what becomes of a payment in the sandbox; there is none outside the embedded mode."""
    key = order_key(order_id)
    with runtime().db.transaction(workspace()) as session:
        if find(session, key).provider != "sandbox" or "sandbox" not in settings().ways:
            raise not_found()
        if body["outcome"] == "paid":
            pay(session, key, None, principal())
        else:
            note_failed(session, key)
    return answer(key)


@orders.route("/orders/<order_id>/invoice", methods=["GET"])
@orders.arguments(InvoiceQuery, location="query")
@orders.response(200, content_type="application/pdf", schema={"type": "string", "format": "binary"})
@access(Kind.USER, right=Right.MANAGE_BILLING)
def get_invoice(query: dict[str, Any], order_id: str) -> Response:
    """The invoice of an order, or its credit note, in one of the languages (the reader's own by default)."""
    key, credit = order_key(order_id), query["kind"] == "credit"
    with runtime().db.read(workspace()) as session:
        order = find(session, key)
        found = {invoice.credit: invoice for invoice in invoices_of(session, order)}
    if credit not in found:
        raise not_found()
    pdf = as_pdf(
        order, found[credit], found.get(False) if credit else None, seller_of(settings()),
        query["language"] or g.language,
    )  # fmt: skip
    name = f"{query['kind']}-{found[credit].year}-{found[credit].number:06d}.pdf"
    return Response(pdf, 200, {"Content-Disposition": f'attachment; filename="{name}"'}, mimetype="application/pdf")


@webhooks.route("/stripe", methods=["POST"])
@webhooks.response(204)
@access(Kind.ANONYMOUS, workspace=False, idempotent=False)
def hear_stripe() -> None:
    """What Stripe tells, signed by it (its `Stripe-Signature` over the body as it was sent)."""
    provider = payments_of(runtime()).get("stripe")
    if provider is None:
        raise not_found()
    told = cast(Any, provider).read(request.get_data(), request.headers.get("Stripe-Signature", ""))
    if told is not None:
        with runtime().db.transaction(EVERYONE) as session:
            hear(session, "stripe", told)
