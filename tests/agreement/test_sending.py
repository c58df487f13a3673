"""Alice prepares an agreement and sends it."""

from __future__ import annotations

from tests.agreement.desk import BOB, CAROL


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
