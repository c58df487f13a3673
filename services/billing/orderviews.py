"""Prices, quotes and orders as they are shown to a reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from chassis.ids import public_id
from services.billing.catalogue import Catalogue
from services.billing.invoices import number_of
from services.billing.ledger import SEAT
from services.billing.money import EXPONENTS
from services.billing.ordermodels import Invoice, Order
from services.billing.orders.quote import Quote, action_for
from services.billing.orders.states import PAYABLE
from services.billing.prices import Sheet
from services.billing.terms import Standing


def shown_prices(sold: Catalogue, sheet: Sheet, now: Standing, ways: Sequence[str], language: str) -> dict[str, Any]:
    """What a workspace may buy, at which price."""
    tax = sheet.tax and {"name": sheet.tax.names[language], "rate": sheet.tax.rate, "included": sheet.tax.included}
    products = [_product(sold, code, price, now, language) for code, price in sheet.prices.items()]
    return {
        "country": sheet.country, "currency": sheet.currency, "exponent": EXPONENTS[sheet.currency], "tax": tax,
        "providers": list(ways), "products": products,
    }  # fmt: skip


def _product(sold: Catalogue, code: str, price: int, now: Standing, language: str) -> dict[str, Any]:
    shown = {"code": code, "name": sold.names_of(code)[language], "price": price}
    if plan := sold.plans.get(code):
        return {
            **shown, "kind": "plan", "action": action_for(now, plan), "days": plan.days, "resource": None,
            "units": None, "envelopes": plan.envelopes, "seats": plan.seats, "api": plan.api,
        }  # fmt: skip
    pack = sold.packs[code]
    possible = now.plan.for_sale and now.plan.seats is not None if pack.resource == SEAT else True
    action = "seats" if pack.resource == SEAT else "pack"
    return {
        **shown, "kind": "pack", "action": action if possible and now.term else None, "days": pack.days,
        "resource": pack.resource, "units": pack.units, "envelopes": None, "seats": None, "api": None,
    }  # fmt: skip


def shown_quote(found: Quote, language: str) -> dict[str, Any]:
    """A quote in a language."""
    lines = [asdict(line) for line in found.lines]
    return {**_sums(found, lines, language), "starts_at": found.starts_at, "ends_at": found.ends_at}


def shown_order(order: Order, invoices: Sequence[Invoice], prefix: str, language: str) -> dict[str, Any]:
    """An order in a language, with its invoices."""
    return {
        **_sums(order, order.lines, language), "id": public_id("ord", order.id), "state": order.state,
        "provider": order.provider, "payment_url": order.url if order.state in PAYABLE else None,
        "refunded": order.refunded, "buyer": order.buyer, "created_at": order.created_at,
        "expires_at": order.expires_at, "paid_at": order.paid_at, "ended_at": order.ended_at,
        "invoices": [_invoice(invoice, prefix) for invoice in invoices],
    }  # fmt: skip


def _invoice(invoice: Invoice, prefix: str) -> dict[str, Any]:
    return {
        "kind": "credit" if invoice.credit else "invoice", "number": number_of(invoice, prefix),
        "issued_at": invoice.issued_at, "void": invoice.voided_at is not None,
    }  # fmt: skip


def _sums(found: Quote | Order, lines: Sequence[Mapping[str, Any]], language: str) -> dict[str, Any]:
    return {
        "action": found.action, "product": found.product, "name": found.names[language],
        "quantity": found.quantity, "lines": [_line(line, language) for line in lines],
        "currency": found.currency, "exponent": EXPONENTS[found.currency], "net": found.net, "tax": found.tax,
        "tax_name": found.tax_names and found.tax_names[language], "tax_rate": found.tax_rate, "total": found.total,
    }  # fmt: skip


def _line(line: Mapping[str, Any], language: str) -> dict[str, Any]:
    names = ("product", "quantity", "unit", "days", "of_days", "instead_of", "amount")
    return {**{name: line[name] for name in names}, "name": line["names"][language]}
