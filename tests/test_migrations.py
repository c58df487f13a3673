"""The migrations of every service make exactly the tables of its models."""

from __future__ import annotations

from pathlib import Path

import pytest

from chassis.database import Database
from chassis.migrations import differences, migrate
from signet.registry import MODULES, load_service
from tests.servers import Postgres

ROOT = Path(__file__).parent.parent
SERVICES = [name for name, module in MODULES.items() if (ROOT / (module.replace(".", "/") + ".py")).exists()]


def migrate_twice(name: str, url: str) -> list[object]:
    service = load_service(name)
    db = Database(url, name)
    try:
        migrate(db, service.migrations, service.base)
        migrate(db, service.migrations, service.base)
        return differences(db, service.base)
    finally:
        db.engine.dispose()


@pytest.mark.parametrize("name", SERVICES)
def test_models_and_migrations_agree_on_sqlite(name: str, tmp_path: Path) -> None:
    assert migrate_twice(name, f"sqlite:///{tmp_path / name}.db") == []


@pytest.mark.parametrize("name", SERVICES)
def test_models_and_migrations_agree_on_postgresql(name: str, postgres: Postgres) -> None:
    assert migrate_twice(name, postgres.create_database(f"migrations_{name}")) == []
