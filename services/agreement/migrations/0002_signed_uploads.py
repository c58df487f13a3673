"""How many signatures an uploaded document carries already; whether the margins are stamped."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("documents", sa.Column("signatures", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("agreements", sa.Column("stamp_margin", sa.Boolean(), nullable=False, server_default=sa.false()))
