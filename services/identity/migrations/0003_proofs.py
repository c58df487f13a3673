"""Proofs that whoever uses a session is its person."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "proofs",
        sa.Column("account_id", sa.Uuid(), sa.ForeignKey("accounts.id", name="proofs_account"), primary_key=True),
        sa.Column("session", sa.String(64), primary_key=True),
        sa.Column("method", sa.String(20), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False, index=True),
    )
