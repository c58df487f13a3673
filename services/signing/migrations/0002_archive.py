"""The plan of the prepared document, pictures encoded once, and until when an archive time stamp holds."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0002"
down_revision = "0001"

CEREMONY = sa.table("ceremony", sa.column("id", sa.Uuid()), sa.column("prepared", sa.JSON()))
EVIDENCE = sa.table(
    "evidence", sa.column("agreement_id", sa.Uuid()), sa.column("kind", sa.String()), sa.column("detail", sa.JSON())
)


def upgrade() -> None:
    op.add_column("ceremony", sa.Column("prepared", sa.JSON()))
    op.add_column("ceremony", sa.Column("plan", sa.JSON()))
    op.add_column("ceremony", sa.Column("archive_until", DateTime()))
    op.add_column("ceremony", sa.Column("archive_due", DateTime()))
    op.add_column("ceremony", sa.Column("archive_trial", sa.Boolean()))
    op.create_index("ceremony_archive_due", "ceremony", ["archive_due"])
    op.add_column("field", sa.Column("image_encoded", sa.JSON()))
    op.add_column("document", sa.Column("signed", sa.Boolean(), nullable=False, server_default=sa.false()))
    _remember_prepared()


def _remember_prepared() -> None:
    """Where the first revision of each document lies, from its evidence: a key names its content."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("select set_config('signet.workspace', '*', true)"))
    prepared = sa.select(EVIDENCE.c.agreement_id, EVIDENCE.c.detail).where(EVIDENCE.c.kind == "prepared")
    for agreement_id, detail in connection.execute(prepared).all():
        sha256 = detail["sha256"]
        file = {"key": f"ceremonies/{agreement_id}/revision-1-{sha256}.pdf", "sha256": sha256}
        connection.execute(sa.update(CEREMONY).where(CEREMONY.c.id == agreement_id).values(prepared=file))
