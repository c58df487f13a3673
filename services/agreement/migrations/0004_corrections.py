"""Corrections after sending, handing over, roles of recipients."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("agreements", sa.Column("allow_reassign", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("agreements", sa.Column("corrected_at", sa.DateTime(timezone=True)))
    op.add_column("recipients", sa.Column("corrected_at", sa.DateTime(timezone=True)))
    op.add_column("recipients", sa.Column("role", sa.String(100), nullable=False, server_default=""))
