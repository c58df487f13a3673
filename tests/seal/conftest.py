"""*seal* on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.ids import new_key
from tests.seal.desk import Desk
from tests.service_kit import Kit


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'seal.db'}"
    return str(request.getfixturevalue("postgres").create_database(f"seal_{new_key().hex}"))


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(Kit("seal", tmp_path, database_url))
    yield desk
    desk.db.engine.dispose()


@pytest.fixture
def office(desk: Desk) -> Desk:
    """*seal* with a workspace it knows of."""
    desk.tell_workspace(desk.workspace)
    return desk
