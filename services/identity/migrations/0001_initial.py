"""Accounts, consents, codes, guards, throttles, signatures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_accounts()
    _create_guards()
    _create_signatures()


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("region", sa.String(2), nullable=False),
        sa.Column("newsletter", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("date_format", sa.String(40), nullable=False),
        sa.Column("time_zone", sa.String(64), nullable=False),
        sa.Column("default_workspace_id", sa.Uuid()),
        sa.Column("default_workspace_public_id", sa.String(40)),
        sa.Column("default_signature_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.UniqueConstraint("email", name="accounts_email"),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "account_id", sa.Uuid(), sa.ForeignKey("accounts.id", name="consents_account"), nullable=False, index=True
        ),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ip", sa.String(45), nullable=False),
    )


def _create_guards() -> None:
    op.create_table(
        "codes",
        sa.Column("purpose", sa.String(20), primary_key=True),
        sa.Column("email", sa.String(254), primary_key=True),
        sa.Column("owner", sa.String(36), primary_key=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False, index=True),
        sa.Column("used_at", MOMENT),
    )
    op.create_table(
        "login_guards",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", MOMENT, nullable=False, index=True),
        sa.Column("blocked_until", MOMENT),
    )
    op.create_table(
        "throttles",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("started_at", MOMENT, nullable=False, index=True),
        sa.Column("count", sa.Integer(), nullable=False),
    )


def _create_signatures() -> None:
    op.create_table(
        "signatures",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "account_id", sa.Uuid(), sa.ForeignKey("accounts.id", name="signatures_account"), nullable=False, index=True
        ),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("style", sa.String(20)),
        sa.Column("image_key", sa.String(120), nullable=False),
        sa.Column("image_sha256", sa.String(64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "discarded_images",
        sa.Column("image_key", sa.String(120), primary_key=True),
        sa.Column("discarded_at", MOMENT, nullable=False, index=True),
    )
