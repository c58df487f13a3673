"""Mails, and the embedded mailbox."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("template", sa.String(30), nullable=False),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("recipient_name", sa.String(200), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("params", sa.JSON, nullable=False),
        sa.Column("workspace", sa.Uuid),
        sa.Column("agreement_id", sa.Uuid),
        sa.Column("recipient_id", sa.Uuid),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("useless_after", DateTime),
        sa.Column("due_at", DateTime),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("sent_at", DateTime),
        sa.Column("bounced_at", DateTime),
        sa.Column("last_error", sa.String(500)),
        sa.UniqueConstraint("event_id", "recipient", "template", name="mail_once"),
        sa.Index("mail_due", "due_at"),
    )
    op.create_table(
        "mailbox_message",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("recipient", sa.String(254), nullable=False, index=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("sealed_body", sa.Text, nullable=False),
        sa.Column("received_at", DateTime, nullable=False, index=True),
    )
