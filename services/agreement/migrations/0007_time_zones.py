"""The time zones of accounts, for the times in the mails about what they send."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("accounts", sa.Column("time_zone", sa.String(64)))
