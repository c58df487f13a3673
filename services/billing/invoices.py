"""Invoices and credit notes: numbered without a gap, kept as they were issued, drawn when somebody asks."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key, public_id
from documents.papers.invoice import Paper, draw
from services.billing.money import written
from services.billing.ordermodels import Invoice, InvoiceCounter, Order
from services.billing.people import name_of
from services.billing.settings import BillingSettings


@dataclass(frozen=True, slots=True)
class Seller:
    """Who sells, as the settings say."""

    name: str
    address: str
    tax_id: str
    bank: str
    prefix: str


def seller_of(settings: BillingSettings) -> Seller:
    """The seller of the settings."""
    return Seller(
        settings.seller_name or "Signet", settings.seller_address, settings.seller_tax_id, settings.seller_bank,
        settings.invoice_prefix,
    )  # fmt: skip


def issue(session: Session, order: Order, *, credit: bool = False) -> None:
    """Issue an order's invoice, or its credit note, once; nothing happens when nothing was charged."""
    mine = (Invoice.order_id == order.id) & (Invoice.credit == credit)
    if order.total == 0 or session.scalars(select(Invoice.id).where(mine)).first() is not None:
        return
    now = database_now(session)
    content = {"name": name_of(session, order.workspace_id) or "", "buyer": order.buyer}
    session.add(
        Invoice(
            id=new_key(), workspace_id=order.workspace_id, order_id=order.id, credit=credit, year=now.year,
            number=_next_number(session, now.year), issued_at=now, content=content,
        )
    )  # fmt: skip


def void(session: Session, order: Order) -> None:
    """The order ended unpaid: its invoice, if one was issued, keeps its number and is worth nothing."""
    mine = update(Invoice).where(Invoice.order_id == order.id, Invoice.voided_at.is_(None))
    session.execute(mine.values(voided_at=database_now(session)))


def invoices_of(session: Session, order: Order) -> list[Invoice]:
    """The invoice and the credit note of an order, as far as there are."""
    return list(session.scalars(select(Invoice).where(Invoice.order_id == order.id).order_by(Invoice.credit)))


def number_of(invoice: Invoice, prefix: str) -> str:
    """``INV-2026-000042``."""
    return f"{prefix}-{invoice.year}-{invoice.number:06d}"


def _next_number(session: Session, year: int) -> int:
    """Counted under the row's lock: whoever rolls back gives the number back."""
    dialect: Any = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    insert = dialect.insert(InvoiceCounter).values(year=year, last=1)
    one_more = insert.on_conflict_do_update(index_elements=["year"], set_={"last": InvoiceCounter.last + 1})
    return int(session.execute(one_more.returning(InvoiceCounter.last)).scalar_one())


def as_pdf(order: Order, invoice: Invoice, credited: Invoice | None, seller: Seller, language: str) -> bytes:
    """The invoice as a PDF; the same invoice gives the same bytes. A credit note names the invoice it ``credited``."""
    sign = -1 if invoice.credit else 1

    def money(amount: int) -> str:
        return written(sign * amount, order.currency)

    tax = f"{order.tax_names[language]} {order.tax_rate / 100:g} %" if order.tax_names else None
    paper = Paper(
        language=language, credit=invoice.credit, number=number_of(invoice, seller.prefix),
        credits_number=number_of(credited, seller.prefix) if credited else None, order=public_id("ord", order.id),
        date=_day(invoice.issued_at), due=_due(order, invoice), paid=_paid(order, invoice),
        void=invoice.voided_at is not None, seller=_block(seller.name, seller.address, seller.tax_id),
        buyer=_block(
            order.buyer.get("name") or invoice.content["name"], order.buyer.get("address", ""),
            order.buyer.get("tax_id", ""),
        ),
        lines=tuple(_line(line, language, money) for line in order.lines), net=money(order.net),
        tax=(tax, money(order.tax)) if tax else None, total=money(order.total),
        bank=tuple(seller.bank.split("|")) if seller.bank and not invoice.credit and not order.paid_at else (),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "invoice.pdf"
        draw(paper, target)
        return target.read_bytes()


def _line(line: dict[str, Any], language: str, money: Any) -> tuple[str, str, str, str, str]:
    """What, the plan it replaces, how many days, how many, how much."""
    days = f"{line['days']}/{line['of_days']}" if line["days"] else ""
    former = line["instead_of_names"][language] if line["instead_of_names"] else ""
    return line["names"][language], former, days, str(line["quantity"]), money(line["amount"])


def _block(name: str, address: str, tax_id: str) -> tuple[str, tuple[str, ...], str]:
    return name, tuple(part.strip() for part in address.replace("\n", "|").split("|") if part.strip()), tax_id


def _due(order: Order, invoice: Invoice) -> str | None:
    return None if invoice.credit or order.paid_at else _day(order.expires_at)


def _paid(order: Order, invoice: Invoice) -> str | None:
    return _day(order.paid_at) if order.paid_at and not invoice.credit else None


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
