"""Drawing a signature on a phone for a page that is open elsewhere."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "phone",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("agreement_id", sa.Uuid(), sa.ForeignKey("ceremony.id"), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), sa.ForeignKey("recipient.id"), nullable=False),
        sa.Column("field_id", sa.Uuid(), sa.ForeignKey("field.id"), nullable=False),
        sa.Column("created_at", DateTime(), nullable=False),
        sa.Column("expires_at", DateTime(), nullable=False),
        sa.Column("used_at", DateTime(), nullable=True),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
    )
    for name in ("agreement_id", "recipient_id", "workspace_id"):
        op.create_index(f"ix_phone_{name}", "phone", [name])
