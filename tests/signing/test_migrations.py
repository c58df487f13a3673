"""What an older version wrote is still there, and complete, after an upgrade."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, DateTime, Integer, MetaData, Table, Uuid, insert, select, text

from chassis.database import EVERYONE, Database
from chassis.ids import new_key
from chassis.migrations import migrate
from services.signing.models import Base, Ceremony
from signet.registry import load_service
from tests.servers import Postgres

FOLDER = load_service("signing").migrations
SHA256 = "ab" * 32


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'signing.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.create_database(f"older_{new_key().hex[-12:]}")


def filled(table: Table, **known: Any) -> dict[str, Any]:
    """A row with something in every column that needs it."""
    empty = {Integer: 0, Boolean: False, JSON: {}, DateTime: datetime.now(UTC), Uuid: known["agreement_id"]}
    needed = [one for one in table.columns if not one.nullable and one.name not in known]
    row = {one.name: next((v for kind, v in empty.items() if isinstance(one.type, kind)), "x") for one in needed}
    return row | {name: value for name, value in known.items() if name in table.columns}


def test_where_the_prepared_document_lies_is_known_after_the_upgrade(url: str, tmp_path: Path) -> None:
    older = tmp_path / "older"
    older.mkdir()
    shutil.copy(FOLDER / "0001_initial.py", older)
    db, key = Database(url, "signing"), new_key()
    migrate(db, older, Base)
    with db.transaction(EVERYONE) as session:
        tables = MetaData()
        tables.reflect(session.connection(), only=["ceremony", "evidence"])
        known = {"id": key, "agreement_id": key, "workspace_id": key, "kind": "prepared", "detail": {"sha256": SHA256}}
        if url.startswith("sqlite"):
            known |= dict.fromkeys(("id", "agreement_id", "workspace_id"), key.hex)
        for name in ("ceremony", "evidence"):
            session.execute(insert(tables.tables[name]).values(filled(tables.tables[name], **known)))
    migrate(db, FOLDER, Base)
    with db.read(EVERYONE) as session:
        file = session.scalars(select(Ceremony.prepared)).one()
        assert session.execute(text("select archive_until from ceremony")).one() == (None,)
    db.engine.dispose()
    assert file == {"key": f"ceremonies/{key}/revision-1-{SHA256}.pdf", "sha256": SHA256}
