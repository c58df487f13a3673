"""Plans, seats and packs are quoted, bought, renewed, upgraded, and downgraded at the end."""

from __future__ import annotations

import random

import pytest

from chassis.ids import new_key
from services.billing.plans import PLANS
from services.billing.prices import SHEETS
from tests.billing.desk import Desk

SG = SHEETS["SG"].prices


def test_a_trial_becomes_a_paid_plan_at_once_and_keeps_its_envelopes_to_the_end(desk: Desk) -> None:
    workspace = desk.workspace(None)
    desk.admin(workspace, "alice@example.com")
    products = desk.ask("GET", "/products", workspace)
    assert (products["currency"], products["exponent"], products["tax"]["rate"]) == ("SGD", 2, 900)
    assert {one["code"]: one["action"] for one in products["products"]} == {
        "standard": "start", "professional": "start", "enterprise": "start", "seat": None, "envelopes_100": "pack",
        "envelopes_500": "pack", "identity_50": "pack",
    }  # fmt: skip
    paid = desk.buy(workspace, "standard")
    assert (paid["state"], paid["action"], paid["net"], paid["tax"]) == ("paid", "start", 648_00, 58_32)
    shown = desk.overview(workspace)
    assert (shown["plan"]["code"], shown["days_left"], shown["envelopes"]["total"]) == ("standard", 365, 650)
    assert (shown["workspace_name"], shown["account_id"], shown["seats"]["total"]) == ("Alice's workspace", None, 10)
    told = desk.told(workspace, "plan_changed")[-1]
    assert (told["plan"], told["api"], told["seats"], told["order_id"]) == ("standard", False, 10, paid["id"])
    desk.reserve(workspace, new_key())
    batches = desk.ask("GET", "/batches?resource=envelope", workspace)["batches"]
    assert {one["name"]: one["available"] for one in batches} == {"Standard": 600, "Trial": 49}
    desk.require_balance(workspace)


def test_renewing_adds_a_term_after_the_last_one_and_nothing_is_warned_of(desk: Desk) -> None:
    workspace = desk.workspace(None)
    desk.buy(workspace, "standard")
    desk.later(days=360)
    assert [one["days_left"] for one in desk.told(workspace, "plan_ending")] == [5]
    paid = desk.buy(workspace, "standard")
    assert (paid["action"], paid["total"]) == ("renew", 706_32)
    shown = desk.overview(workspace)
    assert (shown["days_left"], shown["envelopes"]["total"]) == (370, 600)
    assert sorted(one["state"] for one in desk.ask("GET", "/batches", workspace)["batches"]) == [
        "coming", "ended", "valid",
    ]  # fmt: skip
    desk.later(days=6)
    shown = desk.overview(workspace)
    assert (shown["days_left"], shown["envelopes"]["available"], shown["expired"]) == (364, 600, False)
    assert [one["days_left"] for one in desk.told(workspace, "plan_ending")] == [5]
    assert desk.told(workspace, "plan_ended") == []
    for _ in range(2):
        desk.buy(workspace, "standard")
    assert desk.order(workspace, "standard", status=409)["code"] == "renewed_enough"
    desk.require_balance(workspace)


