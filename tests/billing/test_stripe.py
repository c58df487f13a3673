"""Payment by Stripe: its Checkout and its signed webhooks, over real HTTP, with a stand-in for Stripe's API."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest

from chassis.ids import new_key
from tests.billing.desk import Desk
from tests.billing.stripe_standin import KEY, WEBHOOK_SECRET, Stripe, packed, signed
from tests.service_kit import Kit, user

COMPLETED = "checkout.session.completed"
WEBHOOK = "/api/v1/billing/webhooks/stripe"


@pytest.fixture(scope="module")
def stripe() -> Iterator[Stripe]:
    standin = Stripe()
    yield standin
    standin.stop()


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest, tmp_path, stripe: Stripe) -> Iterator[Desk]:
    url = None
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").create_database(f"billing_{new_key().hex}")
    stripe.away, stripe.asked = False, []
    desk = Desk(
        Kit(
            "billing", tmp_path, url, BILLING="plans", PAYMENTS="stripe invoice", STRIPE_SECRET_KEY=KEY,
            STRIPE_WEBHOOK_SECRET=WEBHOOK_SECRET, STRIPE_API_URL=stripe.url,
        )
    )  # fmt: skip
    yield desk
    desk.db.engine.dispose()


def tell(shop: Desk, event: dict[str, Any], signature: str | None = None) -> int:
    """Stripe tells an event; the status it gets back."""
    body = packed(event)
    headers = {"Stripe-Signature": signed(body) if signature is None else signature}
    answer = shop.kit.request("POST", WEBHOOK, data=body, headers=headers, content_type="application/json")
    return answer.status_code


def ordered(shop: Desk, workspace: UUID, product: str = "standard", **more: Any) -> tuple[Any, str]:
    """An order to be paid at Stripe, and its session there."""
    order = shop.order(workspace, product, "stripe", **more)
    return order, order["payment_url"].rpartition("/")[2]


def state(shop: Desk, workspace: UUID, order: Any) -> str:
    return str(shop.ask("GET", f"/orders/{order['id']}", workspace)["state"])


def test_alice_pays_on_stripes_page_and_its_word_counts_once_however_often_it_comes(shop: Desk, stripe: Stripe) -> None:
    workspace = shop.workspace(None)
    order, session = ordered(shop, workspace)
    assert (order["state"], order["total"]) == ("open", 706_32)
    assert (stripe.sessions[session]["amount_total"], stripe.sessions[session]["currency"]) == (706_32, "sgd")
    event = stripe.pay(session)
    with ThreadPoolExecutor(5) as pool:
        assert set(pool.map(lambda _: tell(shop, event), range(5))) == {204}
    again = stripe.event("checkout.session.async_payment_succeeded", stripe.sessions[session])
    with ThreadPoolExecutor(5) as pool:
        assert set(pool.map(lambda _: tell(shop, again), range(5))) == {204}
    shown = shop.overview(workspace)
    assert (shown["plan"]["code"], shown["days_left"], shown["envelopes"]["total"]) == ("standard", 365, 650)
    assert shown["account_id"] == stripe.sessions[session]["customer"]
    assert len([one for one in shop.told(workspace, "plan_changed") if one["order_id"]]) == 1
    (invoice,) = shop.ask("GET", f"/orders/{order['id']}", workspace)["invoices"]
    assert invoice["number"].endswith("-000001")
    assert shop.money(workspace) == [("purchased", 706_32, "SGD")]
    second, its_session = ordered(shop, workspace, "envelopes_100")
    assert stripe.sessions[its_session]["customer"] == shown["account_id"]
    assert second["payment_url"] == stripe.sessions[its_session]["url"]


def test_nothing_that_stripe_did_not_sign_is_believed(shop: Desk, stripe: Stripe) -> None:
    workspace = shop.workspace(None)
    order, session = ordered(shop, workspace)
    event = stripe.pay(session)
    body = packed(event)
    for signature in (
        "", "t=1,v1=00", signed(body, "whsec_other"), signed(body + b" "), signed(body, at=time.time() - 400),
        signed(body).replace("v1=", "v0="),
    ):  # fmt: skip
        assert tell(shop, event, signature) == 400
    for junk in (b"", b"\xff\xfe", b"[]", b"{}", b'{"object": "event"}', b'{"id": 1, "type": "x", "data": []}'):
        answer = shop.kit.request("POST", WEBHOOK, data=junk, headers={"Stripe-Signature": signed(junk)})
        assert answer.status_code == 400, junk
    assert state(shop, workspace, order) == "open"
    assert tell(shop, event) == 204
    assert state(shop, workspace, order) == "paid"


def test_words_in_the_wrong_order_end_the_same(shop: Desk, stripe: Stripe) -> None:
    workspace = shop.workspace(None)
    order, session = ordered(shop, workspace)
    intent = {"id": f"pi_{session}", "object": "payment_intent", "metadata": {"order": order["id"]}, "currency": "sgd"}
    failed = stripe.event("payment_intent.payment_failed", intent)
    assert tell(shop, failed) == 204
    assert state(shop, workspace, order) == "failed"
    paid = stripe.pay(session)
    tell(shop, paid)
    late = [failed, stripe.event("payment_intent.payment_failed", intent),
            stripe.event("checkout.session.expired", stripe.sessions[session])]  # fmt: skip
    assert {tell(shop, event) for event in late} == {204}
    assert state(shop, workspace, order) == "paid"
    slow, slow_session = ordered(shop, workspace, "envelopes_100")
    tell(shop, stripe.pay(slow_session, "unpaid"))
    assert state(shop, workspace, slow) == "processing"
    assert shop.ask("POST", f"/orders/{slow['id']}/cancel", workspace, status=409)["code"] == "order_settled"
    shop.later(days=2)
    shop.kit.turn("follow_orders")
    assert state(shop, workspace, slow) == "processing"
    tell(shop, stripe.event("checkout.session.async_payment_failed", stripe.sessions[slow_session]))
    assert state(shop, workspace, slow) == "failed"
    assert shop.overview(workspace)["envelopes"]["total"] == 650


def test_a_refund_takes_back_what_is_left_and_writes_a_credit_note(shop: Desk, stripe: Stripe) -> None:
    workspace = shop.workspace(0)
    order, session = ordered(shop, workspace, "envelopes_100")
    tell(shop, stripe.pay(session))
    for _ in range(3):
        shop.reserve(workspace, new_key())
    tell(shop, stripe.charge(session, 10_00))
    assert (state(shop, workspace, order), shop.left(workspace)) == ("paid", 97)
    whole = stripe.charge(session, order["total"])
    assert [tell(shop, whole), tell(shop, whole), tell(shop, stripe.charge(session, 10_00))] == [204] * 3
    seen = shop.ask("GET", f"/orders/{order['id']}", workspace)
    assert (seen["state"], seen["refunded"], shop.left(workspace)) == ("refunded", order["total"], 0)
    assert [one["kind"] for one in seen["invoices"]] == ["invoice", "credit"]
    assert sum(amount for _, amount, _ in shop.money(workspace)) == 0
    shop.require_balance(workspace)


def test_a_refund_told_before_its_payment_gives_nothing(shop: Desk, stripe: Stripe) -> None:
    workspace = shop.workspace(None)
    order, session = ordered(shop, workspace)
    paid = stripe.pay(session)
    tell(shop, stripe.charge(session, order["total"]))
    tell(shop, paid)
    assert state(shop, workspace, order) == "refunded"
    assert shop.overview(workspace)["plan"]["code"] == "trial"


def test_a_plan_that_is_refunded_gives_way_to_the_one_before(shop: Desk, stripe: Stripe) -> None:
    workspace = shop.workspace(None)
    bought = [ordered(shop, workspace, "standard")]
    tell(shop, stripe.pay(bought[0][1]))
    bought.append(ordered(shop, workspace, "professional"))
    tell(shop, stripe.pay(bought[1][1]))
    plans = [shop.overview(workspace)["plan"]["code"]]
    for order, session in reversed(bought):
        tell(shop, stripe.charge(session, order["total"]))
        plans.append(shop.overview(workspace)["plan"]["code"])
    assert plans == ["professional", "standard", "trial"]
    shop.require_balance(workspace)


def test_money_that_comes_too_late_is_given_back_once(shop: Desk, stripe: Stripe) -> None:
    workspace = shop.workspace(None)
    tell(shop, stripe.pay(ordered(shop, workspace)[1]))
    (first, its), (second, other) = (ordered(shop, workspace, "professional") for _ in range(2))
    tell(shop, stripe.pay(its))
    tell(shop, stripe.pay(other))
    assert state(shop, workspace, second) == "refund_due"
    stripe.away = True
    assert shop.kit.turn("follow_orders") == 1
    assert state(shop, workspace, second) == "refund_due"
    stripe.away = False
    shop.later(hours=1)
    shop.kit.turn("follow_orders")
    assert (state(shop, workspace, first), state(shop, workspace, second)) == ("paid", "refunded")
    assert [one["metadata[order]"] for one in stripe.refunds if one["payment_intent"] == f"pi_{other}"] == [
        second["id"]
    ]
    tell(shop, stripe.charge(other, second["total"]))
    assert sum(amount for _, amount, _ in shop.money(workspace)) == shop.paid(workspace)


def test_a_lost_webhook_is_made_up_for(shop: Desk, stripe: Stripe) -> None:
    workspace = shop.workspace(None)
    order, session = ordered(shop, workspace)
    assert shop.ask("POST", f"/orders/{order['id']}/refresh", workspace)["state"] == "open"
    stripe.pay(session)
    assert shop.ask("POST", f"/orders/{order['id']}/refresh", workspace)["state"] == "paid"
    forgotten, its = ordered(shop, workspace, "envelopes_100")
    stripe.pay(its)
    unpaid, open_session = ordered(shop, workspace, "envelopes_100")
    shop.later(days=1)
    shop.kit.turn("follow_orders")
    assert (state(shop, workspace, forgotten), state(shop, workspace, unpaid)) == ("paid", "expired")
    tell(shop, stripe.pay(open_session))
    assert state(shop, workspace, unpaid) == "paid"


def test_while_stripe_is_away_the_order_waits_and_is_paid_later(shop: Desk, stripe: Stripe) -> None:
    workspace = shop.workspace(None)
    stripe.away = True
    assert shop.order(workspace, "standard", "stripe", 503)["code"] == "unavailable"
    stripe.away = False
    (order,) = shop.ask("GET", "/orders", workspace)["orders"]
    assert (order["state"], order["payment_url"]) == ("open", None)
    urls = {shop.ask("POST", f"/orders/{order['id']}/pay", workspace)["payment_url"] for _ in range(2)}
    (url,) = urls
    assert url
    given_up = shop.ask("POST", f"/orders/{order['id']}/cancel", workspace)
    assert (given_up["state"], given_up["payment_url"]) == ("cancelled", None)
    assert stripe.sessions[url.rpartition("/")[2]]["status"] == "expired"


def test_another_amount_than_asked_for_and_other_peoples_orders_change_nothing(shop: Desk, stripe: Stripe) -> None:
    workspace = shop.workspace(None)
    order, session = ordered(shop, workspace)
    event = stripe.pay(session)
    event["data"]["object"]["amount_total"] = 1
    assert tell(shop, event) == 422
    assert state(shop, workspace, order) == "open"
    invoiced = shop.order(workspace, "standard", "invoice")
    for name in ("ord_x", "", invoiced["id"], None):
        alien = stripe.event("checkout.session.completed", {**stripe.sessions[session], "metadata": {"order": name}})
        assert tell(shop, alien) == 204
    assert tell(shop, stripe.event("customer.created", {"id": "cus_1", "object": "customer"})) == 204
    assert state(shop, workspace, invoiced) == "open"


@pytest.mark.parametrize("first_told", ["payment", "refund"])
def test_of_two_pages_open_for_one_order_one_payment_counts_and_the_other_goes_back(
    shop: Desk, stripe: Stripe, first_told: str
) -> None:
    """The first page's address was lost on its way to Alice, so Bob opened another; both are paid."""
    workspace = shop.workspace(None)
    stripe.mute = True
    shop.order(workspace, "standard", "stripe", 503)
    stripe.mute = False
    (order,) = shop.ask("GET", "/orders", workspace)["orders"]
    bob = user(workspace=workspace, email="bob@example.com")
    opened = shop.kit.request("POST", f"/api/v1/billing/orders/{order['id']}/pay", bob)
    assert opened.status_code == 200, opened.text
    *_, lost, second = stripe.sessions
    paid = [stripe.pay(second), stripe.pay(lost)]
    assert tell(shop, paid[0]) == 204
    if first_told == "refund":  # somebody at Stripe's was quicker
        assert tell(shop, stripe.charge(lost, order["total"])) == 204
    with ThreadPoolExecutor(5) as pool:
        assert set(pool.map(lambda _: tell(shop, paid[1]), range(5))) == {204}
        assert set(pool.map(lambda _: tell(shop, stripe.event(COMPLETED, stripe.sessions[lost])), range(5))) == {204}
    stripe.away = True
    assert shop.kit.turn("return_extras") == (0 if first_told == "refund" else 1)
    stripe.away = False
    shop.later(hours=1)
    shop.kit.turn("return_extras")
    back = [one["payment_intent"] for one in stripe.refunds if one["metadata[order]"] == order["id"]]
    assert back == ([] if first_told == "refund" else [f"pi_{lost}"])
    for session in (lost, lost):
        assert tell(shop, stripe.charge(session, order["total"])) == 204
    assert shop.kit.turn("return_extras") == 0
    seen = shop.ask("GET", f"/orders/{order['id']}", workspace)
    assert (seen["state"], seen["refunded"], len(seen["invoices"])) == ("paid", 0, 1)
    assert sum(amount for _, amount, _ in shop.money(workspace)) == shop.paid(workspace) == order["total"]
    assert sorted(kind for kind, _, _ in shop.money(workspace)) == ["purchased", "purchased", "refunded"]
    assert shop.overview(workspace)["envelopes"]["total"] == 650
    tell(shop, stripe.charge(second, order["total"]))
    assert (state(shop, workspace, order), sum(amount for _, amount, _ in shop.money(workspace))) == ("refunded", 0)
    shop.require_balance(workspace)


