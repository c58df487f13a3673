"""An installation from before there were terms: its plans run on."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis.database import EVERYONE, Database
from chassis.ids import new_key
from chassis.migrations import migrate
from chassis.tables import DateTime
from services.billing.models import Base
from services.billing.subscriptions import standing_of
from tests.servers import Postgres

FOLDER = Path("services/billing/migrations")
BEFORE = ("0001_initial.py", "0002_seats.py")


def upgraded(url: str, folder: Path) -> str:
    """The plan of a workspace that began on the old tables, read from the new ones."""
    for name in BEFORE:
        shutil.copy(FOLDER / name, folder)
    db, workspace, now = Database(url, "billing"), new_key(), datetime.now(UTC)
    migrate(db, folder, Base)
    types = {"id": sa.Uuid, "workspace_id": sa.Uuid, "starts_at": DateTime, "ends_at": DateTime, "plan": sa.String}
    table = sa.table("subscription", *(sa.column(name, type) for name, type in types.items()))
    row = {"id": new_key(), "workspace_id": workspace, "plan": "trial", "starts_at": now}
    with db.transaction(EVERYONE) as session:
        session.execute(table.insert().values(**row, ends_at=now + timedelta(days=30)))
    migrate(db, FOLDER, Base)
    with db.read(EVERYONE) as session:
        found = standing_of(session, workspace).plan.code
    db.engine.dispose()
    return found


def test_a_trial_runs_on_in_sqlite(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    assert upgraded(f"sqlite:///{tmp_path}/billing.db", folder) == "trial"


@pytest.mark.servers
def test_a_trial_runs_on_in_postgresql_under_row_level_security(tmp_path: Path, postgres: Postgres) -> None:
    name, folder = f"old_{new_key().hex}", tmp_path / "old"
    folder.mkdir()
    url = sa.engine.make_url(postgres.create_database(name))
    with postgres.connect("postgres") as connection:
        connection.execute(f"create role {name} login nosuperuser password 'plain'".encode())
        connection.execute(f'alter database "{name}" owner to {name}'.encode())
    plain = url.set(username=name, password="plain")
    assert upgraded(plain.render_as_string(hide_password=False), folder) == "trial"