@pytest.mark.parametrize(
    ("day", "wanted", "left"), [(0, "professional", 365), (100, "professional", 265), (364, "enterprise", 1)]
)
def test_an_upgrade_costs_the_difference_for_the_days_that_are_left(
    desk: Desk, day: int, wanted: str, left: int
) -> None:
    workspace = desk.workspace(None)
    desk.buy(workspace, "standard")
    desk.later(days=day)
    before = desk.overview(workspace)
    quoted = desk.ask("POST", "/quotes", workspace, {"product": wanted})
    expected = round((SG[wanted] - SG["standard"]) * left / 365)
    (line,) = quoted["lines"]
    assert (quoted["action"], line["days"], line["of_days"], line["instead_of"]) == ("upgrade", left, 365, "standard")
    assert quoted["net"] == expected and quoted["total"] == expected + round(expected * 0.09)
    desk.buy(workspace, wanted)
    after = desk.overview(workspace)
    assert (after["plan"]["code"], after["ends_at"]) == (wanted, before["ends_at"])
    more = -(-(PLANS[wanted].envelopes - 600) * left // 365)
    assert after["envelopes"]["available"] == before["envelopes"]["available"] + more
    assert (after["plan"]["api"], after["seats"]["total"]) == (True, PLANS[wanted].seats)
    desk.require_balance(workspace)


def test_a_downgrade_begins_when_the_plan_ends(desk: Desk) -> None:
    workspace = desk.workspace(None)
    desk.buy(workspace, "professional")
    paid = desk.buy(workspace, "standard")
    shown = desk.overview(workspace)
    assert (paid["action"], shown["plan"]["code"], shown["following"]["code"]) == (
        "downgrade", "professional", "standard",
    )  # fmt: skip
    assert shown["days_left"] == 365 and shown["covered_until"] > shown["ends_at"]
    desk.later(days=365)
    shown = desk.overview(workspace)
    assert (shown["plan"]["code"], shown["envelopes"]["total"], shown["following"]) == ("standard", 600, None)
    assert desk.told(workspace, "plan_ending", "plan_ended") == []
    changed = [(one["plan"], one["api"]) for one in desk.told(workspace, "plan_changed")]
    assert changed == [
        ("trial", True), ("professional", True), ("professional", True), ("standard", False),
    ]  # fmt: skip


def test_seats_end_with_the_plan_and_are_offered_again_when_it_is_renewed(desk: Desk) -> None:
    workspace = desk.workspace(None)
    assert desk.order(workspace, "seat", status=409)["code"] == "plan_needed"
    desk.buy(workspace, "standard")
    desk.later(days=165)
    quoted = desk.ask("POST", "/quotes", workspace, {"product": "seat", "quantity": 3})
    assert quoted["net"] == round(3 * SG["seat"] * 200 / 365)
    desk.buy(workspace, "seat", quantity=3)
    assert desk.overview(workspace)["seats"] == {"total": 13, "used": 1}
    assert desk.told(workspace, "plan_changed")[-1]["seats"] == 13
    lines = desk.ask("POST", "/quotes", workspace, {"product": "standard"})["lines"]
    assert [(one["product"], one["quantity"], one["amount"]) for one in lines] == [
        ("standard", 1, SG["standard"]), ("seat", 3, 3 * SG["seat"]),
    ]  # fmt: skip
    desk.buy(workspace, "standard", seats=1)
    desk.later(days=200)
    assert desk.overview(workspace)["seats"] == {"total": 11, "used": 1}
    desk.require_balance(workspace)


def test_seats_follow_what_is_bought_begins_and_ends_before_the_clock_work_is_done(desk: Desk) -> None:
    workspace = desk.workspace(None)
    assert desk.take_seats(workspace, 20) == 4
    desk.buy(workspace, "standard")
    assert desk.take_seats(workspace, 20) == 5
    desk.buy(workspace, "seat", quantity=3)
    assert desk.take_seats(workspace, 20) == 3
    desk.buy(workspace, "standard", seats=5)
    assert desk.take_seats(workspace, 20) == 0
    desk.turn_clock(days=366)
    assert desk.overview(workspace)["seats"] == {"total": 15, "used": 13}
    assert desk.take_seats(workspace, 20) == 2
    desk.turn_clock(days=366)
    assert desk.take_seats(workspace, 1) == 0


def test_packs_are_added_to_a_running_plan_and_outlive_it(desk: Desk) -> None:
    workspace = desk.workspace(None)
    desk.buy(workspace, "envelopes_100", quantity=2)
    desk.buy(workspace, "identity_50")
    shown = desk.overview(workspace)
    assert (shown["envelopes"]["total"], shown["identity_checks"]["available"]) == (250, 50)
    desk.later(days=30)
    assert desk.reserve(workspace, new_key()).status_code == 402
    assert desk.order(workspace, "envelopes_100", status=409)["code"] == "plan_needed"
    desk.buy(workspace, "standard")
    assert desk.overview(workspace)["envelopes"]["available"] == 800
    desk.require_balance(workspace)


def test_prices_follow_the_country_and_what_is_not_sold_is_not_there(desk: Desk) -> None:
    workspace = new_key()
    desk.kit.deliver("workspace.created.v1", workspace, 1, workspace, workspace_id=str(workspace), region="JP")
    quoted = desk.ask("POST", "/quotes", workspace, {"product": "standard"})
    assert (quoted["currency"], quoted["exponent"], quoted["total"]) == ("JPY", 0, 79_200)
    assert desk.ask("POST", "/quotes", workspace, {"product": "gold"}, 404)["code"] == "not_for_sale"
    many = {"product": "envelopes_500", "quantity": 10_000}
    quoted = desk.ask("POST", "/quotes", workspace, many)
    assert quoted["net"] == 674_000_000
    assert desk.ask("POST", "/quotes", workspace, {"product": "seat", "quantity": 0}, 422)
    assert desk.ask("POST", "/quotes", workspace, {"product": "seat", "quantity": True}, 422)


def test_an_upgrade_of_a_term_that_has_gone_is_refunded_and_not_given(desk: Desk) -> None:
    workspace = desk.workspace(None)
    desk.buy(workspace, "standard")
    first, second = (desk.order(workspace, "professional") for _ in range(2))
    for order, state in ((first, "paid"), (second, "refund_due")):
        paid = desk.ask("POST", f"/orders/{order['id']}/sandbox", workspace, {"outcome": "paid"})
        assert paid["state"] == state
    assert desk.overview(workspace)["envelopes"]["total"] == 650 + 1800
    desk.require_balance(workspace)


def test_any_mixture_of_purchases_and_time_keeps_the_books_true(desk: Desk) -> None:
    dice, workspace = random.Random(11), desk.workspace(None)
    products = ["standard", "professional", "enterprise", "seat", "envelopes_100", "identity_50"]
    for _ in range(25):
        product = dice.choice(products)
        answer = desk.kit.request(
            "POST", "/api/v1/billing/orders", desk.someone(workspace), json={"product": product, "provider": "sandbox"}
        )
        assert answer.status_code in (201, 409), answer.text
        if answer.status_code == 201:
            desk.ask("POST", f"/orders/{answer.json['id']}/sandbox", workspace, {"outcome": "paid"})
        for _ in range(dice.randrange(8)):
            desk.reserve(workspace, new_key())
        desk.later(days=dice.randrange(60))
        desk.require_balance(workspace)
        shown = desk.overview(workspace)
        assert shown["expired"] is (shown["days_left"] == 0)
