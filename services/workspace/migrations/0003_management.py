"""Settings of workspaces, closed ones, the audit log, lists of people to be added."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("settings", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("workspaces", sa.Column("closed_at", sa.DateTime(timezone=True)))
    _create_audit()
    _create_imports()


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("workspace_id", sa.Uuid(), nullable=False, index=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid()),
        sa.Column("actor_name", sa.String(200), nullable=False),
        sa.Column("actor_email", sa.String(254), nullable=False),
        sa.Column("ip", sa.String(45), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(260), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Index("audit_newest", "workspace_id", "at", "id"),
    )


def _create_imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("workspace_id", sa.Uuid(), nullable=False, index=True),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("asked_by", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.Index("imports_waiting", "status", "claimed_until"),
    )
    op.create_table(
        "import_rows",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("workspace_id", sa.Uuid(), nullable=False, index=True),
        sa.Column(
            "import_id", sa.Uuid(), sa.ForeignKey("imports.id", name="import_rows_import"), nullable=False, index=True
        ),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(300), nullable=False) for name in ("name", "email", "roles", "phone")),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("good", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(40)),
        sa.Column("member_id", sa.Uuid()),
    )
