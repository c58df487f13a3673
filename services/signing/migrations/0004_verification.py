"""The hashes of all files that were handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "handed_over",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("agreement_id", sa.Uuid(), sa.ForeignKey("ceremony.id"), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
    )
    op.create_index("ix_handed_over_agreement_id", "handed_over", ["agreement_id"])
    op.create_index("ix_handed_over_workspace_id", "handed_over", ["workspace_id"])
    _remember()


def _remember() -> None:
    """Files that were finished before."""
    ceremony = sa.table(
        "ceremony",
        sa.column("id", sa.Uuid()),
        sa.column("workspace_id", sa.Uuid()),
        sa.column("completed_at"),
        sa.column("file", sa.JSON()),
        sa.column("certificate", sa.JSON()),
    )
    target = sa.table(
        "handed_over",
        sa.column("sha256", sa.String()),
        sa.column("agreement_id", sa.Uuid()),
        sa.column("workspace_id", sa.Uuid()),
    )
    connection = op.get_bind()
    seen: set[str] = set()
    for row in connection.execute(sa.select(ceremony).where(ceremony.c.completed_at.is_not(None))).all():
        for sha256 in {file["sha256"] for file in (row.file, row.certificate) if file} - seen:
            seen.add(sha256)
            values = {"sha256": sha256, "agreement_id": row.id, "workspace_id": row.workspace_id}
            connection.execute(target.insert().values(values))
