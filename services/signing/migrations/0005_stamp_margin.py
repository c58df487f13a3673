"""Whether the margins of the pages are stamped."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("ceremony", sa.Column("stamp_margin", sa.Boolean(), nullable=False, server_default=sa.false()))
