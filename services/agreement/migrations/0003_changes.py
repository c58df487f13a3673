"""When a list line changed, whether it stands away from its owner, and the lines that are gone."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("listings", sa.Column("away", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("listings", sa.Column("changed_at", sa.DateTime(timezone=True)))
    listings = sa.table("listings", *(sa.column(name) for name in ("away", "owner_id", "workspace_id")))
    op.execute(listings.update().where(listings.c.owner_id != listings.c.workspace_id).values(away=sa.true()))
    op.create_index("listings_away", "listings", ["workspace_id", "viewer", "away", "agreement_id"])
    op.create_index("listings_changed", "listings", ["workspace_id", "viewer", "changed_at"])
    op.create_table(
        "removals",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("viewer", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
    )
    op.create_index("ix_removals_at", "removals", ["at"])
    op.create_index("ix_removals_workspace_id", "removals", ["workspace_id"])
    op.create_index("removals_at", "removals", ["workspace_id", "viewer", "at"])
