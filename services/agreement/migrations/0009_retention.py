"""How long ended agreements are kept, which are kept for ever, and what each day removed."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":  # rows of every workspace are written below
        op.execute("select set_config('signet.workspace', '*', true)")
    for name in ("over_at", "warned_at", "held_at"):
        op.add_column("agreements", sa.Column(name, DateTime))
    op.add_column("agreements", sa.Column("holds", sa.JSON, nullable=False, server_default="[]"))
    op.execute("update agreements set over_at = coalesce(completed_at, ended_at)")
    op.create_index("agreements_over", "agreements", ["workspace_id", "warned_at", "over_at"])
    op.add_column("workspaces", sa.Column("retention_days", sa.Integer))
    op.create_index("ix_workspaces_retention_days", "workspaces", ["retention_days"])
    op.create_table(
        "removal_days",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("warned", sa.Integer, nullable=False),
        sa.Column("first", sa.JSON, nullable=False),
        sa.Column("first_at", DateTime),
        sa.Column("last_ended_at", DateTime),
        sa.Column("told_at", DateTime),
        sa.Column("removed", sa.Integer, nullable=False),
        sa.Column("counted_at", DateTime),
        sa.UniqueConstraint("workspace_id", "day", name="removal_days_day"),
    )
