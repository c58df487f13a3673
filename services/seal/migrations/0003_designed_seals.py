"""Seals designed here with their drawings, their versions, the title of the agreement a seal was used in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("seal", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("seal", sa.Column("design", sa.JSON(), nullable=True))
    op.add_column("seal", sa.Column("drawing_key", sa.String(200), nullable=True))
    op.add_column("seal", sa.Column("drawing_sha256", sa.String(64), nullable=True))
    op.add_column("seal_use", sa.Column("title", sa.String(200), nullable=True))
    op.create_index("seal_use_seal", "seal_use", ["seal_id", "id"])
