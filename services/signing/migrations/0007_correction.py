"""Who a recipient was before a correction or a hand-over, and whether signers may hand over."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("ceremony", sa.Column("allow_reassign", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "former",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agreement_id", sa.Uuid(), sa.ForeignKey("ceremony.id"), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), sa.ForeignKey("recipient.id"), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("commitment_key", sa.Text(), nullable=True),
        sa.Column("erased_at", DateTime(), nullable=True),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
    )
    for name in ("agreement_id", "recipient_id", "email", "workspace_id"):
        op.create_index(f"ix_former_{name}", "former", [name])
