"""Invitations; the kind and the phone of a member."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("members", sa.Column("kind", sa.String(10), nullable=False, server_default="human"))
    op.add_column("members", sa.Column("phone", sa.String(20)))
    op.create_index("members_email", "members", ["email"])
    op.create_table(
        "invitations",
        sa.Column("member_id", sa.Uuid(), sa.ForeignKey("members.id", name="invitations_member"), primary_key=True),
        sa.Column("workspace_id", sa.Uuid(), nullable=False, index=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("inviter_name", sa.String(200), nullable=False),
        sa.Column("inviter_email", sa.String(254), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("digest", name="invitations_digest"),
    )
