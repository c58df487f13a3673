"""Events of *billing*: plans that change or end, envelopes that run out, orders."""

from marshmallow import fields

from contracts.event_type import (
    A_TIME,
    ACTOR,
    ALICE,
    KEYS,
    Actor,
    Contract,
    EventType,
    Person,
    key,
    moment,
    number,
    text,
)


class Told(Contract):
    """``parties`` are the workspace's admins."""

    workspace_id = key()
    workspace_name = text()
    parties = fields.List(fields.Nested(Person), required=True)


class PlanTold(Told):
    """``plan_names`` has the plan's name in every language."""

    plan = text()
    plan_names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class PlanChanged(PlanTold):
    """``api`` is the right to use the API, ``seats`` how many members there may be (null: no limit).

    ``ends_at`` is null for a plan without an end, ``order_id`` for one that nobody bought just now. ``change`` is
    begun, ended, upgraded, downgraded, extended or seats; ``before_names`` and ``seats_before`` are what there was.
    """

    api = fields.Boolean(required=True)
    seats = number(allow_none=True)
    starts_at = moment()
    ends_at = moment(allow_none=True)
    order_id = text(allow_none=True)
    change = text(required=False)
    before_names = fields.Dict(keys=fields.String(), values=fields.String())
    seats_before = number(required=False, allow_none=True)


class PlanEnding(PlanTold):
    ends_at = moment()
    days_left = number()


class PlanEnded(PlanTold):
    ends_at = moment()


class EnvelopesLow(Told):
    """``percent`` is the mark that was passed: 20 or 5 of a hundred are left."""

    percent = number()
    available = number()
    total = number()


class Exhausted(Told):
    total = number()


class OrderTold(Contract):
    """``by`` is who did it: null for the payment provider, the operator and the clock. ``buyer`` is who ordered it.

    ``action`` is start, renew, upgrade, downgrade, seats or pack; ``amount`` is written with its currency.
    """

    workspace_id = key()
    order_id = text()
    action = text()
    product = text()
    product_names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    quantity = number()
    amount = text()
    provider = text()
    by = fields.Nested(Actor, required=True, allow_none=True)
    buyer = text(allow_none=True)


_TOLD = {"workspace_id": KEYS[2], "workspace_name": "Alice's workspace", "parties": [ALICE]}
_PLAN = {
    **_TOLD, "plan": "standard", "plan_names": {"en": "Standard", "zh-Hans": "标准版", "zh-Hant": "標準版"},
    "ends_at": A_TIME,
}  # fmt: skip
_ORDER = {
    "workspace_id": KEYS[2], "order_id": "ord_4VTSd1rQm8kD", "action": "upgrade", "product": "standard",
    "product_names": _PLAN["plan_names"], "quantity": 1, "amount": "SGD 706.32", "provider": "invoice", "by": ACTOR,
    "buyer": "Alice Tan <alice@example.com>",
}  # fmt: skip

EVENTS = (
    EventType(
        "billing.plan_changed.v1",
        "A workspace has another plan, other seats or another end of its plan.",
        ("notify", "workspace"),
        PlanChanged,
        {
            **_PLAN,
            "api": False,
            "seats": 10,
            "starts_at": A_TIME,
            "order_id": "ord_4VTSd1rQm8kD",
            "change": "upgraded",
            "before_names": {"en": "Trial", "zh-Hans": "试用版", "zh-Hant": "試用版"},
            "seats_before": 5,
        },
    ),
    EventType(
        "billing.plan_ending.v1",
        "A plan ends in 7, 3 or 1 days and nothing follows it.",
        ("notify",),
        PlanEnding,
        {**_PLAN, "days_left": 7},
    ),
    EventType(
        "billing.plan_ended.v1",
        "A plan has ended and nothing follows it.",
        ("notify", "workspace"),
        PlanEnded,
        _PLAN,
    ),
    EventType(
        "billing.envelopes_low.v1",
        "20 % or 5 % of a workspace's envelopes are left.",
        ("notify",),
        EnvelopesLow,
        {**_TOLD, "percent": 20, "available": 10, "total": 50},
    ),
    EventType(
        "billing.exhausted.v1", "A workspace has no envelope left.", ("notify",), Exhausted, {**_TOLD, "total": 50}
    ),
    EventType("billing.order_placed.v1", "Something was ordered.", ("workspace",), OrderTold, _ORDER),
    EventType("billing.order_paid.v1", "An order was paid.", ("workspace",), OrderTold, {**_ORDER, "by": None}),
    EventType("billing.order_cancelled.v1", "An unpaid order was given up.", ("workspace",), OrderTold, _ORDER),
    EventType(
        "billing.order_expired.v1", "An order was not paid in time.", ("workspace",), OrderTold, {**_ORDER, "by": None}
    ),
    EventType(
        "billing.order_refunded.v1",
        "The money of an order was given back.",
        ("workspace",),
        OrderTold,
        {**_ORDER, "by": None},
    ),
)
