"""Agreements with documents, recipients, fields; list lines; what other services told."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _accounts()
    _agreements()
    _members()
    _trash()
    _workspaces()
    _documents()
    _listings()
    _recipients()
    _reminders()
    _fields()


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("default_workspace_id", sa.Uuid()),
    )
    op.create_index("ix_accounts_email", "accounts", ["email"])


def _agreements() -> None:
    op.create_table(
        "agreements",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("ordered", sa.Boolean(), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminders", sa.JSON(), nullable=False),
        sa.Column("initiator_id", sa.Uuid(), nullable=False),
        sa.Column("initiator_name", sa.String(200), nullable=False),
        sa.Column("initiator_email", sa.String(254), nullable=False),
        sa.Column("initiator_language", sa.String(10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("completed_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.String(200)),
        sa.Column("reason", sa.Text()),
        sa.Column("files", sa.JSON()),
        sa.Column("close_asked_at", sa.DateTime(timezone=True)),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
    )
    op.create_index("agreements_deadline", "agreements", ["status", "deadline"])
    op.create_index("ix_agreements_workspace_id", "agreements", ["workspace_id"])


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid()),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
    )
    op.create_index("ix_members_account_id", "members", ["account_id"])
    op.create_index("ix_members_workspace_id", "members", ["workspace_id"])


def _trash() -> None:
    op.create_table(
        "trash",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_trash_due_at", "trash", ["due_at"])


def _workspaces() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(240), nullable=False),
    )


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("original_key", sa.String(200), nullable=False),
        sa.Column("original_sha256", sa.String(64), nullable=False),
        sa.Column("original_size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], ondelete="CASCADE"),
    )
    op.create_index("ix_documents_agreement_id", "documents", ["agreement_id"])
    op.create_index("ix_documents_workspace_id", "documents", ["workspace_id"])


def _listings() -> None:
    op.create_table(
        "listings",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("viewer", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("initiator_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("received", sa.Boolean(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("my_turn", sa.Boolean(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True)),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], ondelete="CASCADE"),
        sa.UniqueConstraint("agreement_id", "viewer", name="listings_viewer"),
    )
    op.create_index("ix_listings_viewer", "listings", ["viewer"])
    op.create_index("ix_listings_workspace_id", "listings", ["workspace_id"])
    op.create_index("listings_all", "listings", ["workspace_id", "viewer", "agreement_id"])
    op.create_index("listings_deadline", "listings", ["workspace_id", "viewer", "status", "deadline"])
    op.create_index("listings_locked", "listings", ["workspace_id", "viewer", "locked", "agreement_id"])
    op.create_index("listings_received", "listings", ["workspace_id", "viewer", "received", "agreement_id"])
    op.create_index("listings_sent", "listings", ["workspace_id", "viewer", "sent", "agreement_id"])
    op.create_index("listings_status", "listings", ["workspace_id", "viewer", "status", "agreement_id"])
    op.create_index("listings_turn", "listings", ["workspace_id", "viewer", "my_turn", "agreement_id"])


def _recipients() -> None:
    op.create_table(
        "recipients",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("check", sa.String(20), nullable=False),
        sa.Column("code_hash", sa.String(200)),
        sa.Column("invited_at", sa.DateTime(timezone=True)),
        sa.Column("resent_at", sa.DateTime(timezone=True)),
        sa.Column("reminded_at", sa.DateTime(timezone=True)),
        sa.Column("delivered_at", sa.DateTime(timezone=True)),
        sa.Column("bounced_at", sa.DateTime(timezone=True)),
        sa.Column("viewed_at", sa.DateTime(timezone=True)),
        sa.Column("check_passed_at", sa.DateTime(timezone=True)),
        sa.Column("check_failed_at", sa.DateTime(timezone=True)),
        sa.Column("locked_at", sa.DateTime(timezone=True)),
        sa.Column("signed_at", sa.DateTime(timezone=True)),
        sa.Column("declined_at", sa.DateTime(timezone=True)),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], ondelete="CASCADE"),
    )
    op.create_index("ix_recipients_agreement_id", "recipients", ["agreement_id"])
    op.create_index("ix_recipients_workspace_id", "recipients", ["workspace_id"])
    op.create_index("recipients_email", "recipients", ["email"])


def _reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], ondelete="CASCADE"),
        sa.UniqueConstraint("agreement_id", "days", name="reminders_day"),
    )
    op.create_index("ix_reminders_agreement_id", "reminders", ["agreement_id"])
    op.create_index("ix_reminders_workspace_id", "reminders", ["workspace_id"])
    op.create_index("reminders_due", "reminders", ["done_at", "due_at"])


def _fields() -> None:
    op.create_table(
        "fields",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.Column("width", sa.Double(), nullable=False),
        sa.Column("height", sa.Double(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("default", sa.Text()),
        sa.Column("format", sa.String(40)),
        sa.Column("longest", sa.Integer()),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["recipient_id"], ["recipients.id"], ondelete="CASCADE"),
    )
    op.create_index("ix_fields_agreement_id", "fields", ["agreement_id"])
    op.create_index("ix_fields_document_id", "fields", ["document_id"])
    op.create_index("ix_fields_recipient_id", "fields", ["recipient_id"])
    op.create_index("ix_fields_workspace_id", "fields", ["workspace_id"])
