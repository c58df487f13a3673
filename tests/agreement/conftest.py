"""One running *agreement* with its neighbours, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.agreement.desk import Desk
from tests.servers import Postgres


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.runtime.db.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk on each database; for races and for what they may order or compare differently."""
    url = owned_database(request.getfixturevalue("postgres")) if request.param == "postgresql" else None
    made = Desk(tmp_path, url)
    yield made
    made.runtime.db.engine.dispose()


def owned_database(postgres: Postgres) -> str:
    """A database of an ordinary role, for which row-level security holds."""
    url = postgres.create_database("agreement")
    with postgres.connect("postgres") as connection:
        connection.execute("DO $$ BEGIN CREATE ROLE desk LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
        connection.execute("ALTER DATABASE agreement OWNER TO desk")
    return url.replace("signet@", "desk@")
