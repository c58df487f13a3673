"""Alice prepares an agreement and sends it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from chassis.ids import new_key, parse_public_id
from services.agreement import sending
from services.agreement.standing import managed
from tests.agreement.desk import BOB, CAROL, at, field, nobody
from tests.service_kit import service, user


def test_a_draft_goes_out_as_one_event_with_everything_in_it(any_desk):
    key = any_desk.ready(BOB, CAROL, title="Lease", message="Please\nsign.", ordered=True)
    answer = any_desk.ok(any_desk.send(key))
    assert answer["status"] == "sent" and answer["sent_at"]
    (event,) = any_desk.emitted("agreement.sent.v1")
    assert event.data["title"] == "Lease" and event.data["message"] == "Please\nsign."
    assert [one["position"] for one in event.data["recipients"]] == [1, 2]
    assert len(event.data["fields"]) == 2 and event.data["documents"][0]["pages"] == 1
    assert event.sequence == answer["version"] and event.workspace == any_desk.alice.workspace
    assert len(any_desk.billing.reserved) == 1


def test_sending_again_is_harmless(desk):
    key = desk.sent()
    assert desk.ok(desk.send(key))["status"] == "sent"
    assert len(desk.emitted("agreement.sent.v1")) == 1


def test_every_signer_needs_a_signature_field(desk):
    key = desk.ready(BOB, CAROL)
    draft = desk.show(key)
    document, (bob, carol) = draft["documents"][0]["id"], (one["id"] for one in draft["recipients"])
    rows = [field(document, bob), field(document, carol, kind="stamp")]
    desk.ok(desk.call("PUT", f"/{key}/fields", {"fields": rows}))
    answer = desk.send(key)
    assert answer.status_code == 422
    assert answer.get_json()["code"] == "signature_field_missing" and answer.get_json()["recipients"] == ["王小明"]
    assert desk.show(key)["status"] == "draft" and not desk.billing.reserved


def test_what_is_missing_is_said_before_anything_is_reserved(desk):
    key = desk.start()
    assert desk.send(key).get_json()["code"] == "document_missing"
    desk.ok(desk.upload(key))
    assert desk.send(key).get_json()["code"] == "recipient_missing"
    assert not desk.billing.reserved and desk.emitted() == []


@pytest.mark.parametrize(
    ("minutes", "code"),
    [(-1, "deadline_passed"), (-60 * 24 * 300, "deadline_passed"), (60 * 24 * 367, "deadline_too_far")],
)
def test_a_deadline_lies_ahead_but_not_too_far(desk, minutes, code):
    answer = desk.send(desk.ready(deadline=at(minutes)))
    assert (answer.status_code, answer.get_json()["code"]) == (422, code)


def test_without_an_envelope_the_draft_stays_and_goes_out_after_buying(desk):
    desk.billing.left = 0
    key = desk.ready()
    answer = desk.send(key)
    assert (answer.status_code, answer.get_json()["code"]) == (402, "envelopes_exhausted")
    assert answer.get_json()["upgrade"] == "/billing" and desk.show(key)["status"] == "draft"
    desk.billing.left = 1
    assert desk.ok(desk.send(key))["status"] == "sent"


def test_many_sends_at_once_send_once(any_desk):
    key = any_desk.ready()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(any_desk.send, [key] * 8))
    assert {answer.status_code for answer in answers} == {200}
    assert len(any_desk.emitted("agreement.sent.v1")) == 1 and len(any_desk.billing.reserved) == 1


def test_a_draft_that_changes_while_it_is_sent_goes_out_whole_or_not_at_all(any_desk):
    key = any_desk.ready()
    with ThreadPoolExecutor(2) as pool:
        sent = pool.submit(any_desk.send, key)
        emptied = pool.submit(any_desk.call, "PUT", f"/{key}/fields", {"fields": []})
    assert sorted([sent.result().status_code, emptied.result().status_code]) in ([200, 200], [200, 409], [200, 422])
    for event in any_desk.emitted("agreement.sent.v1"):
        assert event.data["fields"]


def test_a_send_killed_after_the_reservation_is_finished_by_the_next(desk):
    key = desk.ready()
    sending.reserve(desk.runtime, managed(desk.runtime.db, desk.alice, parse_public_id("agr", key)))
    desk.billing.left = 1
    assert desk.ok(desk.send(key))["status"] == "sent" and len(desk.billing.reserved) == 1


def test_billing_learns_what_became_of_a_reservation(desk):
    def state(key: str) -> str:
        path = f"/internal/agreements/{parse_public_id('agr', key)}/state"
        return desk.ok(desk.request("GET", path, service("billing")))["state"]

    assert state(desk.start()) == "draft" and state(desk.sent()) == "sent" and state(nobody()) == "missing"
    assert desk.request("GET", f"/internal/agreements/{new_key()}/state", service("notify")).status_code == 404
    assert desk.request("GET", f"/internal/agreements/{new_key()}/state", user()).status_code == 404
