"""Many flows while processes and servers are killed without end: all of them finish, and nothing is doubled."""

from __future__ import annotations

import os
import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from signet.registry import MODULES
from tests.suite.checks import take_through
from tests.suite.harness import Spread

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]
ROUNDS = int(os.environ.get("SIGNET_SOAK_ROUNDS", "5"))


def test_flows_finish_while_everything_is_killed(tmp_path: Path) -> None:
    over = threading.Event()
    with Spread() as suite:
        chaos = threading.Thread(target=kill_without_end, args=(suite, over))
        chaos.start()
        try:
            with ThreadPoolExecutor(2) as people:
                list(people.map(lambda n: take_through(suite, tmp_path / str(n)), range(2 * ROUNDS)))
        finally:
            over.set()
            chaos.join()
        doubled = [m for m, n in Counter(str(mail["Message-ID"]) for mail in suite.smtp.messages).items() if n > 1]
    assert not doubled


def kill_without_end(suite: Spread, over: threading.Event) -> None:
    """A process every second or two; now and then the broker or the database."""
    dice = random.Random(23)
    everything = [(name, kind) for name in MODULES for kind in ("web", "relay", "worker")]
    while not over.wait(dice.uniform(0.5, 2.0)):
        lot = dice.random()
        if lot < 0.06:
            suite.rabbit.restart()
        elif lot < 0.12:
            suite.postgres.restart()
        else:
            which = dice.choice(everything)
            suite.kill(which)
            suite.start(which)
