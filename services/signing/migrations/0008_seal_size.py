"""How large the seal in a stamp field is printed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("field", sa.Column("image_mm", sa.JSON(), nullable=True))
