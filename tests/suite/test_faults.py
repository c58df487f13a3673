"""Processes are killed and servers stopped in the middle of the main job; it ends the same."""

from __future__ import annotations

import random
import threading
from collections import Counter
from pathlib import Path

import pytest

from signet.demo.flow import Demo
from signet.registry import MODULES
from tests.suite.harness import Embedded, Spread
from tests.suite.papers import reportlab_contract
from tests.suite.test_main_path import expect_valid, root_of
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(420)]


class Killer:
    """Kills what it is given, one after the other at random moments, and starts it again."""

    def __init__(self, suite, targets, seed: int, pause: tuple[float, float]) -> None:
        self._suite, self._targets, self._random, self._pause = suite, list(targets), random.Random(seed), pause
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.killed = 0

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        for target in self._targets:
            if self._stop.wait(self._random.uniform(*self._pause)):
                return
            self._suite.kill(*target)
            self._suite.start(*target)
            self.killed += 1


def take_through(suite, out: Path) -> None:
    """The demonstration, from a fresh registration to the finished files; one envelope is used."""
    demo = Demo(suite.url, suite.mailbox, print)
    alice, agreement, people = demo.prepare(reportlab_contract(), "contract.pdf", 2, True)
    alice.post(f"/api/v1/agreements/{agreement}/send")
    for person in people:
        demo.sign(person)
    demo.collect(alice, agreement, out)
    expect_valid(out / "document.pdf", root_of(suite), signers=2)
    assert eventually(lambda: alice.get("/api/v1/billing")["envelopes"])["used"] == 1


@pytest.mark.slow
def test_every_process_is_killed_once_and_nothing_is_lost_or_doubled(spread: Spread, tmp_path):
    everything = [((name, kind),) for name in MODULES for kind in ("web", "relay", "worker")]
    random.Random(7).shuffle(everything)
    before = len(spread.smtp.messages)
    rounds = 0
    with Killer(spread, everything, 7, (0.1, 0.6)) as killer:
        while killer.killed < len(everything):
            take_through(spread, tmp_path / str(rounds))
            rounds += 1
    expect_each_mail_once(spread.smtp.messages[before:])


def expect_each_mail_once(messages) -> None:
    counted = Counter(str(message["Message-ID"]) for message in messages)
    doubled = [m for m, count in counted.items() if count > 1]
    assert not doubled
    kinds = Counter((str(m["To"]), str(m["Subject"])) for m in messages if "/sign/sgl_" in _text(m))
    assert max(kinds.values()) <= 2, kinds


def _text(message) -> str:
    return str(message.get_body(("plain",)).get_content())


@pytest.mark.slow
def test_a_broker_that_is_away_delays_and_loses_nothing(spread: Spread, tmp_path):
    demo = Demo(spread.url, spread.mailbox, print)
    alice = demo.register("Alice Tan", f"alice-{random.random()}@acme.example", "SG")
    spread.rabbit.kill()
    try:
        for number in range(5):
            made = alice.post("/api/v1/agreements", {"title": f"While away {number}"})
            assert alice.get(f"/api/v1/agreements/{made['id']}")["status"] == "draft"
    finally:
        spread.rabbit.start()
    take_through(spread, tmp_path)


@pytest.mark.slow
def test_an_agreement_sent_while_the_broker_is_away_finishes_when_it_is_back(spread: Spread, tmp_path):
    demo = Demo(spread.url, spread.mailbox, print)
    alice, agreement, people = demo.prepare(reportlab_contract(), "contract.pdf", 2, True)
    spread.rabbit.kill()
    alice.post(f"/api/v1/agreements/{agreement}/send")
    assert alice.get(f"/api/v1/agreements/{agreement}")["status"] == "sent"
    spread.rabbit.start()
    for person in people:
        demo.sign(person)
    demo.collect(alice, agreement, tmp_path)
    expect_valid(tmp_path / "document.pdf", root_of(spread), signers=2)


@pytest.mark.slow
def test_an_embedded_suite_killed_ten_times_at_random_moments_finishes(tmp_path):
    rounds = 0
    with Embedded() as suite, Killer(suite, [()] * 10, 11, (0.2, 1.5)) as killer:
        while killer.killed < 10:
            take_through(suite, tmp_path / str(rounds))
            rounds += 1
