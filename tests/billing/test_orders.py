"""Orders by invoice and in the sandbox: each payment counts once, numbers have no gap, states follow their table."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pypdf
import pytest

from chassis.database import EVERYONE
from chassis.ids import new_key, public_id
from chassis.problem import Problem
from services.billing.operator import confirm, give_back, open_orders
from services.billing.orders.find import order_key
from services.billing.orders.pay import pay
from services.billing.orders.states import MOVES, SETTLED
from tests.billing.desk import Desk
from tests.service_kit import Kit, user

BUYER = {"name": "示例科技有限公司", "address": "1 Raffles Place\nSingapore", "tax_id": "201912345K"}


def confirmed(desk: Desk, order: Any) -> str:
    with desk.db.transaction(EVERYONE) as session:
        return confirm(session, order["id"], "bank 1").state


def invoice(desk: Desk, workspace: UUID, order: Any, **query: str) -> str:
    """The text of an invoice's PDF."""
    path = f"/api/v1/billing/orders/{order['id']}/invoice"
    answer = desk.kit.request("GET", path, user(workspace=workspace), query_string=query)
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert "attachment" in answer.headers["Content-Disposition"]
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages)


def test_a_payment_told_five_times_at_once_is_applied_once(desk: Desk) -> None:
    for _ in range(8):
        workspace = desk.workspace(None)
        order = desk.order(workspace, "standard", "invoice")
        with ThreadPoolExecutor(5) as pool:
            assert set(pool.map(lambda _, one=order: confirmed(desk, one), range(5))) == {"paid"}
        assert desk.money(workspace) == [("purchased", 706_32, "SGD")]
        assert desk.overview(workspace)["envelopes"]["total"] == 650
        assert len(desk.told(workspace, "plan_changed")) == 2
        desk.require_balance(workspace)


def test_an_invoice_is_issued_with_the_order_and_the_operator_confirms_it(desk: Desk) -> None:
    workspace, year = desk.workspace(None), datetime.now(UTC).year
    order = desk.order(workspace, "professional", "invoice", buyer=BUYER)
    (issued,) = order["invoices"]
    assert (order["state"], order["payment_url"], issued["number"]) == ("open", None, f"INV-{year}-000001")
    before = invoice(desk, workspace, order)
    for text in ("Invoice", issued["number"], "示例科技有限公司", "1 Raffles Place", "201912345K", "Professional",
                 "SGD 2,680.00", "GST 9 %", "SGD 241.20", "SGD 2,921.20", "Due"):  # fmt: skip
        assert text in before, text
    with desk.db.transaction(EVERYONE) as session:
        assert [public_id("ord", one.id) for one in open_orders(session)] == [order["id"]]
    assert confirmed(desk, order) == "paid"
    assert "Due" not in invoice(desk, workspace, order) and "Paid" in invoice(desk, workspace, order)
    assert desk.overview(workspace)["plan"]["code"] == "professional"
    with desk.db.transaction(EVERYONE) as session:
        assert give_back(session, order["id"]).state == "refunded"
    credit = invoice(desk, workspace, order, kind="credit", language="zh-Hant")
    for text in ("退款憑證", f"INV-{year}-000002", f"INV-{year}-000001", "專業版", "-SGD 2,921.20"):
        assert text in credit, text
    assert "账单" in invoice(desk, workspace, order, language="zh-Hans")


def test_an_order_nobody_pays_expires_and_its_invoice_is_void(desk: Desk) -> None:
    workspace = desk.workspace(None)
    order, other = (desk.order(workspace, "standard", "invoice") for _ in range(2))
    desk.ask("POST", f"/orders/{other['id']}/cancel", workspace)
    desk.later(days=31)
    desk.kit.turn("follow_orders")
    listed = desk.ask("GET", "/orders", workspace)["orders"]
    assert [(one["state"], one["invoices"][0]["void"]) for one in listed] == [("cancelled", True), ("expired", True)]
    assert "VOID" in invoice(desk, workspace, order)
    assert desk.ask("POST", f"/orders/{order['id']}/cancel", workspace, status=409)["code"] == "order_settled"
    assert confirmed(desk, order) == "paid"
    assert desk.overview(workspace)["plan"]["code"] == "standard"


def test_the_operator_is_told_when_an_order_can_no_longer_be_given(desk: Desk) -> None:
    workspace = desk.workspace(None)
    desk.buy(workspace, "standard")
    order = desk.order(workspace, "enterprise", "invoice")
    desk.buy(workspace, "enterprise")
    assert desk.order(workspace, "seat", status=409)["code"] == "seats_without_limit"
    with pytest.raises(Problem, match="order_outdated"):
        confirmed(desk, order)
    with pytest.raises(Problem, match="order_settled"), desk.db.transaction(EVERYONE) as session:
        give_back(session, order["id"])
    for name in ("ord_1", public_id("ord", new_key()), desk.order(workspace, "identity_50")["id"]):
        with pytest.raises(Problem, match="not_found"):
            confirmed(desk, {"id": name})


