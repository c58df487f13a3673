"""When the files of a removed agreement are to go, and since when they are gone."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("ceremony", sa.Column("discard_due", DateTime))
    op.add_column("ceremony", sa.Column("discarded_at", DateTime))
    op.create_index("ceremony_discard_due", "ceremony", ["discard_due"])