def test_another_currency_or_another_workspaces_session_changes_nothing(shop: Desk, stripe: Stripe) -> None:
    alices, bobs = shop.workspace(None), shop.workspace(None)
    (mine, session), (theirs, _) = ordered(shop, alices), ordered(shop, bobs)
    paid = stripe.pay(session)
    assert tell(shop, {**paid, "data": {"object": {**paid["data"]["object"], "currency": "usd"}}}) == 422
    assert (state(shop, alices, mine), state(shop, bobs, theirs)) == ("open", "open")
    foreign = shop.kit.request("POST", f"/api/v1/billing/orders/{mine['id']}/refresh", user(workspace=bobs))
    assert foreign.status_code == 404
    assert tell(shop, paid) == 204
    assert (state(shop, alices, mine), state(shop, bobs, theirs)) == ("paid", "open")
    assert (shop.money(bobs), shop.overview(bobs)["plan"]["code"]) == ([], "trial")


def test_an_order_can_be_paid_to_its_last_minutes(shop: Desk, stripe: Stripe) -> None:
    """Stripe opens no page that closes within half an hour."""
    workspace = shop.workspace(None)
    stripe.away = True
    shop.order(workspace, "standard", "stripe", 503)
    shop.later(hours=22, minutes=45)
    stripe.away = False
    (order,) = shop.ask("GET", "/orders", workspace)["orders"]
    opened = shop.ask("POST", f"/orders/{order['id']}/pay", workspace)
    session = opened["payment_url"].rpartition("/")[2]
    assert stripe.sessions[session]["expires_at"] - time.time() >= 30 * 60


def test_where_stripe_is_not_used_it_is_not_heard(tmp_path) -> None:
    desk = Desk(Kit("billing", tmp_path, BILLING="plans"))
    assert desk.kit.request("POST", WEBHOOK, data=b"{}").status_code == 404
    assert desk.order(desk.workspace(None), "standard", "stripe", 422)["code"] == "payment_not_offered"
