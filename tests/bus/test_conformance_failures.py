"""What every adapter of the bus must do with events that fail; the services rely on nothing else."""

from __future__ import annotations

from collections import Counter

import pytest

from chassis.bus import Message, Parked
from tests.bus.kit import QUICK, SENT, Heard, Suite
from tests.support import eventually, seconds


def test_a_failing_event_is_tried_again_after_a_rest_by_its_service_only(suite: Suite) -> None:
    suite.declare(notify=[SENT], billing=[SENT])
    notify, billing = Heard({"e1": 2}), Heard()
    with suite.worker("notify", notify), suite.worker("billing", billing):
        took = seconds(lambda: (suite.publish("e1"), eventually(lambda: notify.ids == ["e1"] * 3)))
    assert took >= 2 * QUICK.delay
    assert billing.ids == ["e1"]
    assert suite.parked("notify") == []


def test_a_failing_event_does_not_hold_up_the_others(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    heard = Heard({"bad": 99})
    suite.publish("bad", "good")
    with suite.worker("notify", heard, concurrency=1):
        eventually(lambda: heard.ids[:2] == ["bad", "good"])


def test_an_event_that_keeps_failing_is_parked_with_the_reason(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    heard = Heard({"e1": 99})
    with suite.worker("notify", heard):
        suite.publish("e1")
        eventually(lambda: suite.parked("notify"))
    assert heard.ids == ["e1"] * 3
    assert suite.parked("notify") == [Parked(suite.event("e1"), "ValueError: the printer ate e1", 3)]


def test_looking_at_parked_events_removes_none_and_shows_the_oldest_first(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    with suite.worker("notify", Heard({f"e{n}": 99 for n in range(3)}), concurrency=1):
        suite.publish("e0", "e1", "e2")
        eventually(lambda: len(suite.parked("notify")) == 3)
    for _ in range(3):
        eventually(lambda: [parked.message.id for parked in suite.parked("notify")] == ["e0", "e1", "e2"])
    assert [parked.message.id for parked in suite.bus.parked(suite.name("notify"), limit=2)] == ["e0", "e1"]


def test_parked_events_are_put_back_by_id_with_a_fresh_count(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    heard = Heard({"e1": 4, "e2": 99})
    with suite.worker("notify", heard):
        suite.publish("e1", "e2")
        eventually(lambda: len(suite.parked("notify")) == 2)
        assert suite.bus.put_back(suite.name("notify"), ["e1"]) == 1
        eventually(lambda: heard.ids.count("e1") == 5)
        eventually(lambda: [parked.message.id for parked in suite.parked("notify")] == ["e2"])


def test_all_parked_events_are_put_back_at_once(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    heard = Heard({"e1": 3, "e2": 3})
    with suite.worker("notify", heard):
        suite.publish("e1", "e2")
        eventually(lambda: len(suite.parked("notify")) == 2)
        assert suite.bus.put_back(suite.name("notify")) == 2
        eventually(lambda: Counter(heard.ids) == {"e1": 4, "e2": 4})
    assert suite.parked("notify") == []


def test_putting_back_reaches_only_the_service_that_parked(suite: Suite) -> None:
    suite.declare(notify=[SENT], billing=[SENT])
    notify, billing = Heard({"e1": 3}), Heard()
    with suite.worker("notify", notify), suite.worker("billing", billing):
        suite.publish("e1")
        eventually(lambda: suite.parked("notify"))
        suite.bus.put_back(suite.name("notify"))
        eventually(lambda: len(notify.ids) == 4)
    assert billing.ids == ["e1"]


@pytest.mark.parametrize("body", [b"not json", b"[1]", b'{"id": "e1"}', b'{"id": 1, "type": "x"}', b"\xff\xfe\x00"])
def test_a_body_that_cannot_be_read_is_parked_at_once(suite: Suite, body: bytes) -> None:
    suite.declare(notify=[SENT])
    heard, publisher = Heard(), suite.bus.publisher()
    with suite.worker("notify", heard):
        publisher.publish([Message("odd", suite.type(SENT), body)])
        parked = eventually(lambda: suite.parked("notify"))
    publisher.close()
    assert heard.ids == []
    assert parked[0].reason.startswith("malformed: ")
    assert parked[0].message.body == body
    assert parked[0].message.type == suite.type(SENT)
