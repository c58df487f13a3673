"""What every adapter of the bus must do; the services rely on nothing else."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import ExitStack

import pytest

from chassis.bus import Message, Unroutable
from tests.bus.kit import SENT, SIGNED, Heard, Suite
from tests.support import eventually, seconds


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
