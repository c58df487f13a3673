"""Certificates in every language; addresses beside the evidence, where they can be erased; daily anchors."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("ceremony", sa.Column("certificates", sa.JSON()))
    op.add_column("recipient", sa.Column("commitment_key", sa.Text()))
    op.add_column("recipient", sa.Column("erased_at", DateTime()))
    _trace()
    _anchor()
    _anchored()
    _move_personal_values()


def _move_personal_values() -> None:
    """Keys to those they are about; addresses of earlier entries, which stand in the chain itself, to be shown."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("select set_config('signet.workspace', '*', true)")
    op.execute(
        "update recipient set commitment_key ="
        " (select commitment_key from ceremony where ceremony.id = recipient.agreement_id)"
    )
    op.execute(
        'insert into trace (agreement_id, sequence, "key", ip, user_agent, note, workspace_id)'
        " select agreement_id, sequence, '', ip, user_agent, '', workspace_id from evidence"
        " where ip <> '' or user_agent <> ''"
    )


def _trace() -> None:
    op.create_table(
        "trace",
        sa.Column("agreement_id", sa.Uuid(), sa.ForeignKey("ceremony.id"), primary_key=True),
        sa.Column("sequence", sa.Integer(), primary_key=True),
        sa.Column("recipient_id", sa.Uuid()),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("ip", sa.String(64), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
    )
    op.create_index("ix_trace_recipient_id", "trace", ["recipient_id"])
    op.create_index("ix_trace_workspace_id", "trace", ["workspace_id"])


def _anchor() -> None:
    op.create_table(
        "anchor",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("root", sa.String(64), nullable=False),
        sa.Column("leaves", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text()),
        sa.Column("stamped_at", DateTime()),
        sa.Column("lease_until", DateTime()),
    )


def _anchored() -> None:
    op.create_table(
        "anchored",
        sa.Column("agreement_id", sa.Uuid(), sa.ForeignKey("ceremony.id"), primary_key=True),
        sa.Column("day", sa.String(10), sa.ForeignKey("anchor.day"), primary_key=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("path", sa.JSON(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
    )
    op.create_index("ix_anchored_workspace_id", "anchored", ["workspace_id"])
