"""Issuing authorities, one-time credentials, revocation."""

import hashlib

import sqlalchemy as sa
from alembic import op
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chassis.tables import DateTime

revision = "0002"
down_revision = "0001"

COLUMNS = (
    sa.Column("serial", sa.String(40), nullable=False, server_default=""),
    sa.Column("is_authority", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("key_sha1", sa.String(40)),
    sa.Column("key_sha256", sa.String(64)),
    sa.Column("revoked_at", DateTime),
    sa.Column("revocation_reason", sa.String(30)),
)


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("certificate", column)
    _describe_certificates()
    op.create_index("ix_certificate_serial", "certificate", ["serial"], unique=True)
    for name in ("key_sha1", "key_sha256"):
        op.create_index(f"ix_certificate_{name}", "certificate", [name])
    revoked = sa.text("revoked_at is not null")
    op.create_index("certificate_revoked", "certificate", ["issuer_id"], postgresql_where=revoked, sqlite_where=revoked)
    op.add_column("workspace", sa.Column("version", sa.Integer, nullable=False, server_default="0"))
    _create_tables()


def _describe_certificates() -> None:
    """Fill the new columns from the certificates there are."""
    table = sa.table("certificate", sa.column("id", sa.Uuid), sa.column("der", sa.LargeBinary), *_bare_columns())
    connection = op.get_bind()
    for row in connection.execute(sa.select(table.c.id, table.c.der)).all():
        connection.execute(sa.update(table).where(table.c.id == row.id).values(_described(row.der)))


def _bare_columns() -> list[sa.ColumnClause]:
    return [sa.column(column.name, column.type) for column in COLUMNS]


def _described(der: bytes) -> dict[str, object]:
    certificate = x509.load_der_x509_certificate(der)
    authority = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    bits = certificate.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    sha1, sha256 = hashlib.sha1(bits, usedforsecurity=False).hexdigest(), hashlib.sha256(bits).hexdigest()
    hashes = {"key_sha1": sha1, "key_sha256": sha256} if authority else {}
    return {"serial": f"{certificate.serial_number:x}", "is_authority": authority, **hashes}


def _create_tables() -> None:
    op.create_table(
        "one_time_credential",
        sa.Column("credential", sa.String(64), primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("act_id", sa.Uuid, nullable=False, index=True),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64)),
        sa.Column("signature", sa.LargeBinary),
        sa.Column("ended_at", DateTime),
    )
    is_open = sa.text("ended_at is null")
    op.create_index(
        "one_time_open", "one_time_credential", ["credential"], postgresql_where=is_open, sqlite_where=is_open
    )
    op.create_table(
        "revocation_list",
        sa.Column("certificate_id", sa.Uuid, sa.ForeignKey("certificate.id"), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("der", sa.LargeBinary, nullable=False),
        sa.Column("this_update", DateTime, nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
    )
