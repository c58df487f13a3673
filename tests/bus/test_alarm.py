"""The bus while RabbitMQ's memory alarm keeps publishers out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chassis.bus import BusDown, Publisher, connect_bus
from tests.bus.kit import SENT, Heard, Suite, published
from tests.servers import Rabbit
from tests.support import eventually, seconds


@pytest.fixture
def suite(rabbit: Rabbit) -> Suite:
    suite = Suite(connect_bus(rabbit.url + "?heartbeat=2&retry=0.2&settle=0"))
    suite.declare(notify=[SENT])
    return suite


@contextmanager
def alarm(rabbit: Rabbit) -> Iterator[None]:
    rabbit.control("set_vm_memory_high_watermark", "0.00001")
    try:
        yield
    finally:
        rabbit.control("set_vm_memory_high_watermark", "absolute", "1GB")


def refused(publisher: Publisher, suite: Suite, id_: str) -> None:
    with pytest.raises(BusDown):
        publisher.publish([suite.event(id_)])


def test_publishing_under_an_alarm_is_told_each_time_and_goes_on_when_it_ends(rabbit: Rabbit, suite: Suite) -> None:
    old, new, heard = suite.bus.publisher(), suite.bus.publisher(), Heard()
    old.publish([suite.event("before")])
    with alarm(rabbit):
        for publisher in (old, new) * 5:
            assert seconds(lambda publisher=publisher: refused(publisher, suite, "during")) < 5
    for publisher in (old, new):
        eventually(lambda publisher=publisher: published(publisher, [suite.event("after")]))
        publisher.close()
    with suite.worker("notify", heard):
        eventually(lambda: "before" in heard.ids and heard.ids.count("after") == 2)
    assert heard.ids.count("during") <= 2


def test_closing_a_blocked_publisher_does_not_wait_for_the_alarm_to_end(rabbit: Rabbit, suite: Suite) -> None:
    publisher = suite.bus.publisher()
    with alarm(rabbit):
        refused(publisher, suite, "e1")
        assert seconds(publisher.close) < 2


def test_workers_go_on_under_an_alarm_and_park_when_it_ends(rabbit: Rabbit, suite: Suite) -> None:
    heard = Heard({"bad": 99})
    suite.publish("good", "bad")
    with suite.worker("notify", heard) as stop:
        stop.set()
    with alarm(rabbit):
        with suite.worker("notify", heard):
            eventually(lambda: "good" in heard.ids and heard.ids.count("bad") > 3)
        assert suite.parked("notify") == []
    with suite.worker("notify", heard):
        parked = eventually(lambda: suite.parked("notify"))
    assert {found.message.id for found in parked} == {"bad"}
