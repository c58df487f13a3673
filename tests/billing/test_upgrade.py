"""Installations from before: their plans, orders and batches run on, and who is to be told is asked for."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Response

from chassis.database import EVERYONE, Database
from chassis.ids import new_key, public_id
from chassis.migrations import migrate
from services.billing.models import Base, Batch
from services.billing.operator import confirm
from services.billing.subscriptions import standing_of
from tests.billing.desk import Desk
from tests.servers import Postgres
from tests.service_kit import Kit

FOLDER = Path("services/billing/migrations")
BEFORE = ("0001_initial.py", "0002_seats.py", "0003_purchases.py")
PAID = {
    "net": 648_00, "tax": 0, "tax_rate": 0, "total": 648_00, "refunded": 0, "country": "SG", "currency": "SGD",
    "buyer": {}, "language": "en", "quantity": 1,
}  # fmt: skip


def begun(url: str, folder: Path, steps: int) -> tuple[Database, UUID]:
    """A database of the first migrations, with a workspace on trial."""
    for name in BEFORE[:steps]:
        shutil.copy(FOLDER / name, folder)
    db, workspace, now = Database(url, "billing"), new_key(), datetime.now(UTC)
    migrate(db, folder, Base)
    plan = {"plan": "trial", "starts_at": now, "ends_at": now + timedelta(days=30)}
    insert(db, "subscription", id=new_key(), workspace_id=workspace, version=1, running=True, **plan)
    return db, workspace


def insert(db: Database, name: str, **values: Any) -> None:
    """A row of a table as it was then."""
    with db.transaction(EVERYONE) as session:
        known = {column["name"] for column in sa.inspect(session.connection()).get_columns(name)}
        columns = [column for column in Base.metadata.tables[name].columns if column.name in known]
        told = {key: value for key, value in values.items() if key in known}
        table = sa.table(name, *(sa.column(one.name, one.type) for one in columns))
        session.execute(table.insert().values(**told))


def upgraded(url: str, folder: Path) -> str:
    """The plan of a workspace that began on the oldest tables, read from the new ones."""
    db, workspace = begun(url, folder, 2)
    migrate(db, FOLDER, Base)
    with db.read(EVERYONE) as session:
        found = standing_of(session, workspace).plan.code
    db.engine.dispose()
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    folder.mkdir()
    return folder


def test_a_trial_runs_on_in_sqlite(tmp_path: Path, folder: Path) -> None:
    assert upgraded(f"sqlite:///{tmp_path}/billing.db", folder) == "trial"


@pytest.mark.servers
def test_a_trial_runs_on_in_postgresql_under_row_level_security(folder: Path, postgres: Postgres) -> None:
    name = f"old_{new_key().hex}"
    url = sa.engine.make_url(postgres.create_database(name))
    with postgres.connect("postgres") as connection:
        connection.execute(f"create role {name} login nosuperuser password 'plain'".encode())
        connection.execute(f'alter database "{name}" owner to {name}'.encode())
    plain = url.set(username=name, password="plain")
    assert upgraded(plain.render_as_string(hide_password=False), folder) == "trial"


def test_an_open_upgrade_of_an_older_installation_is_paid_and_given(tmp_path: Path, folder: Path) -> None:
    db, workspace = begun(f"sqlite:///{tmp_path}/billing.db", folder, 3)
    now, order, term = datetime.now(UTC), new_key(), new_key()
    year = {"workspace_id": workspace, "starts_at": now, "ends_at": now + timedelta(days=365)}
    insert(db, "term", id=term, plan="standard", **year)
    insert(db, "batch", id=new_key(), product="standard", origin="x", total=600, available=600, **year,
           resource="envelope")  # fmt: skip
    line = {
        "product": "professional", "quantity": 1, "unit": 9, "days": 365, "of_days": 365, "instead_of": "standard",
        "amount": 648_00,
    }  # fmt: skip
    gives = {"plan": "professional", "envelopes": 1800, "seats": 0, "term": str(term)}
    insert(
        db, "orders", id=order, workspace_id=workspace, state="open", action="upgrade", product="professional",
        provider="invoice", gives=gives, lines=[line], created_at=now, expires_at=now + timedelta(days=30), **PAID,
    )  # fmt: skip
    db.engine.dispose()
    desk = Desk(Kit("billing", tmp_path, BILLING="plans"))
    with desk.db.transaction(EVERYONE) as session:
        assert confirm(session, public_id("ord", order), None).state == "paid"
        names = {batch.names["zh-Hans"] for batch in session.query(Batch)}
    shown = desk.overview(workspace)
    assert (shown["plan"]["code"], shown["envelopes"]["total"], names) == (
        "professional", 2400, {"标准版", "专业版"},
    )  # fmt: skip
    (listed,) = desk.ask("GET", "/orders", workspace)["orders"]
    assert listed["name"] == listed["lines"][0]["name"] == "Professional"
    assert desk.ask("GET", f"/orders/{listed['id']}/invoice", workspace)[:5] == b"%PDF-"


def test_who_is_to_be_told_is_asked_for_where_no_event_said_it(tmp_path: Path, folder: Path) -> None:
    """*workspace* is asked once for each; what events have told since is newer and stays."""
    people = Kit("workspace", tmp_path)
    for name, language in (("Alice", "zh-Hant"), ("Bob", "en")):
        people.deliver("identity.account_registered.v1", account_id=str(new_key()), name=name, language=language,
                       email=f"{name.lower()}@example.com", region="HK")  # fmt: skip
    alices, bobs = (event.data for event in people.emitted("workspace.member_joined.v1"))
    db, _ = begun(f"sqlite:///{tmp_path}/billing.db", folder, 2)
    for workspace in (alices["workspace_id"], bobs["workspace_id"]):
        insert(db, "subscription", id=new_key(), workspace_id=UUID(workspace), plan="trial",
               starts_at=datetime.now(UTC), ends_at=datetime.now(UTC) + timedelta(days=30))  # fmt: skip
    db.engine.dispose()
    away = [True]

    def neighbour(environ: Any, start: Any) -> Any:
        return (Response(status=503) if away else people.app)(environ, start)

    desk = Desk(Kit("billing", tmp_path, None, {"workspace": neighbour}, BILLING="plans"))
    desk.kit.deliver("workspace.member_changed.v1", bobs["member_id"], 9, None, **{**bobs, "status": "disabled"})
    assert desk.kit.turn("know_workspaces") == 0
    away.clear()
    assert desk.kit.turn("know_workspaces") == 3  # two of people, and the one that *workspace* does not know
    assert desk.kit.turn("know_workspaces") == 0
    desk.kit.turn("follow_clock")
    desk.later(days=24)
    told = [desk.told(UUID(one["workspace_id"]), "plan_ending")[-1] for one in (alices, bobs)]
    assert [one["workspace_name"] for one in told] == ["Alice的工作空間", "Bob's workspace"]
    alice = {"name": "Alice", "email": "alice@example.com", "language": "zh-Hant"}
    assert [one["parties"] for one in told] == [[alice], []]
    assert desk.ask("GET", "/products", UUID(alices["workspace_id"]))["currency"] == "HKD"
