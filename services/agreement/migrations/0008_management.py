"""What a workspace has set; to whom agreements were handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("settings", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("agreements", sa.Column("handovers", sa.JSON(), nullable=False, server_default="[]"))
