"""The suite in one process: the main job, and what it survives."""

from __future__ import annotations

import pytest

from tests.suite.checks import MainPath, take_through
from tests.suite.harness import Embedded
from tests.suite.killer import Killer

pytestmark = [pytest.mark.suite, pytest.mark.timeout(420)]


class TestMainPath(MainPath):
    @pytest.fixture
    def suite(self, embedded):
        return embedded


@pytest.mark.slow
@pytest.mark.parametrize("times", [3, pytest.param(10, marks=pytest.mark.soak)])
def test_an_embedded_suite_killed_again_and_again_at_random_moments_finishes(tmp_path, times):
    rounds = 0
    with Embedded() as suite, Killer(suite, [()] * times, 11, (0.2, 1.5)) as killer:
        while killer.killed < times:
            take_through(suite, tmp_path / str(rounds))
            rounds += 1
