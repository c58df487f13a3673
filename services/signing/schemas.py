"""What comes in and goes out over HTTP."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.validation import Line, StrictSchema
from documents.drawing.images import STYLES
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
    text = fields.String(metadata={"description": "in the signer's language"})
    texts = fields.Dict(keys=fields.String(), values=fields.String(), metadata={"description": "by language"})
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
    default = fields.String(allow_none=True)
    format = fields.String(allow_none=True)
    longest = fields.Integer(allow_none=True)
    filled = fields.Boolean(metadata={"description": "holds what finishing needs"})
    value = fields.Dict(allow_none=True)


class ProgressOut(Schema):
    total = fields.Integer()
    filled = fields.Integer()
    required_left = fields.Integer()


class SignerOut(Schema):
    name = fields.String()
    position = fields.Integer()
    finished_at = fields.AwareDateTime(allow_none=True)


class StyleOut(Schema):
    """A hand a name can be written in; ``names`` by language."""

    id = fields.String()
    names = fields.Dict(keys=fields.String(), values=fields.String())


class LookLogoOut(Schema):
    """Where a logo is served, and its size in pixels."""

    path = fields.String()
    width = fields.Integer()
    height = fields.Integer()


class LookOut(Schema):
    """What the sender's workspace has its pages look like; null for the suite's own look."""

    colour = fields.String(allow_none=True)
    logo = fields.Nested(LookLogoOut, allow_none=True)


class StateOut(Schema):
    """How an agreement stands for one signer."""

    agreement_id = fields.String()
    state = fields.String(metadata={"description": "open, or why it cannot be signed"})
    title = fields.String()
    message = fields.String(allow_none=True)
    sender = fields.Nested(PersonOut)
    workspace_name = fields.String()
    look = fields.Nested(LookOut)
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
    may_reassign = fields.Boolean(metadata={"description": "whether the signer may hand over to somebody else"})
    styles = fields.List(fields.Nested(StyleOut))


class CodeIn(StrictSchema):
    code = Line(longest=64, required=True)


class MailedOut(Schema):
    expires_at = fields.AwareDateTime()
    again_at = fields.AwareDateTime()


class ConsentIn(StrictSchema):
    """``language`` is the one the text was read in; the signer's when it is not given."""

    version = Line(longest=20, required=True)
    language = fields.String(load_default="", validate=validate.OneOf(["", "en", "zh-Hans", "zh-Hant"]))


class TypedIn(StrictSchema):
    name = Line(longest=100, required=True)
    style = fields.String(required=True, validate=validate.OneOf(list(STYLES)))


def strokes(**options: Any) -> fields.List[Any]:
    """A drawing: strokes of points, each a pair of fractions of the pad from its top left corner."""
    points = fields.List(fields.Tuple((fields.Float(), fields.Float())), validate=validate.Length(1, 5000))
    return fields.List(points, validate=validate.Length(1, 500), **options)


class ValueIn(StrictSchema):
    """Exactly one value; ``aspect`` (width by height of the pad) may stand beside ``strokes``."""

    text = fields.String(validate=validate.Length(max=4000))
    checked = fields.Boolean(truthy={True}, falsy={False})
    signature_id = fields.String()
    same_as = fields.String(metadata={"description": "another field of the signer that holds a picture"})
    seal_id = fields.String()
    typed = fields.Nested(TypedIn)
    strokes = strokes()
    aspect = fields.Float(validate=validate.Range(min=0.2, max=20))

    @validates_schema
    def _one(self, data: dict[str, Any], **_: Any) -> None:
        values = set(data) - {"aspect"}
        if len(values) != 1 or ("aspect" in data and "strokes" not in data):
            raise ValidationError("Give exactly one value.")


IMAGE = {"type": "object", "required": ["image"], "properties": {"image": {"type": "string", "format": "binary"}}}
VALUES = {"content": {"application/json": {"schema": ValueIn}, "multipart/form-data": {"schema": IMAGE}}}


class PhoneOut(Schema):
    """``qr`` holds the rows of a QR code, 1 for dark."""

    url = fields.String()
    qr = fields.List(fields.String())
    expires_at = fields.AwareDateTime()


class SecretIn(StrictSchema):
    secret = Line(longest=80, required=True)


class DrawingOut(Schema):
    title = fields.String()
    name = fields.String()
    language = fields.String()
    expires_at = fields.AwareDateTime()


class DrawingIn(SecretIn):
    strokes = strokes(required=True)
    aspect = fields.Float(load_default=3.0, validate=validate.Range(min=0.2, max=20))


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


class SavedOut(Schema):
    """A personal signature; its picture is at `/api/v1/account/signatures/<id>/image`."""

    id = fields.String()
    default = fields.Boolean()


class SavedListOut(Schema):
    signatures = fields.List(fields.Nested(SavedOut))


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
