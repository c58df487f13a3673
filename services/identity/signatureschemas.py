"""What the API of *identity* takes and gives about personal signatures."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.ids import public_id
from chassis.validation import Line, StrictSchema
from documents.drawing.images import STYLES

FRACTION = validate.Range(-0.01, 1.01)
NEEDED = {"typed": ("name", "style"), "drawn": ("strokes",)}


class Drawn(fields.List[Any]):
    """Strokes of points, each a pair of fractions of the pad from its top left corner."""

    def __init__(self, **kwargs: Any) -> None:
        point = fields.Tuple((fields.Float(validate=FRACTION), fields.Float(validate=FRACTION)))
        stroke = fields.List(point, validate=validate.Length(1, 20_000))
        super().__init__(stroke, validate=validate.Length(1, 500), **kwargs)


class NewSignature(StrictSchema):
    """A typed one needs name and style, a drawn one strokes; a drawn one's name is the account's if left out."""

    kind = fields.String(required=True, validate=validate.OneOf(list(NEEDED)))
    name = Line(longest=100)
    style = fields.String(validate=validate.OneOf(list(STYLES)))
    strokes = Drawn()
    aspect = fields.Float(load_default=3.0, validate=validate.Range(0.2, 20))

    @validates_schema
    def check_kind(self, data: dict[str, Any], **kwargs: Any) -> None:
        missing = [name for name in NEEDED[data["kind"]] if name not in data]
        if missing:
            raise ValidationError({name: ["Missing data for required field."] for name in missing})


class TypedPreview(StrictSchema):
    """A name, and the hand it is to be seen in."""

    name = Line(required=True, longest=100)
    style = fields.String(required=True, validate=validate.OneOf(list(STYLES)))


class Upload(StrictSchema):
    """The form fields beside the file ``image``."""

    name = Line(longest=100)
    remove_white = fields.Boolean(load_default=True)


class SignatureChange(StrictSchema):
    name = Line(longest=100)
    style = fields.String(validate=validate.OneOf(list(STYLES)))
    default = fields.Boolean(validate=validate.OneOf([True]))


class SignatureView(Schema):
    id = fields.Function(lambda row: public_id("sig", row["signature"].id))
    kind = fields.String(attribute="signature.kind")
    name = fields.String(attribute="signature.name")
    style = fields.String(attribute="signature.style")
    default = fields.Boolean()
    created_at = fields.AwareDateTime(format="iso", attribute="signature.created_at")


class SignatureList(Schema):
    signatures = fields.List(fields.Nested(SignatureView))


class InternalSignature(Schema):
    signature_id = fields.UUID(attribute="signature.id")
    name = fields.String(attribute="signature.name")
    default = fields.Boolean()
    image_key = fields.String(attribute="signature.image_key")
    image_sha256 = fields.String(attribute="signature.image_sha256")


class InternalSignatures(Schema):
    signatures = fields.List(fields.Nested(InternalSignature))


FORMS = {
    "content": {
        "application/json": {"schema": NewSignature},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["image"],
                "properties": {
                    "image": {"type": "string", "format": "binary"},
                    "name": {"type": "string"},
                    "remove_white": {"type": "boolean"},
                },
            }
        },
    }
}
