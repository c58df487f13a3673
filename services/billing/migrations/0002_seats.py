"""Seats."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "seat",
        sa.Column("member_id", sa.Uuid, primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("taken_at", DateTime, nullable=False),
        sa.Column("confirmed_at", DateTime),
        sa.Column("released_at", DateTime),
        sa.Column("asked_at", DateTime),
        sa.Index("seat_open", "confirmed_at", "released_at", "taken_at"),
    )
