"""The suite spread over PostgreSQL, RabbitMQ, S3 and SMTP: the main job, and what it survives."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from signet.demo.flow import Demo
from signet.registry import MODULES
from tests.suite.checks import MainPath, expect_valid, root_of, take_through
from tests.suite.harness import Spread
from tests.suite.killer import Killer
from tests.suite.papers import reportlab_contract

pytestmark = [pytest.mark.suite, pytest.mark.timeout(420)]


class TestMainPath(MainPath):
    @pytest.fixture
    def suite(self, spread):
        return spread


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
