"""One running *agreement* with its neighbours, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.agreement.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.runtime.db.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk on each database; for races and for what they may order or compare differently."""
    on_postgres = request.param == "postgresql"
    url = request.getfixturevalue("postgres").create_database("agreement") if on_postgres else None
    made = Desk(tmp_path, url)
    yield made
    made.runtime.db.engine.dispose()
