"""What every adapter of the bus must do; the services rely on nothing else."""

from __future__ import annotations

import json
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from chassis.bus import Bus, Message, Parked, RetryPolicy, Unroutable, connect_bus
from tests.support import eventually, seconds

QUICK = RetryPolicy(attempts=3, delay=0.2)
SENT, SIGNED = "agreement.sent.v1", "signing.signed.v1"


@dataclass
class Suite:
    """A bus with service names of this test's own."""

    bus: Bus
    mark: str = field(default_factory=lambda: uuid.uuid4().hex[:8])

    def name(self, service: str) -> str:
        return f"{service}-{self.mark}"

    def type(self, type_: str) -> str:
        return f"{type_}.{self.mark}"

    def declare(self, **subscriptions: list[str]) -> None:
        self.bus.declare({self.name(who): [self.type(t) for t in types] for who, types in subscriptions.items()})

    def event(self, id_: str, type_: str = SENT) -> Message:
        body = json.dumps({"specversion": "1.0", "id": id_, "type": self.type(type_)})
        return Message(id_, self.type(type_), body.encode())

    def publish(self, *ids: str, type_: str = SENT) -> None:
        publisher = self.bus.publisher()
        publisher.publish([self.event(id_, type_) for id_ in ids])
        publisher.close()

    def parked(self, service: str) -> list[Parked]:
        return self.bus.parked(self.name(service))

    @contextmanager
    def worker(
        self, service: str, handle: Callable[[Message], None], concurrency: int = 4
    ) -> Iterator[threading.Event]:
        stop = threading.Event()
        arguments = (self.name(service), handle, stop, concurrency, QUICK)
        thread = threading.Thread(target=self.bus.consume, args=arguments)
        thread.start()
        try:
            yield stop
        finally:
            stop.set()
            thread.join(20)
            assert not thread.is_alive()


class Heard:
    """A handler that remembers, and fails the first ``failures`` times it hears an id."""

    def __init__(self, failures: dict[str, int] | None = None) -> None:
        self.ids: list[str] = []
        self._failures = failures or {}

    def __call__(self, message: Message) -> None:
        self.ids.append(message.id)
        if self.ids.count(message.id) <= self._failures.get(message.id, 0):
            raise ValueError(f"the printer ate {message.id}")