def test_invoice_numbers_have_no_gap_though_many_buy_at_once_and_some_fail(desk: Desk) -> None:
    workspaces = [desk.workspace(None) for _ in range(4)]

    def one(number: int) -> None:
        workspace = workspaces[number % 4]
        desk.order(workspace, "standard", "invoice")
        key = order_key(desk.order(workspace, "identity_50")["id"])
        with pytest.raises(ZeroDivisionError), desk.db.transaction(EVERYONE) as session:
            pay(session, key, None)
            raise ZeroDivisionError

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(16)))
    listed = [one for workspace in workspaces for one in desk.ask("GET", "/orders", workspace)["orders"]]
    numbers = sorted(int(invoice["number"][-6:]) for one in listed for invoice in one["invoices"])
    assert numbers == list(range(1, 17))


def test_the_sandbox_can_fail_too_and_is_only_for_its_own_orders(desk: Desk) -> None:
    workspace = desk.workspace(None)
    order = desk.order(workspace, "standard")
    path = f"/orders/{order['id']}/sandbox"
    assert desk.ask("POST", path, workspace, {"outcome": "failed"})["state"] == "failed"
    assert desk.ask("POST", path, workspace, {"outcome": "paid"})["state"] == "paid"
    assert desk.ask("POST", path, workspace, {"outcome": "failed"})["state"] == "paid"
    billed = desk.order(workspace, "seat", "invoice")
    desk.ask("POST", f"/orders/{billed['id']}/sandbox", workspace, {"outcome": "paid"}, 404)


def test_orders_are_listed_newest_first_in_pages_and_hoarding_ends(desk: Desk) -> None:
    workspace = desk.workspace(None)
    made = [desk.order(workspace, "envelopes_100", quantity=n + 1)["id"] for n in range(10)]
    assert desk.order(workspace, "envelopes_100", status=409)["code"] == "too_many_open_orders"
    first = desk.ask("GET", "/orders?limit=6", workspace)
    rest = desk.ask("GET", "/orders", workspace, query_string={"before": first["orders"][-1]["created_at"]})
    assert [one["id"] for one in (*first["orders"], *rest["orders"])] == made[::-1]
    assert (first["more"], rest["more"]) == (True, False)


def test_nobody_else_sees_or_touches_an_order(desk: Desk) -> None:
    alices, bobs = desk.workspace(None), desk.workspace(None)
    order = desk.order(alices, "standard")["id"]
    bob, helper = user(workspace=bobs), user(workspace=alices, roles=("initiator",))
    operations = [
        ("GET", "", None), ("GET", "/invoice", None), ("POST", "/pay", None), ("POST", "/refresh", None),
        ("POST", "/cancel", None), ("POST", "/sandbox", {"outcome": "paid"}),
    ]  # fmt: skip
    for method, end, body in operations:
        given = {"json": body} if body else {}
        foreign, missing = (
            desk.kit.request(method, f"/api/v1/billing/orders/{name}{end}", bob, **given)
            for name in (order, public_id("ord", new_key()))
        )
        assert (foreign.status_code, foreign.json) == (404, missing.json)
        assert desk.kit.request(method, f"/api/v1/billing/orders/{order}{end}", helper, **given).status_code == 403
    for method, path in (("GET", "/products"), ("GET", "/orders"), ("POST", "/orders"), ("POST", "/quotes")):
        assert desk.kit.request(method, f"/api/v1/billing{path}", helper, json={}).status_code == 403
    assert desk.ask("GET", f"/orders/{order}", alices)["state"] == "open"


def test_no_state_follows_what_is_over_and_money_counts_from_every_other() -> None:
    assert {next for nexts in MOVES.values() for next in nexts} <= set(MOVES)
    for state, nexts in MOVES.items():
        assert state in SETTLED or {"paid", "refund_due"} <= nexts
        assert state not in SETTLED or nexts <= {"refunded"}


def test_where_nothing_is_for_sale_nothing_is_sold(tmp_path) -> None:
    desk = Desk(Kit("billing", tmp_path))
    workspace = desk.workspace(None)
    shown = desk.overview(workspace)
    assert (shown["unlimited"], shown["plan"]["code"], shown["plan"]["api"]) == (True, "unlimited", True)
    assert (shown["seats"], shown["identity_checks"]["available"]) == ({"total": None, "used": 1}, None)
    assert [one["code"] for one in desk.ask("GET", "/plans", workspace)["plans"]] == ["unlimited"]
    for method, path in (("GET", "/products"), ("POST", "/quotes")):
        body = {"product": "standard"} if method == "POST" else None
        assert desk.ask(method, path, workspace, body, 409)["code"] == "nothing_for_sale"
    assert desk.order(workspace, "standard", status=409)["code"] == "nothing_for_sale"
