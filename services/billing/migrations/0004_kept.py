"""What was sold is kept as it was sold; payments beyond an order's own; workspaces from before are asked for once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from chassis.tables import DateTime

revision = "0004"
down_revision = "0003"


def _names(english: str, simplified: str, traditional: str) -> dict[str, str]:
    return {"en": english, "zh-Hans": simplified, "zh-Hant": traditional}


# Plans and packs as they were until now.
PLANS: dict[str, dict[str, Any]] = {
    code: {
        "code": code, "names": names, "days": days, "envelopes": envelopes, "seats": seats, "api": api, "rank": rank,
        "for_sale": for_sale,
    }
    for code, names, days, envelopes, seats, api, rank, for_sale in (
        ("trial", _names("Trial", "试用版", "試用版"), 30, 50, 5, True, 1, False),
        ("standard", _names("Standard", "标准版", "標準版"), 365, 600, 10, False, 2, True),
        ("professional", _names("Professional", "专业版", "專業版"), 365, 2400, 50, True, 3, True),
        ("enterprise", _names("Enterprise", "企业版", "企業版"), 365, 12000, None, True, 4, True),
        ("unlimited", _names("Unlimited", "无限制", "無限制"), None, None, None, True, 1_000_000, False),
    )
}  # fmt: skip
PACKS: dict[str, dict[str, Any]] = {
    code: {"code": code, "names": names, "resource": resource, "units": units, "days": days}
    for code, names, resource, units, days in (
        ("seat", _names("Team seat", "团队席位", "團隊席次"), "seat", 1, None),
        ("envelopes_100", _names("100 envelopes", "100 份信封", "100 份信封"), "envelope", 100, 365),
        ("envelopes_500", _names("500 envelopes", "500 份信封", "500 份信封"), "envelope", 500, 365),
        ("identity_50", _names("50 identity checks", "50 次身份核验", "50 次身分驗證"), "identity", 50, 365),
    )
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":  # rows of every workspace are read below
        op.execute("select set_config('signet.workspace', '*', true)")
    op.add_column("subscription", sa.Column("known_at", DateTime))
    op.add_column("term", sa.Column("kept", sa.JSON, nullable=False, server_default="{}"))
    op.add_column("batch", sa.Column("names", sa.JSON, nullable=False, server_default="{}"))
    op.add_column("orders", sa.Column("names", sa.JSON, nullable=False, server_default="{}"))
    _keep_plans()
    _keep_orders()
    _create_payments()


def _keep_plans() -> None:
    products = {**PLANS, **PACKS}
    for code, thing in products.items():
        for table, name, value in (("batch", "product", thing["names"]), ("orders", "product", thing["names"])):
            _set(table, name, code, "names", value)
    for code, plan in PLANS.items():
        _set("term", "plan", code, "kept", plan)


def _set(table: str, where: str, code: str, column: str, value: Any) -> None:
    told = sa.table(table, sa.column(where, sa.String), sa.column(column, sa.JSON))
    op.execute(told.update().where(told.c[where] == code).values({column: value}))


def _keep_orders() -> None:
    orders = sa.table(
        "orders", sa.column("id", sa.Uuid), sa.column("gives", sa.JSON), sa.column("lines", sa.JSON)
    )  # fmt: skip
    connection = op.get_bind()
    for row in connection.execute(sa.select(orders)).all():
        gives, lines = dict(row.gives), [_line(line) for line in row.lines]
        gives.update({kind: table[gives[kind]] for kind, table in (("plan", PLANS), ("pack", PACKS)) if kind in gives})
        connection.execute(orders.update().where(orders.c.id == row.id).values(gives=gives, lines=lines))


def _line(line: dict[str, Any]) -> dict[str, Any]:
    former = line["instead_of"] and PLANS[line["instead_of"]]["names"]
    return {**line, "names": {**PLANS, **PACKS}[line["product"]]["names"], "instead_of_names": former}


def _create_payments() -> None:
    op.create_table(
        "extra_payment",
        sa.Column("provider", sa.String(20), primary_key=True),
        sa.Column("id", sa.String(255), primary_key=True),
        sa.Column("workspace_id", sa.Uuid, nullable=False, index=True),
        sa.Column("order_id", sa.Uuid, sa.ForeignKey("orders.id"), nullable=False),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("refunded", sa.Integer, nullable=False),
        sa.Column("at", DateTime, nullable=False),
        sa.Column("look_at", DateTime),
        sa.Index("extra_payment_look_at", "look_at"),
    )
