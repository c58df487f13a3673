"""The stage on SQLite, and on PostgreSQL where races matter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chassis.ids import new_key
from tests.servers import Postgres
from tests.signing.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with closing(Stage(tmp_path)) as one:
        yield one


@pytest.fixture
def postgres_stage(tmp_path: Path, postgres: Postgres) -> Iterator[Stage]:
    with closing(Stage(tmp_path, postgres.create_database(f"signing_{new_key().hex[-12:]}"))) as one:
        yield one
