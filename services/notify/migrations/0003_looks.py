"""How workspaces look in mails."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("sender", sa.Column("title", sa.String(240), nullable=False, server_default=""))
    op.add_column("sender", sa.Column("colour", sa.String(7)))
    op.add_column("sender", sa.Column("logo", sa.JSON()))
