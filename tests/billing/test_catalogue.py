"""An operator's own plans, packs and prices out of one file; what was sold under others stays as it was sold."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chassis.ids import new_key
from chassis.settings import BadSettings
from services.billing.catalogue import DEFAULT, read_catalogue, written
from tests.billing.desk import Desk
from tests.service_kit import Kit


def named(name: str) -> dict[str, str]:
    return {"en": name, "zh-Hans": f"{name}版", "zh-Hant": f"{name}方案"}


MONTHLY = {"names": named("Monthly"), "days": 30, "envelopes": 20, "seats": 2, "api": False, "rank": 10}
YEARLY = {"names": named("Yearly"), "days": 365, "envelopes": None, "seats": None, "api": True, "rank": 20}
OWN = {
    "plans": {"monthly": MONTHLY, "yearly": YEARLY},
    "packs": {"letters": {"names": named("Letters"), "resource": "envelope", "units": 5, "days": 10}},
    "prices": {"*": {"currency": "EUR", "prices": {"monthly": 30_00, "yearly": 730_00, "letters": 5_00}}},
}


def shop(folder: Path, **own: Any) -> Desk:
    """A desk that sells what is in a file."""
    file = folder / "prices.json"
    file.write_text(json.dumps(own), encoding="utf-8")
    return Desk(Kit("billing", folder, BILLING="plans", PRICES="", PRICES_FILE=str(file)))


def test_what_comes_with_signet_is_itself_such_a_file() -> None:
    assert read_catalogue(written(DEFAULT)) == DEFAULT
    assert read_catalogue("{}") == DEFAULT


def test_the_example_of_the_operators_handbook_is_such_a_file() -> None:
    text = Path("docs/operations.md").read_text(encoding="utf-8")
    example = text[text.index('{"plans":') :].partition("```")[0]
    assert read_catalogue(example).sheets["SG"].prices == {"monthly": 65_00, "letters": 32_00}


def test_own_plans_are_sold_at_own_prices_and_what_was_sold_before_runs_on_as_it_was(tmp_path: Path) -> None:
    desk = Desk(Kit("billing", tmp_path, BILLING="plans"))
    early = desk.workspace(None)
    before = desk.buy(early, "professional", provider="sandbox")
    desk = shop(tmp_path, **OWN)
    late = desk.workspace(None)
    shown = desk.overview(late)
    assert (shown["plan"]["code"], shown["envelopes"]["total"]) == ("none", 0)
    offered = desk.ask("GET", "/products", late)
    assert (offered["currency"], [one["name"] for one in offered["products"]]) == (
        "EUR", ["Monthly", "Yearly", "Letters"],
    )  # fmt: skip
    assert desk.buy(late, "monthly")["total"] == 30_00
    shown = desk.overview(late, "zh-Hant")
    assert (shown["plan"]["name"], shown["days_left"], shown["seats"]["total"]) == ("Monthly方案", 30, 2)
    desk.later(days=20)
    upgraded = desk.buy(late, "yearly")
    assert (upgraded["action"], upgraded["net"]) == ("upgrade", 10 * 2_00 - 10 * 1_00)
    shown = desk.overview(late)
    assert (shown["plan"]["name"], shown["envelopes"]["total"], shown["days_left"]) == ("Yearly", None, 10)
    assert desk.reserve(late, new_key()).status_code == 200
    shown = desk.overview(early)
    assert (shown["plan"]["name"], shown["plan"]["seats"], shown["days_left"]) == ("Professional", 50, 345)
    assert {one["name"] for one in desk.ask("GET", "/batches", early)["batches"]} == {"Professional", "Trial"}
    assert desk.ask("GET", f"/orders/{before['id']}", early)["lines"][0]["name"] == "Professional"
    assert desk.ask("POST", "/quotes", early, {"product": "professional"}, 404)["code"] == "not_for_sale"
    assert desk.ask("POST", "/quotes", early, {"product": "yearly"})["action"] == "upgrade"


def test_a_plan_that_is_cheaper_now_is_sold_at_the_new_price_and_an_open_order_at_the_old(tmp_path: Path) -> None:
    desk = Desk(Kit("billing", tmp_path, BILLING="plans"))
    workspace = desk.workspace(None)
    order = desk.order(workspace, "standard", seats=2)
    desk = shop(tmp_path, prices={"*": {"currency": "USD", "prices": {"standard": 100_00}}})
    (offered,) = desk.ask("GET", "/products", workspace)["products"]
    assert (offered["code"], offered["price"]) == ("standard", 100_00)
    paid = desk.ask("POST", f"/orders/{order['id']}/sandbox", workspace, {"outcome": "paid"})
    assert (paid["currency"], paid["net"]) == ("SGD", 648_00 + 2 * 65_00)
    assert desk.overview(workspace)["seats"]["total"] == 12
    again = desk.ask("POST", "/quotes", workspace, {"product": "standard"})
    assert (again["action"], again["total"], len(again["lines"])) == ("renew", 100_00, 1)


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ("{", "PRICES is wrong: it is not JSON"),
        ("[]", "PRICES is wrong: Invalid input type"),
        ({"price": {}}, "price: Unknown field"),
        ({"prices": {"SG": {"currency": "SGD", "prices": {"standard": 1}}}}, 'add "\\*"'),
        ({"prices": {"*": {"currency": "XXX", "prices": {"standard": 1}}}}, r"prices.\*.currency: XXX is no currency"),
        ({"prices": {"*": {"currency": "EUR", "prices": {"standard": 1.5}}}}, "standard: Not a valid integer"),
        ({"prices": {"*": {"currency": "EUR", "prices": {"standard": 0}}}}, "standard: Must be greater"),
        ({"prices": {"*": {"currency": "EUR", "prices": {"gold": 1}}}}, "prices.gold: only enterprise,"),
        ({"prices": {"*": {"currency": "EUR", "prices": {}}}}, "nothing is for sale"),
        ({"prices": {"Singapore": {"currency": "EUR", "prices": {"standard": 1}}}}, "two capital letters"),
        ({"plans": OWN["plans"]}, 'add "prices"'),
        ({**OWN, "plans": {**OWN["plans"], "gold": {**MONTHLY, "rank": 30}}}, "gold has no price in any country"),
        ({**OWN, "plans": {"monthly": MONTHLY, "yearly": {**YEARLY, "rank": 10}}}, "the same rank"),
        ({**OWN, "plans": {"monthly": {**MONTHLY, "days": "30"}}}, "plans.monthly.days: Not a valid integer"),
        ({**OWN, "plans": {"monthly": {**MONTHLY, "api": "no"}}}, "plans.monthly.api: Not a valid boolean"),
        ({**OWN, "plans": {"monthly": {**MONTHLY, "names": {"en": "M"}}}}, "zh-Hans: Missing data"),
        ({**OWN, "plans": {"unlimited": MONTHLY}}, "unlimited is Signet's own"),
        ({**OWN, "plans": {**OWN["plans"], "letters": {**MONTHLY, "rank": 1}}}, "of a plan and of a pack"),
        ({**OWN, "packs": {"chair": {**OWN["packs"]["letters"], "resource": "seat"}}}, "called seat"),
        ({**OWN, "packs": {"letters": {**OWN["packs"]["letters"], "days": None}}}, "letters.days is missing"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_ends_the_start_with_a_sentence_that_names_the_place(
    tmp_path: Path, own: Any, sentence: str
) -> None:
    with pytest.raises(BadSettings, match=sentence):
        Kit("billing", tmp_path, BILLING="plans", PRICES=own if isinstance(own, str) else json.dumps(own))


def test_the_command_prints_what_is_in_force(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "signet", "billing", "prices", "--home", str(tmp_path)]
    printed = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    assert read_catalogue(printed) == DEFAULT
