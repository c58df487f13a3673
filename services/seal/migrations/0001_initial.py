"""Keys, certificates, signatures made, seals, grants, uses."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0001"
down_revision = None

APPEND_ONLY = ("signature_made", "seal_use")


def upgrade() -> None:
    _create_keys()
    _create_projections()
    _create_seals()
    for table in APPEND_ONLY:
        _forbid_changes(table)


def _create_keys() -> None:
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("created_at", DateTime, nullable=False),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("credential", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("key_ref", sa.String(200), nullable=False),
        sa.Column("issuer_id", sa.Uuid, sa.ForeignKey("certificate.id")),
        sa.Column("der", sa.LargeBinary, nullable=False),
        sa.Column("not_before", DateTime, nullable=False),
        sa.Column("not_after", DateTime, nullable=False),
        sa.UniqueConstraint("credential", "version", name="certificate_version"),
    )
    op.create_table(
        "signature_made",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("credential", sa.String(64), nullable=False, index=True),
        sa.Column("certificate_id", sa.Uuid, sa.ForeignKey("certificate.id"), nullable=False),
        sa.Column("hash", sa.String(128), nullable=False),
        sa.Column("at", DateTime, nullable=False),
        sa.Column("caller", sa.String(40), nullable=False),
        sa.Column("correlation", sa.String(200), nullable=False),
    )


def _create_projections() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("public_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("account_id", sa.Uuid),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Index("member_account", "account_id", "workspace_id"),
    )


def _create_seals() -> None:
    op.create_table(
        "seal",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("search", sa.String(300), nullable=False),
        sa.Column("image_key", sa.String(200), nullable=False),
        sa.Column("image_sha256", sa.String(64), nullable=False),
        sa.Column("width_mm", sa.Double, nullable=False),
        sa.Column("height_mm", sa.Double, nullable=False),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("created_by", sa.Uuid, nullable=False),
        sa.Column("deleted_at", DateTime),
    )
    op.create_table(
        "seal_grant",
        sa.Column("seal_id", sa.Uuid, sa.ForeignKey("seal.id"), primary_key=True),
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("granted_at", DateTime, nullable=False),
        sa.Column("granted_by", sa.Uuid, nullable=False),
        sa.Index("seal_grant_account", "account_id"),
    )
    op.create_table(
        "seal_use",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("seal_id", sa.Uuid, sa.ForeignKey("seal.id"), nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("agreement_id", sa.Uuid, nullable=False),
        sa.Column("field_id", sa.Uuid, nullable=False),
        sa.Column("used_at", DateTime, nullable=False),
        sa.UniqueConstraint("seal_id", "agreement_id", "field_id", "account_id", name="seal_use_once"),
    )


def _forbid_changes(table: str) -> None:
    """Let the database itself refuse UPDATE and DELETE."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            rule = f"begin select raise(abort, '{table} is append-only'); end"
            op.execute(f"create trigger {table}_no_{verb} before {verb} on {table} {rule}")
        return
    body = f"begin raise exception '{table} is append-only'; end"
    op.execute(f"create function {table}_append_only() returns trigger language plpgsql as $$ {body} $$")
    when = f"before update or delete on {table} for each row execute function {table}_append_only()"
    op.execute(f"create trigger {table}_append_only {when}")
