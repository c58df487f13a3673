"""The lists by initiator, so that choosing one with few agreements among many is fast."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_index("listings_initiator", "listings", ["workspace_id", "viewer", "initiator_id", "agreement_id"])
