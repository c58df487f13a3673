"""The stage on SQLite, and on PostgreSQL where races matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from chassis.ids import new_key
from tests.servers import Postgres
from tests.signing.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


@pytest.fixture
def postgres_stage(tmp_path: Path, postgres: Postgres) -> Stage:
    return Stage(tmp_path, postgres.create_database(f"signing_{new_key().hex[-12:]}"))
