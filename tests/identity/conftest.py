"""*identity* on SQLite, and on both databases where races matter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service_kit import Kit


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    kit = Kit("identity", tmp_path)
    yield kit
    kit.runtime.db.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_kit(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kit]:
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").create_database("identity")
    kit = Kit("identity", tmp_path, url)
    yield kit
    kit.runtime.db.engine.dispose()