@pytest.fixture(params=["rabbit", "memory", "filesystem"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    match request.param:
        case "rabbit":
            return str(request.getfixturevalue("rabbit").url) + "?heartbeat=2&retry=0.2"
        case "memory":
            return f"memory://{uuid.uuid4().hex}"
        case _:
            return f"filesystem://{tmp_path}/bus"


@pytest.fixture
def suite(url: str) -> Suite:
    return Suite(connect_bus(url))


def test_events_reach_one_handler_thread_in_the_order_published(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    ids, heard = [f"e{n}" for n in range(50)], Heard()
    suite.publish(*ids)
    with suite.worker("notify", heard, concurrency=1):
        eventually(lambda: heard.ids == ids)


def test_every_subscriber_hears_an_event_and_only_its_own_types(suite: Suite) -> None:
    suite.declare(notify=[SENT, SIGNED], billing=[SENT])
    notify, billing = Heard(), Heard()
    with suite.worker("notify", notify), suite.worker("billing", billing):
        suite.publish("sent")
        suite.publish("signed", type_=SIGNED)
        eventually(lambda: sorted(notify.ids) == ["sent", "signed"] and billing.ids == ["sent"])


def test_a_message_arrives_as_it_was_published(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    heard: list[Message] = []
    with suite.worker("notify", heard.append):
        suite.publish("e1")
        eventually(lambda: heard == [suite.event("e1")])


def test_a_handled_event_does_not_come_again_to_the_next_worker(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    first, second = Heard(), Heard()
    suite.publish("e1")
    with suite.worker("notify", first):
        eventually(lambda: first.ids == ["e1"])
    suite.publish("e2")
    with suite.worker("notify", second):
        eventually(lambda: second.ids == ["e2"])


def test_events_wait_for_a_worker_and_are_counted(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    suite.publish("e1", "e2", "e3")
    eventually(lambda: suite.bus.depth(suite.name("notify")) == 3)
    heard = Heard()
    with suite.worker("notify", heard):
        eventually(lambda: len(heard.ids) == 3 and suite.bus.depth(suite.name("notify")) == 0)


def test_declaring_again_keeps_waiting_events(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    suite.publish("e1")
    suite.declare(notify=[SENT, SIGNED])
    eventually(lambda: suite.bus.depth(suite.name("notify")) == 1)


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


def test_a_handler_slower_than_the_heartbeat_is_called_once(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    heard, never = Heard(), threading.Event()

    def slowly(message: Message) -> None:
        heard(message)
        never.wait(7)

    with suite.worker("notify", slowly):
        suite.publish("e1")
        eventually(lambda: heard.ids)
        suite.publish("e2")
    with suite.worker("notify", heard):
        suite.publish("last")
        eventually(lambda: "last" in heard.ids)
    assert Counter(heard.ids) == {"e1": 1, "e2": 1, "last": 1}


def test_the_same_event_may_be_published_twice(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    heard = Heard()
    with suite.worker("notify", heard):
        suite.publish("e1", "e1")
        suite.publish("e1")
        eventually(lambda: heard.ids == ["e1"] * 3)


def test_an_event_nobody_subscribed_is_told_and_the_others_arrive(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    publisher, heard = suite.bus.publisher(), Heard()
    with pytest.raises(Unroutable) as raised:
        publisher.publish([suite.event("e1"), suite.event("lost", SIGNED), suite.event("e2")])
    assert raised.value.ids == ("lost",)
    publisher.publish([suite.event("e3")])
    publisher.close()
    with suite.worker("notify", heard, concurrency=1):
        eventually(lambda: heard.ids == ["e1", "e2", "e3"])


def test_publishing_nothing_is_nothing(suite: Suite) -> None:
    suite.bus.publisher().publish([])


def test_a_waiting_worker_stops_within_a_second(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    heard = Heard()
    with ExitStack() as stack:
        stop = stack.enter_context(suite.worker("notify", heard))
        suite.publish("e1")
        eventually(lambda: heard.ids)
        stop.set()
        assert seconds(stack.close) < 1


def test_a_stopping_worker_ends_running_handlers_and_leaves_the_rest(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    begun, go_on, first, second = threading.Event(), threading.Event(), Heard(), Heard()

    def wait(message: Message) -> None:
        begun.set()
        go_on.wait(10)
        first(message)

    suite.publish(*(f"e{n}" for n in range(10)))
    with suite.worker("notify", wait, concurrency=1) as stop:
        assert begun.wait(10)
        stop.set()
        go_on.set()
    with suite.worker("notify", second):
        eventually(lambda: len(first.ids) + len(second.ids) == 10)
    assert sorted(first.ids + second.ids) == sorted(f"e{n}" for n in range(10))


def test_two_hundred_events_under_four_threads_are_each_handled(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    ids = [f"e{n}" for n in range(200)]
    heard = Heard(dict.fromkeys(ids[::10], 1))
    with suite.worker("notify", heard, concurrency=4):
        threads = [threading.Thread(target=suite.publish, args=ids[start::4]) for start in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        eventually(lambda: set(heard.ids) == set(ids) and len(heard.ids) == 220, timeout=20)


def test_two_workers_share_the_events_of_a_service(suite: Suite) -> None:
    suite.declare(notify=[SENT])
    one, two = Heard(), Heard()
    with suite.worker("notify", one), suite.worker("notify", two):
        suite.publish(*(f"e{n}" for n in range(40)))
        eventually(lambda: len(one.ids) + len(two.ids) == 40)
    assert not set(one.ids) & set(two.ids)
