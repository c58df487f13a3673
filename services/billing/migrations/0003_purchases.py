"""Terms, packs, orders, invoices, warnings, and whom to tell."""

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":  # rows of every workspace are read below
        op.execute("select set_config('signet.workspace', '*', true)")
    _widen()
    _create_terms()
    _create_people()
    _create_orders()
    _create_invoices()


def _widen() -> None:
    for table, column in (
        ("subscription", sa.Column("version", sa.Integer, nullable=False, server_default="1")),
        ("subscription", sa.Column("running", sa.Boolean, nullable=False, server_default=sa.true())),
        ("subscription", sa.Column("look_at", DateTime)),
        ("subscription", sa.Column("account", sa.String(100))),
        ("batch", sa.Column("resource", sa.String(20), nullable=False, server_default="envelope")),
        ("batch", sa.Column("product", sa.String(40), nullable=False, server_default="trial")),
        ("batch", sa.Column("order_id", sa.Uuid)),
        ("ledger", sa.Column("resource", sa.String(20), nullable=False, server_default="envelope")),
        ("ledger", sa.Column("order_id", sa.Uuid)),
        ("ledger", sa.Column("currency", sa.String(3))),
    ):
        op.add_column(table, column)
    op.execute(
        "update batch set product = coalesce("
        "(select plan from subscription where subscription.workspace_id = batch.workspace_id), 'trial')"
    )
    op.execute("update subscription set look_at = starts_at")
    op.create_index("subscription_look_at", "subscription", ["look_at"])
    op.create_index("ledger_usage", "ledger", ["workspace_id", "kind", "at"])


def _create_terms() -> None:
    op.create_table(
        "term",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("plan", sa.String(40), nullable=False),
        sa.Column("starts_at", DateTime, nullable=False),
        sa.Column("ends_at", DateTime),
        sa.Column("cancelled_at", DateTime),
        sa.Column("order_id", sa.Uuid),
    )
    op.execute(
        "insert into term (id, workspace_id, plan, starts_at, ends_at) "
        "select id, workspace_id, plan, starts_at, ends_at from subscription where plan <> 'none'"
    )
    op.create_table(
        "warned",
        sa.Column("workspace_id", sa.Uuid, primary_key=True),
        sa.Column("subject", sa.String(80), primary_key=True),
        sa.Column("at", DateTime, nullable=False),
    )


def _create_people() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.String(240), nullable=False),
        sa.Column("region", sa.String(2), nullable=False),
    )
    op.create_table(
        "admin",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Uuid),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
    )


def _create_orders() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        *(sa.Column(name, sa.String(size), nullable=False) for name, size in (
            ("state", 20), ("action", 20), ("product", 40), ("country", 2), ("currency", 3), ("language", 10),
            ("provider", 20),
        )),
        *(sa.Column(name, sa.Integer, nullable=False) for name in (
            "quantity", "net", "tax", "tax_rate", "total", "refunded",
        )),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("gives", "lines", "buyer")),
        sa.Column("tax_names", sa.JSON),
        sa.Column("session", sa.String(255)),
        sa.Column("payment", sa.String(255)),
        sa.Column("url", sa.String(2000)),
        sa.Column("created_by", sa.Uuid),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("expires_at", DateTime, nullable=False),
        *(sa.Column(name, DateTime) for name in ("look_at", "paid_at", "ended_at")),
        sa.Index("orders_session", "session", unique=True),
        sa.Index("orders_look_at", "look_at"),
    )  # fmt: skip
    op.create_table(
        "provider_event",
        sa.Column("provider", sa.String(20), primary_key=True),
        sa.Column("id", sa.String(255), primary_key=True),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("at", DateTime, nullable=False),
    )


def _create_invoices() -> None:
    op.create_table(
        "invoice",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("order_id", sa.Uuid, sa.ForeignKey("orders.id"), nullable=False),
        sa.Column("credit", sa.Boolean, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("issued_at", DateTime, nullable=False),
        sa.Column("voided_at", DateTime),
        sa.Column("content", sa.JSON, nullable=False),
        sa.UniqueConstraint("year", "number", name="invoice_number"),
        sa.UniqueConstraint("order_id", "credit", name="invoice_order"),
    )
    op.create_table(
        "invoice_counter",
        sa.Column("year", sa.Integer, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )
