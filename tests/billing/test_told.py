"""Orders and plans are told with who did it, for the audit log: once, in the order they happened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chassis.database import EVERYONE
from services.billing.operator import confirm, give_back
from tests.billing.desk import Desk

KINDS = (
    "order_placed",
    "order_paid",
    "order_cancelled",
    "order_expired",
    "order_refunded",
    "plan_changed",
    "plan_ended",
)


def told(desk: Desk, workspace: UUID) -> list[tuple[str, Any]]:
    """What was told since the workspace began: the word of the type, and who did it or what changed."""
    found = [
        (event.type.split(".")[1], event.data.get("change") or (event.data.get("by") or {}).get("name"))
        for event in desk.kit.emitted()
        if event.workspace == workspace and event.type.split(".")[1] in KINDS
    ]
    assert found[0] == ("plan_changed", "begun")
    return found[1:]


def test_a_plan_is_bought_renewed_upgraded_and_given_more_seats_by_somebody(desk: Desk) -> None:
    workspace = desk.workspace(None)
    for product in ("standard", "standard", "seat", "professional"):
        desk.buy(workspace, product)
    bought = [("order_placed", "Alice Tan"), ("order_paid", "Alice Tan")]
    changes = ("upgraded", "extended", "seats", "upgraded")
    assert told(desk, workspace) == [one for change in changes for one in (*bought, ("plan_changed", change))]
    first = desk.told(workspace, "plan_changed")[1]
    assert (first["before_names"]["en"], first["seats_before"], first["seats"]) == ("Trial", 5, 10)
    order = desk.told(workspace, "order_placed")[0]
    assert (order["amount"], order["product_names"]["zh-Hant"], order["action"]) == ("SGD 706.32", "標準版", "start")
    assert order["by"]["ip"] == "203.0.113.9"


def test_what_the_operator_and_the_clock_do_is_nobodys(desk: Desk) -> None:
    workspace = desk.workspace(None)
    order, late = (desk.order(workspace, "standard", "invoice") for _ in range(2))
    for _ in range(2):
        with desk.db.transaction(EVERYONE) as session:
            confirm(session, order["id"], "bank 1")
    for _ in range(2):
        with desk.db.transaction(EVERYONE) as session:
            give_back(session, order["id"])
    desk.later(days=31)
    desk.kit.turn("follow_orders")
    assert told(desk, workspace) == [
        ("order_placed", "Alice Tan"), ("order_placed", "Alice Tan"), ("order_paid", None),
        ("plan_changed", "upgraded"), ("order_refunded", None), ("plan_changed", "downgraded"),
        ("plan_changed", "ended"), ("plan_ended", None), ("order_expired", None),
    ]  # fmt: skip
    assert desk.told(workspace, "order_expired")[0]["order_id"] == late["id"]


def test_an_order_is_given_up_by_somebody_once(desk: Desk) -> None:
    workspace = desk.workspace(None)
    order = desk.order(workspace, "standard")
    desk.ask("POST", f"/orders/{order['id']}/cancel", workspace)
    desk.ask("POST", f"/orders/{order['id']}/cancel", workspace, status=409)
    assert told(desk, workspace) == [("order_placed", "Alice Tan"), ("order_cancelled", "Alice Tan")]
