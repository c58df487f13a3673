"""Subscriptions, batches, reservations, ledger."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_subscriptions()
    _create_moves()
    _forbid_changes("ledger")


def _create_subscriptions() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, unique=True),
        sa.Column("plan", sa.String(40), nullable=False),
        sa.Column("seats", sa.Integer),
        sa.Column("starts_at", DateTime, nullable=False),
        sa.Column("ends_at", DateTime),
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("origin", sa.String(80), nullable=False),
        sa.Column("total", sa.Integer),
        sa.Column("available", sa.Integer),
        sa.Column("starts_at", DateTime, nullable=False),
        sa.Column("ends_at", DateTime),
        sa.UniqueConstraint("workspace_id", "origin", name="batch_origin"),
        sa.CheckConstraint("available >= 0 and available <= total", name="batch_available"),
    )


def _create_moves() -> None:
    op.create_table(
        "reservation",
        sa.Column("agreement_id", sa.Uuid, primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("batch_id", sa.Uuid, sa.ForeignKey("batch.id")),
        sa.Column("reserved_at", DateTime, nullable=False),
        sa.Column("committed_at", DateTime),
        sa.Column("released_at", DateTime),
        sa.Column("asked_at", DateTime),
        sa.Index("reservation_open", "committed_at", "released_at", "reserved_at"),
    )
    op.create_table(
        "ledger",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("batch_id", sa.Uuid, sa.ForeignKey("batch.id"), index=True),
        sa.Column("agreement_id", sa.Uuid),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("at", DateTime, nullable=False),
    )


def _forbid_changes(table: str) -> None:
    """Let the database itself refuse UPDATE and DELETE."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            rule = f"begin select raise(abort, '{table} is append-only'); end"
            op.execute(f"create trigger {table}_no_{verb} before {verb} on {table} {rule}")
        return
    body = f"begin raise exception '{table} is append-only'; end"
    op.execute(f"create function {table}_append_only() returns trigger language plpgsql as $$ {body} $$")
    when = f"before update or delete on {table} for each row execute function {table}_append_only()"
    op.execute(f"create trigger {table}_append_only {when}")
