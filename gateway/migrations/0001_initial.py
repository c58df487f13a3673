"""Sessions, the projections they need, and rate windows."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("secret_digest", sa.String(64), nullable=False, unique=True),
        sa.Column("account_id", sa.Uuid, nullable=False, index=True),
        sa.Column("workspace", sa.Uuid),
        sa.Column("ip", sa.String(45), nullable=False),
        sa.Column("user_agent", sa.String(300), nullable=False),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("last_seen_at", DateTime, nullable=False, index=True),
    )
    _create_projections()
    op.create_table(
        "rate_window",
        sa.Column("bucket", sa.String(100), primary_key=True),
        sa.Column("minute", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("count", sa.Integer, nullable=False),
    )


def _create_projections() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("time_zone", sa.String(64)),
        sa.Column("date_format", sa.String(64)),
        sa.Column("default_workspace", sa.Uuid),
        sa.Column("password_changed_at", DateTime),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "workspace",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("public_id", sa.String(40), nullable=False, index=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("region", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("workspace", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, index=True),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
