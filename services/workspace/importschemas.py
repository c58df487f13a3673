"""What the API of lists of people takes and gives."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.ids import public_id
from chassis.validation import StrictSchema
from services.workspace.memberschemas import TEXT
from services.workspace.sheets.encodings import ENCODINGS
from services.workspace.sheets.table import CELL, ROWS


def cell() -> fields.String:
    """As it was typed: what is wrong with it is told row by row."""
    return fields.String(load_default="", validate=validate.Length(max=CELL))


class TypedRow(StrictSchema):
    """``roles`` are words with commas between them: admin, initiator, or as they are called in one's language."""

    name = cell()
    email = cell()
    roles = cell()
    phone = cell()


class TypedRows(StrictSchema):
    rows = fields.List(fields.Nested(TypedRow), required=True, validate=validate.Length(1, ROWS))


class ImportFile(StrictSchema):
    """``encoding`` is that of a text file, when it cannot be told from it."""

    encoding = fields.String(validate=validate.OneOf(ENCODINGS))


class ImportRowQuery(StrictSchema):
    failed = fields.Boolean(load_default=False)
    page = fields.Integer(load_default=1, validate=validate.Range(1, 10_000))
    page_size = fields.Integer(load_default=50, validate=validate.Range(1, 500))


class FormatQuery(StrictSchema):
    format = fields.String(load_default="xlsx", validate=validate.OneOf(["xlsx", "csv"]))


class ImportReasonView(Schema):
    code = fields.String()
    message = fields.String()


class ImportRowView(Schema):
    """``line`` is the row's number in its file. ``outcome`` is invited, or a code, once it was tried."""

    line = fields.Integer()
    name = fields.String()
    email = fields.String()
    roles = fields.String()
    phone = fields.String()
    reasons = fields.List(fields.Nested(ImportReasonView))
    outcome = fields.String(allow_none=True)


class ImportRowPage(Schema):
    items = fields.List(fields.Nested(ImportRowView))


class ImportView(Schema):
    """``status`` is checked, inviting or done. ``good`` can be added, ``bad`` cannot; the others tell the progress."""

    id = fields.Function(lambda one: public_id("imp", one["id"]), metadata=TEXT)
    status = fields.String()
    created_at = fields.AwareDateTime(format="iso")
    finished_at = fields.AwareDateTime(format="iso", allow_none=True)
    good = fields.Integer()
    bad = fields.Integer()
    invited = fields.Integer()
    failed = fields.Integer()
    left = fields.Integer()
