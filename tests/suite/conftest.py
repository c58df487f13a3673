"""Running suites, started once when a test asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.suite.harness import Embedded, Spread


@pytest.fixture(scope="session")
def embedded() -> Iterator[Embedded]:
    with Embedded() as suite:
        yield suite


@pytest.fixture(scope="session")
def spread() -> Iterator[Spread]:
    with Spread() as suite:
        yield suite
