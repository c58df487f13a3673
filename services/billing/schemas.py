"""What goes in and out over HTTP: plans, what is left, batches, usage."""

from __future__ import annotations

from marshmallow import fields, validate

from chassis.ids import public_id
from chassis.validation import StrictSchema


class PlanOut(StrictSchema):
    code = fields.String()
    name = fields.String()
    days = fields.Integer(allow_none=True)
    envelopes = fields.Integer(allow_none=True)
    seats = fields.Integer(allow_none=True)
    api = fields.Boolean()


class PlansOut(StrictSchema):
    plans = fields.List(fields.Nested(PlanOut))


class Envelopes(StrictSchema):
    used = fields.Integer()
    total = fields.Integer(allow_none=True)
    available = fields.Integer(allow_none=True)


class Seats(StrictSchema):
    total = fields.Integer(allow_none=True)
    used = fields.Integer()


class OverviewOut(StrictSchema):
    """``account_id`` is the customer id at the payment provider. ``unlimited`` tells that nothing is for sale.

    ``ends_at`` is when this plan ends, ``covered_until`` when the last one paid for ends, ``following`` the next.
    """

    workspace_name = fields.String(allow_none=True)
    account_id = fields.String(allow_none=True)
    plan = fields.Nested(PlanOut)
    unlimited = fields.Boolean()
    starts_at = fields.AwareDateTime(format="iso")
    ends_at = fields.AwareDateTime(format="iso", allow_none=True)
    covered_until = fields.AwareDateTime(format="iso", allow_none=True)
    following = fields.Nested(PlanOut, allow_none=True)
    days_left = fields.Integer(allow_none=True)
    expired = fields.Boolean()
    envelopes = fields.Nested(Envelopes)
    identity_checks = fields.Nested(Envelopes)
    seats = fields.Nested(Seats)


class BatchQuery(StrictSchema):
    resource = fields.String(validate=validate.OneOf(("envelope", "identity", "seat")), load_default=None)


class BatchOut(StrictSchema):
    """``state`` is coming, valid, used_up or ended."""

    id = fields.Function(lambda batch: public_id("bat", batch["id"]), metadata={"type": "string"})
    resource = fields.String()
    name = fields.String()
    state = fields.String()
    total = fields.Integer(allow_none=True)
    available = fields.Integer(allow_none=True)
    starts_at = fields.AwareDateTime(format="iso")
    ends_at = fields.AwareDateTime(format="iso", allow_none=True)


class BatchesOut(StrictSchema):
    batches = fields.List(fields.Nested(BatchOut))


class UsageQuery(StrictSchema):
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    by = fields.String(validate=validate.OneOf(("day", "month")), load_default="day")


class UsedOut(StrictSchema):
    """``period`` is a day (2026-11-22) or a month (2026-11)."""

    period = fields.String()
    used = fields.Integer()


class UsageOut(StrictSchema):
    usage = fields.List(fields.Nested(UsedOut))


class NewReservation(StrictSchema):
    agreement_id = fields.UUID(required=True)
    workspace_id = fields.UUID(required=True)


class ReservationOut(StrictSchema):
    agreement_id = fields.UUID()
    state = fields.String()


class NewSeat(StrictSchema):
    """``version`` is the one the member is going to have."""

    member_id = fields.UUID(required=True)
    workspace_id = fields.UUID(required=True)
    version = fields.Integer(load_default=1, strict=True)


class NewSeats(StrictSchema):
    """For new members, in the order in which they are to get one."""

    workspace_id = fields.UUID(required=True)
    member_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 500))


class SeatsOut(StrictSchema):
    member_ids = fields.List(fields.UUID())


class SeatOut(StrictSchema):
    member_id = fields.UUID()


class SeatVersion(StrictSchema):
    """The member's version at which the seat is given up; a seat of a newer one is kept."""

    version = fields.Integer(load_default=None, allow_none=True)
