"""Logins that are not complete yet, and those begun at an issuer."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "pending_login",
        sa.Column("browser", sa.String(64), primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False, unique=True),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("asked_at", DateTime, nullable=False),
        sa.Column("expires_at", DateTime, nullable=False, index=True),
    )
    op.create_table(
        "oidc_flow",
        sa.Column("state_digest", sa.String(64), primary_key=True),
        sa.Column("browser", sa.String(64), nullable=False),
        sa.Column("provider", sa.String(40), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("expires_at", DateTime, nullable=False, index=True),
    )
