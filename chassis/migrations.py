"""Brings a service's database to the newest revision with Alembic, one process at a time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase

from chassis import tables
from chassis.database import Database

LOCK = 0x5167_4D67


def migrate(db: Database, folder: Path, base: type[DeclarativeBase]) -> None:
    """Apply what is missing, the chassis's own tables first, then guard tenant tables with row-level security."""
    with db.engine.connect() as connection:
        if db.is_sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": LOCK})
        tables.metadata.create_all(connection)
        _upgrade(connection, folder)
        if not db.is_sqlite:
            guard_tenants(connection, base.metadata.tables.values())
        connection.commit()


def _upgrade(connection: Connection, folder: Path) -> None:
    scripts = script_directory(folder)
    context = MigrationContext.configure(connection)
    head, current = scripts.get_current_head(), context.get_current_revision()
    if head == current:
        return
    context.opts["fn"] = None
    with Operations.context(context):
        for step in scripts._upgrade_revs(head or "head", current or "base"):
            step.migration_fn()
            _record(connection, step.to_revisions[0], current)
            current = step.to_revisions[0]


def _record(connection: Connection, revision: str, previous: str | None) -> None:
    context = MigrationContext.configure(connection)
    context._ensure_version_table()
    connection.execute(text("delete from alembic_version"))
    connection.execute(text("insert into alembic_version (version_num) values (:revision)"), {"revision": revision})


def script_directory(folder: Path) -> ScriptDirectory:
    """The revisions of one service."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("version_locations", str(folder))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def differences(db: Database, base: type[DeclarativeBase]) -> list[Any]:
    """What the models say and the database does not have, or the other way round."""
    merged = MetaData()
    for table in (*base.metadata.tables.values(), *tables.metadata.tables.values()):
        table.to_metadata(merged)
    with db.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), merged))


def guard_tenants(connection: Connection, all_tables: Iterable[Table]) -> None:
    """Let PostgreSQL itself show a transaction only the rows of its workspace (`signet.workspace`)."""
    guarded = {
        row[0] for row in connection.execute(text("select tablename from pg_policies where policyname = 'workspace'"))
    }
    existing = set(inspect(connection).get_table_names())
    for table in all_tables:
        if "workspace_id" not in table.columns or table.name in guarded or table.name not in existing:
            continue
        name = connection.dialect.identifier_preparer.format_table(table)
        connection.execute(text(f"alter table {name} enable row level security"))
        connection.execute(text(f"alter table {name} force row level security"))
        rule = "current_setting('signet.workspace', true)"
        condition = f"{rule} = '*' or workspace_id::text = {rule}"
        connection.execute(text(f"create policy workspace on {name} using ({condition}) with check ({condition})"))
