"""The bus when its broker or its workers die, hang or are away."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pika
import pytest

from chassis.bus import BusDown, connect_bus
from tests.bus.kit import SENT, Heard, Suite, published
from tests.servers import Rabbit
from tests.support import eventually, seconds


@pytest.fixture(scope="module")
def server() -> Iterator[Rabbit]:
    """A broker that the tests here may kill."""
    with Rabbit() as server:
        yield server


@pytest.fixture
def suite(server: Rabbit) -> Suite:
    suite = Suite(connect_bus(server.url + "?heartbeat=2&retry=0.2"))
    suite.declare(notify=[SENT])
    return suite


@contextmanager
def down(server: Rabbit) -> Iterator[None]:
    server.kill()
    try:
        yield
    finally:
        server.start()


@contextmanager
def frozen(server: Rabbit) -> Iterator[None]:
    server.freeze()
    try:
        yield
    finally:
        server.thaw()


def fails(action: Callable[[], object]) -> None:
    with pytest.raises(BusDown):
        action()


def test_nothing_confirmed_is_lost_when_the_broker_is_killed(server: Rabbit, suite: Suite) -> None:
    ids = [f"e{n}" for n in range(600)]
    heard = Heard(dict.fromkeys(ids[::7], 1))
    publisher, killed = suite.bus.publisher(), threading.Event()

    def publish_all() -> None:
        for start in range(0, 600, 20):
            batch = [suite.event(id_) for id_ in ids[start : start + 20]]
            eventually(lambda batch=batch: published(publisher, batch), timeout=60, every=0.1)
            if start == 300:
                killed.wait(30)

    thread = threading.Thread(target=publish_all)
    with suite.worker("notify", heard):
        thread.start()
        eventually(lambda: len(heard.ids) > 100)
        server.kill()
        killed.set()
        server.start()
        thread.join(60)
        eventually(lambda: set(heard.ids) == set(ids), timeout=20)
        eventually(lambda: all(heard.ids.count(id_) >= 2 for id_ in ids[::7]), timeout=20)
    publisher.close()
    assert suite.parked("notify") == []


def test_waiting_and_parked_events_survive_a_killed_broker(server: Rabbit, suite: Suite) -> None:
    with suite.worker("notify", Heard({"bad": 99})):
        suite.publish("bad")
        eventually(lambda: suite.parked("notify"))
    suite.publish("good")
    server.restart()
    heard = Heard()
    with suite.worker("notify", heard):
        eventually(lambda: heard.ids == ["good"])
    eventually(lambda: [parked.message.id for parked in suite.parked("notify")] == ["bad"], timeout=20)


def test_a_broker_that_is_away_is_told_quickly_lets_workers_stop_and_is_found_again(
    server: Rabbit, suite: Suite
) -> None:
    publisher = suite.bus.publisher()
    publisher.publish([suite.event("e1")])
    actions: list[Callable[[], object]] = [
        lambda: publisher.publish([suite.event("e2")]),
        lambda: suite.bus.publisher().publish([suite.event("e2")]),
        lambda: suite.declare(notify=[SENT]),
        lambda: suite.bus.depth(suite.name("notify")),
    ]
    with ExitStack() as worker:
        worker.enter_context(Suite(suite.bus).worker("late", Heard()))
        with down(server):
            for action in actions:
                assert seconds(lambda action=action: fails(action)) < 5
            assert seconds(worker.close) < 2
    publisher.publish([suite.event("e3")])
    publisher.close()
    eventually(lambda: suite.bus.depth(suite.name("notify")) == 2)


def test_a_worker_stops_promptly_while_the_broker_is_frozen(server: Rabbit, suite: Suite) -> None:
    with ExitStack() as stack:
        stop = stack.enter_context(suite.worker("notify", Heard()))
        suite.publish("e1")
        with frozen(server):
            stop.set()
            assert seconds(stack.close) < 2


def test_a_frozen_broker_is_told_and_found_again(server: Rabbit, suite: Suite) -> None:
    publisher, heard = suite.bus.publisher(), Heard()
    publisher.publish([suite.event("e1")])
    with suite.worker("notify", heard):
        with frozen(server):
            assert seconds(lambda: fails(lambda: publisher.publish([suite.event("e2")]))) < 11
        publisher.publish([suite.event("e3")])
        eventually(lambda: {"e1", "e3"} <= set(heard.ids), timeout=20)
    publisher.close()


def test_a_worker_that_starts_before_its_queues_are_declared_waits_for_them(server: Rabbit) -> None:
    suite, heard = Suite(connect_bus(server.url + "?retry=0.2&settle=0")), Heard()
    with suite.worker("late", heard):
        suite.declare(late=[SENT])
        suite.publish("e1")
        eventually(lambda: heard.ids == ["e1"])


def test_publishing_before_the_exchange_is_declared_is_told(server: Rabbit, suite: Suite) -> None:
    with pika.BlockingConnection(pika.URLParameters(server.url)) as connection:
        connection.channel().exchange_delete("signet.events")
    fails(lambda: suite.publish("e1"))
    suite.declare(notify=[SENT])
    suite.publish("e1")


def test_an_event_that_kills_every_worker_is_parked_and_not_dropped(server: Rabbit, suite: Suite) -> None:
    suite.publish("deadly")
    for _ in range(50):
        with pika.BlockingConnection(pika.URLParameters(server.url)) as connection:
            channel = connection.channel()
            queue = f"signet.{suite.name('notify')}.work"
            eventually(lambda channel=channel, queue=queue: channel.basic_get(queue)[0])
    heard = Heard()
    with suite.worker("notify", heard):
        parked = eventually(lambda: suite.parked("notify"))
    assert heard.ids == []
    assert parked[0].reason == "no answer from its handler in 50 deliveries"


@pytest.mark.parametrize("kind", ["rabbit", "filesystem"])
def test_what_a_killed_worker_held_comes_to_the_next(server: Rabbit, tmp_path: Path, kind: str) -> None:
    url = f"{server.url}?retry=0.2&settle=0" if kind == "rabbit" else f"filesystem://{tmp_path}/bus"
    suite, heard = Suite(connect_bus(url)), Heard()
    suite.declare(notify=[SENT])
    suite.publish("e1")
    command = [sys.executable, "-m", "tests.bus.stuck_worker", url, suite.name("notify")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "e1\n"
        process.send_signal(signal.SIGKILL)
    with suite.worker("notify", heard):
        eventually(lambda: heard.ids == ["e1"])


def test_a_folder_that_another_process_works_on_is_shared(tmp_path: Path) -> None:
    url = f"filesystem://{tmp_path}/bus"
    suite = Suite(connect_bus(url))
    suite.declare(notify=[SENT])
    command = [sys.executable, "-m", "tests.bus.stuck_worker", url, suite.name("notify")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        suite.publish("e1")
        assert process.stdout.readline() == "e1\n"
        process.kill()


def test_an_unknown_scheme_is_told_by_name() -> None:
    with pytest.raises(ValueError, match="unknown scheme 'kafka'"):
        connect_bus("kafka://somewhere")
