"""News from signing and notify: whatever their order and number, the state is the same."""

from __future__ import annotations

import json
import random
from dataclasses import asdict

import pytest

from chassis.ids import parse_public_id
from tests.agreement.desk import BOB, CAROL, at
from tests.agreement.test_ending import FILES

Told = tuple[str, int | None, dict]


def story(desk, key: str) -> list[Told]:
    """Bob is invited, locked, gets a new link and signs; then Carol signs; then all is done."""
    recipients = [str(parse_public_id("rcp", one["id"])) for one in desk.show(key)["recipients"]]
    links = [{"recipient_id": one, "sealed_link": "s"} for one in recipients]
    return [
        ("signing.invited.v1", 0, {"at": at(1), "purpose": "invitation"}),
        ("notify.delivered.v1", 0, {"at": at(2)}),
        ("signing.viewed.v1", 0, {"at": at(3)}),
        ("signing.check_failed.v1", 0, {"at": at(4)}),
        ("signing.locked.v1", 0, {"at": at(5)}),
        ("signing.invited.v1", 0, {"at": at(6), "purpose": "resent"}),
        ("signing.check_passed.v1", 0, {"at": at(7)}),
        ("signing.signed.v1", 0, {"at": at(8)}),
        ("signing.invited.v1", 1, {"at": at(9), "purpose": "invitation"}),
        ("notify.bounced.v1", 1, {"at": at(10)}),
        ("signing.signed.v1", 1, {"at": at(11)}),
        ("signing.completed.v1", None, {**FILES, "completed_at": at(12), "links": links}),
    ]


def play(desk, key: str, events: list[Told]) -> dict:
    for type, place, data in events:
        desk.tell(type, key, place, **data)
    state = desk.show(key)
    return {name: value for name, value in state.items() if name not in ("id", "version", "created_at", "sent_at")}


def without_ids(state: dict) -> dict:
    recipients = [{k: v for k, v in one.items() if k != "id"} for one in state["recipients"]]
    return {
        k: v for k, v in {**state, "recipients": recipients}.items() if k not in ("documents", "fields", "deadline")
    }


@pytest.mark.parametrize("seed", range(8))
def test_every_event_twice_and_shuffled_gives_the_same_state(desk, seed):
    first, second = (desk.sent(BOB, CAROL, ordered=True) for _ in range(2))
    events = story(desk, first)
    expected = without_ids(play(desk, first, events))
    links = {"links": story(desk, second)[-1][2]["links"]}
    mixed = [(type, place, {**data, **(links if place is None else {})}) for type, place, data in events * 2]
    random.Random(seed).shuffle(mixed)
    assert without_ids(play(desk, second, mixed)) == expected
    assert expected["status"] == "completed" and len(desk.emitted("agreement.completed.v1")) == 2


def test_the_very_same_message_is_handled_once(desk):
    key = desk.sent()
    event = desk.tell("signing.declined.v1", key)
    body = {**asdict(event), "time": event.time.isoformat(), "correlationid": event.correlation, "workspace": None}
    desk.redeliver(json.dumps(body).encode())
    assert len(desk.emitted("agreement.declined.v1")) == 1


@pytest.mark.parametrize("late", ["signing.signed.v1", "signing.viewed.v1", "signing.declined.v1", "signing.closed.v1"])
def test_nothing_leads_back_from_an_end(desk, late):
    key = desk.sent()
    desk.tell(*("signing.completed.v1", key, None), **story(desk, key)[-1][2])
    place = None if late == "signing.closed.v1" else 0
    desk.tell(late, key, place)
    assert desk.show(key)["status"] == "completed"
    assert desk.emitted("agreement.declined.v1") == desk.emitted("agreement.voided.v1") == []


def test_the_next_in_order_has_their_turn_when_all_before_have_signed(desk):
    key = desk.ready(BOB, CAROL, ("Dora", "dora@example.com"), ordered=True)
    rows = desk.show(key)["recipients"]
    for row, position in zip(rows, (1, 1, 2), strict=True):
        row["position"] = position
    wanted = ("id", "name", "email", "position")
    desk.ok(desk.call("PUT", f"/{key}/recipients", {"recipients": [{k: row[k] for k in wanted} for row in rows]}))
    desk.ok(desk.send(key))

    def turns() -> list[bool]:
        return [one["is_their_turn"] for one in desk.show(key)["recipients"]]

    assert turns() == [True, True, False]
    desk.tell("signing.signed.v1", key, 1)
    assert turns() == [True, False, False]
    desk.tell("signing.signed.v1", key, 0)
    assert turns() == [False, False, True]
    desk.tell("signing.signed.v1", key, 2)
    assert turns() == [False] * 3 and desk.show(key)["status"] == "completing"


def test_a_decline_ends_the_agreement_and_only_those_asked_are_told(desk):
    key = desk.sent(BOB, CAROL, ordered=True)
    desk.tell("signing.invited.v1", key, 0)
    desk.tell("signing.declined.v1", key, 0, reason="Too expensive")
    state = desk.show(key)
    assert (state["status"], state["ended_by"], state["reason"]) == ("declined", "Bob Lim", "Too expensive")
    assert [one["status"] for one in state["recipients"]] == ["declined", "waiting"]
    (event,) = desk.emitted("agreement.declined.v1")
    assert [one["email"] for one in event.data["parties"]] == ["alice@example.com", "bob@example.com"]


def test_a_lock_is_shown_until_a_new_link_is_sent(desk):
    key = desk.sent()
    desk.tell("signing.invited.v1", key, minute=0)
    desk.tell("signing.locked.v1", key, minute=1)
    assert desk.show(key)["recipients"][0]["status"] == "locked"
    assert desk.listed(category="verification_failed") == [key]
    desk.tell("signing.invited.v1", key, minute=2, purpose="resent")
    assert desk.show(key)["recipients"][0]["status"] == "invited"
    assert desk.listed(category="verification_failed") == []


def test_a_bounced_mail_is_shown(desk):
    key = desk.sent()
    desk.tell("notify.bounced.v1", key, minute=1)
    assert desk.show(key)["recipients"][0]["status"] == "bounced"
