"""What goes in and out over HTTP."""

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
    total = fields.Integer(attribute="seats", allow_none=True)
    used = fields.Integer(attribute="seats_used")


class OverviewOut(StrictSchema):
    plan = fields.Nested(PlanOut)
    starts_at = fields.AwareDateTime(format="iso")
    ends_at = fields.AwareDateTime(format="iso", allow_none=True)
    days_left = fields.Integer(allow_none=True)
    expired = fields.Boolean()
    envelopes = fields.Nested(Envelopes)
    seats = fields.Nested(Seats)


class BatchOut(StrictSchema):
    id = fields.Function(lambda batch: public_id("bat", batch.id))
    name = fields.String(attribute="origin")
    total = fields.Integer(allow_none=True)
    available = fields.Integer(allow_none=True)
    starts_at = fields.AwareDateTime(format="iso")
    ends_at = fields.AwareDateTime(format="iso", allow_none=True)


class BatchesOut(StrictSchema):
    batches = fields.List(fields.Nested(BatchOut))


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
