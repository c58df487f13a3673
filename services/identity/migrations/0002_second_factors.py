"""Avatars, logins by OpenID Connect, authenticator apps, recovery codes, passkeys."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("accounts", sa.Column("avatar_key", sa.String(120)))
    op.add_column("accounts", sa.Column("avatar_sha256", sa.String(64)))
    _create_external_logins()
    _create_totps()
    _create_passkeys()


def _account(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(
        "account_id", sa.Uuid(), sa.ForeignKey("accounts.id", name=f"{name}_account"), nullable=False, **options
    )


def _create_external_logins() -> None:
    op.create_table(
        "external_logins",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _account("external_logins", index=True),
        sa.Column("provider", sa.String(40), nullable=False),
        sa.Column("issuer", sa.String(255), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.UniqueConstraint("issuer", "subject", name="external_logins_subject"),
    )


def _create_totps() -> None:
    op.create_table(
        "totps",
        _account("totps", primary_key=True),
        sa.Column("sealed_secret", sa.String(300), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("digest", sa.String(64), primary_key=True),
        _account("recovery_codes", index=True),
        sa.Column("used_at", MOMENT),
    )


def _create_passkeys() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _account("passkeys", index=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=False),
        sa.Column("synced", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT),
        sa.UniqueConstraint("digest", name="passkeys_digest"),
    )
    op.create_table(
        "ceremonies",
        sa.Column("purpose", sa.String(20), primary_key=True),
        sa.Column("browser", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(36), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False, index=True),
    )
