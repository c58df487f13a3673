"""Ceremonies, their people, fields and links, and the chain of evidence."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0001"
down_revision = None

REFUSE_ON_SQLITE = """
create trigger evidence_no_{event} before {event} on evidence
begin select raise(abort, 'evidence is append-only'); end
"""
REFUSE_ON_POSTGRESQL = """
create function refuse_evidence_change() returns trigger language plpgsql as
$$ begin raise exception 'evidence is append-only'; end $$
"""
TRIGGER_ON_POSTGRESQL = """
create trigger evidence_append_only before update or delete or truncate on evidence
for each statement execute function refuse_evidence_change()
"""


def upgrade() -> None:
    _ceremony()
    _known()
    _document()
    _evidence()
    _recipient()
    _field()
    _link()
    _proof()
    _guard_evidence()


def _ceremony() -> None:
    op.create_table(
        "ceremony",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("public_id", sa.String(60), nullable=False, unique=True),
        sa.Column("workspace_name", sa.String(200), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("sender", sa.JSON(), nullable=False),
        sa.Column("ordered", sa.Boolean(), nullable=False),
        sa.Column("deadline", DateTime(), nullable=False),
        sa.Column("sent_at", DateTime(), nullable=False),
        sa.Column("commitment_key", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("file", sa.JSON()),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("prepared_at", DateTime()),
        sa.Column("signers", sa.Integer(), nullable=False),
        sa.Column("finished_count", sa.Integer(), nullable=False),
        sa.Column("closed_at", DateTime()),
        sa.Column("closed_kind", sa.String(10)),
        sa.Column("closed_reason", sa.Text()),
        sa.Column("closed_by", sa.String(200)),
        sa.Column("completed_at", DateTime()),
        sa.Column("certificate", sa.JSON()),
        sa.Column("audit", sa.JSON()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("evidence_count", sa.Integer(), nullable=False),
        sa.Column("evidence_head", sa.String(64), nullable=False),
        sa.Column("lease", sa.Uuid()),
        sa.Column("lease_until", DateTime()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(300)),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
    )
    op.create_index("ceremony_open", "ceremony", ["completed_at", "closed_at", "lease_until"])
    op.create_index("ix_ceremony_workspace_id", "ceremony", ["workspace_id"])


def _known() -> None:
    op.create_table(
        "known",
        sa.Column("agreement_id", sa.Uuid(), primary_key=True),
        sa.Column("closed_at", DateTime()),
        sa.Column("closed_kind", sa.String(10)),
        sa.Column("closed_reason", sa.Text()),
        sa.Column("closed_by", sa.String(200)),
    )


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agreement_id", sa.Uuid(), sa.ForeignKey("ceremony.id"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("first_page", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
    )
    op.create_index("ix_document_agreement_id", "document", ["agreement_id"])
    op.create_index("ix_document_workspace_id", "document", ["workspace_id"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agreement_id", sa.Uuid(), sa.ForeignKey("ceremony.id"), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", DateTime(), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("actor", sa.JSON(), nullable=False),
        sa.Column("ip", sa.String(64), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.UniqueConstraint("agreement_id", "sequence", name="evidence_sequence"),
    )
    op.create_index("ix_evidence_workspace_id", "evidence", ["workspace_id"])


def _recipient() -> None:
    op.create_table(
        "recipient",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agreement_id", sa.Uuid(), sa.ForeignKey("ceremony.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("check", sa.String(20), nullable=False),
        sa.Column("code_hash", sa.Text()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("locked_at", DateTime()),
        sa.Column("mailed_code", sa.String(64)),
        sa.Column("mailed_code_until", DateTime()),
        sa.Column("mailed_at", DateTime()),
        sa.Column("mailed_count", sa.Integer(), nullable=False),
        sa.Column("invited_at", DateTime()),
        sa.Column("viewed_at", DateTime()),
        sa.Column("consented_at", DateTime()),
        sa.Column("consent_version", sa.String(20)),
        sa.Column("finished_at", DateTime()),
        sa.Column("finish_number", sa.Integer()),
        sa.Column("declined_at", DateTime()),
        sa.Column("revision", sa.Integer()),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
    )
    op.create_index("ix_recipient_agreement_id", "recipient", ["agreement_id"])
    op.create_index("ix_recipient_email", "recipient", ["email"])
    op.create_index("ix_recipient_workspace_id", "recipient", ["workspace_id"])


def _field() -> None:
    op.create_table(
        "field",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agreement_id", sa.Uuid(), sa.ForeignKey("ceremony.id"), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), sa.ForeignKey("recipient.id"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("x", sa.Float(), nullable=False),
        sa.Column("y", sa.Float(), nullable=False),
        sa.Column("width", sa.Float(), nullable=False),
        sa.Column("height", sa.Float(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("default", sa.Text()),
        sa.Column("format", sa.String(60)),
        sa.Column("longest", sa.Integer()),
        sa.Column("text", sa.Text()),
        sa.Column("checked", sa.Boolean()),
        sa.Column("image_key", sa.Text()),
        sa.Column("image_sha256", sa.String(64)),
        sa.Column("image_source", sa.String(20)),
        sa.Column("seal_id", sa.Uuid()),
        sa.Column("filled_at", DateTime()),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
    )
    op.create_index("ix_field_agreement_id", "field", ["agreement_id"])
    op.create_index("ix_field_recipient_id", "field", ["recipient_id"])
    op.create_index("ix_field_workspace_id", "field", ["workspace_id"])


def _link() -> None:
    op.create_table(
        "link",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("agreement_id", sa.Uuid(), sa.ForeignKey("ceremony.id"), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), sa.ForeignKey("recipient.id"), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("created_at", DateTime(), nullable=False),
        sa.Column("expires_at", DateTime()),
        sa.Column("revoked_at", DateTime()),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
    )
    op.create_index("ix_link_agreement_id", "link", ["agreement_id"])
    op.create_index("ix_link_recipient_id", "link", ["recipient_id"])
    op.create_index("ix_link_workspace_id", "link", ["workspace_id"])


def _proof() -> None:
    op.create_table(
        "proof",
        sa.Column("recipient_id", sa.Uuid(), sa.ForeignKey("recipient.id"), primary_key=True),
        sa.Column("browser", sa.String(128), primary_key=True),
        sa.Column("passed_at", DateTime(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
    )
    op.create_index("ix_proof_workspace_id", "proof", ["workspace_id"])


def _guard_evidence() -> None:
    """The database itself refuses to change or delete evidence."""
    if op.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            op.execute(REFUSE_ON_SQLITE.format(event=event))
        return
    op.execute(REFUSE_ON_POSTGRESQL)
    op.execute(TRIGGER_ON_POSTGRESQL)
