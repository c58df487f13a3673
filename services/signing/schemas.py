"""What comes in and goes out over HTTP."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.validation import Line, StrictSchema
from services.signing.pages import WIDTHS


class PersonOut(Schema):
    name = fields.String()
    email = fields.String()


class RecipientOut(Schema):
    id = fields.String()
    name = fields.String()
    language = fields.String()


class CheckOut(Schema):
    kind = fields.String(metadata={"description": "none, access_code or email_code"})
    passed = fields.Boolean(metadata={"description": "in this browser"})
    left = fields.Integer(allow_none=True, metadata={"description": "tries left"})
    code_mailed_at = fields.AwareDateTime(allow_none=True)
    code_expires_at = fields.AwareDateTime(allow_none=True)


class EndedOut(Schema):
    kind = fields.String()
    at = fields.AwareDateTime()
    by = fields.String(allow_none=True)
    reason = fields.String()


class ConsentOut(Schema):
    version = fields.String()
    text = fields.String()
    accepted_at = fields.AwareDateTime(allow_none=True)


class PageOut(Schema):
    number = fields.Integer(metadata={"description": "counts from 0"})
    width = fields.Float(metadata={"description": "points, as displayed"})
    height = fields.Float(metadata={"description": "points, as displayed"})


class FieldOut(Schema):
    """``x``, ``y``, ``width``, ``height`` are fractions of the page as displayed, from its top left corner."""

    id = fields.String()
    kind = fields.String()
    page = fields.Integer()
    x = fields.Float()
    y = fields.Float()
    width = fields.Float()
    height = fields.Float()
    required = fields.Boolean()
    label = fields.String()
    format = fields.String(allow_none=True)
    longest = fields.Integer(allow_none=True)
    value = fields.Dict(allow_none=True)


class ProgressOut(Schema):
    total = fields.Integer()
    filled = fields.Integer()
    required_left = fields.Integer()


class SignerOut(Schema):
    name = fields.String()
    position = fields.Integer()
    finished_at = fields.AwareDateTime(allow_none=True)


class StateOut(Schema):
    """How an agreement stands for one signer."""

    agreement_id = fields.String()
    state = fields.String(metadata={"description": "open, or why it cannot be signed"})
    title = fields.String()
    message = fields.String(allow_none=True)
    sender = fields.Nested(PersonOut)
    workspace_name = fields.String()
    deadline = fields.AwareDateTime()
    now = fields.AwareDateTime()
    completed_at = fields.AwareDateTime(allow_none=True)
    ended = fields.Nested(EndedOut, allow_none=True)
    recipient = fields.Nested(RecipientOut)
    check = fields.Nested(CheckOut)
    consent = fields.Nested(ConsentOut, allow_none=True)
    pages = fields.List(fields.Nested(PageOut))
    fields_ = fields.List(fields.Nested(FieldOut), data_key="fields", attribute="fields")
    progress = fields.Nested(ProgressOut, allow_none=True)
    signers = fields.List(fields.Nested(SignerOut))
    files = fields.List(fields.String())


class CodeIn(StrictSchema):
    code = Line(longest=64, required=True)


class MailedOut(Schema):
    expires_at = fields.AwareDateTime()
    again_at = fields.AwareDateTime()


class ConsentIn(StrictSchema):
    version = Line(longest=20, required=True)


class TypedIn(StrictSchema):
    name = Line(longest=100, required=True)
    style = fields.String(required=True, validate=validate.OneOf(["caveat", "dancing", "plain"]))


class ValueIn(StrictSchema):
    """Exactly one value; ``aspect`` (width by height of the pad) may stand beside ``strokes``."""

    text = fields.String(validate=validate.Length(max=4000))
    checked = fields.Boolean(truthy={True}, falsy={False})
    signature_id = fields.String()
    seal_id = fields.String()
    typed = fields.Nested(TypedIn)
    strokes = fields.List(
        fields.List(fields.Tuple((fields.Float(), fields.Float())), validate=validate.Length(1, 5000)),
        validate=validate.Length(1, 500),
    )
    aspect = fields.Float(validate=validate.Range(min=0.2, max=20))

    @validates_schema
    def _one(self, data: dict[str, Any], **_: Any) -> None:
        values = set(data) - {"aspect"}
        if len(values) != 1 or ("aspect" in data and "strokes" not in data):
            raise ValidationError("Give exactly one value.")


IMAGE = {"type": "object", "required": ["image"], "properties": {"image": {"type": "string", "format": "binary"}}}
VALUES = {"content": {"application/json": {"schema": ValueIn}, "multipart/form-data": {"schema": IMAGE}}}


class ReasonIn(StrictSchema):
    reason = Line(longest=500, required=True, lines=True)


class PageQuery(StrictSchema):
    width = fields.Integer(load_default=WIDTHS[0], validate=validate.OneOf(WIDTHS))


class FileQuery(StrictSchema):
    """``language`` of a certificate; the signer's when it is not given."""

    language = fields.String(load_default="", validate=validate.OneOf(["", "en", "zh-Hans", "zh-Hant"]))


class TextOut(Schema):
    text = fields.String()


class SealOut(Schema):
    id = fields.String()
    name = fields.String()
    width_mm = fields.Float(allow_none=True)
    height_mm = fields.Float(allow_none=True)


class SealsOut(Schema):
    seals = fields.List(fields.Nested(SealOut))


class CloseIn(StrictSchema):
    kind = fields.String(required=True, validate=validate.OneOf(["voided", "expired"]))
    reason = fields.String(load_default="")
    by = fields.String(load_default=None, allow_none=True)
    ip = fields.String(load_default="", allow_none=True)
    user_agent = fields.String(load_default="", allow_none=True)


class OutcomeOut(Schema):
    outcome = fields.String()


class ResendIn(StrictSchema):
    recipient_id = fields.UUID(required=True)


class DeclineIn(StrictSchema):
    """``email`` is a verified address, ``browser`` the hash of the browser the checks were passed in."""

    email = fields.String(required=True)
    reason = Line(longest=500, required=True, lines=True)
    ip = fields.String(load_default="")
    user_agent = fields.String(load_default="")
    browser = fields.String(load_default="")


class HistoryOut(Schema):
    entries = fields.List(fields.Dict())
    head = fields.String()
    broken_at = fields.Integer(allow_none=True)
    anchors = fields.List(fields.Dict(), metadata={"description": "when heads of the chain were time-stamped"})


class EraseIn(StrictSchema):
    email = Line(longest=254, required=True)


class ErasedOut(Schema):
    agreements = fields.Integer(metadata={"description": "agreements the person was erased from"})
    still_open = fields.Integer(metadata={"description": "agreements that were left because they are open"})
