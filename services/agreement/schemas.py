"""What the API takes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate, validates_schema

from chassis.ids import parse_public_id
from chassis.validation import EmailAddress, Line, StrictSchema
from services.agreement import limits
from services.agreement.lists import CATEGORIES
from services.agreement.models import STATUSES

KINDS = ("signature", "stamp", "text", "date", "checkbox")
CHECKS = ("none", "access_code", "email_code")
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
DATE_FORMAT = re.compile(r"(?:YYYY|MM|DD|M|D|HH|mm|[ ./:,\-年月日时時分])+")
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class PublicId(fields.String):
    """A public id with one prefix, as its key."""

    def __init__(self, prefix: str, **options: Any) -> None:
        super().__init__(**options)
        self.prefix = prefix

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> UUID:  # type: ignore[override]
        key = parse_public_id(self.prefix, str(super()._deserialize(value, attr, data, **kwargs)))
        if key is None:
            raise ValidationError("Not a valid id.")
        return key


class Moment(fields.AwareDateTime):
    """A time with its zone, between 2000 and 2200."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        at = super()._deserialize(value, attr, data, **kwargs)
        if not EARLIEST.timestamp() <= at.timestamp() <= LATEST.timestamp():
            raise ValidationError("Not a valid datetime.")
        return at.astimezone(UTC)


class Handover(StrictSchema):
    from_account_id = Line(required=True, longest=40)
    to_account_id = Line(required=True, longest=40)


class Draft(StrictSchema):
    title = Line(longest=60)
    message = Line(longest=5000, shortest=0, lines=True)
    deadline = Moment(format="iso")
    ordered = fields.Boolean(truthy={True}, falsy={False})
    stamp_margin = fields.Boolean(truthy={True}, falsy={False})
    allow_reassign = fields.Boolean(truthy={True}, falsy={False})
    reminders = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 365)), validate=validate.Length(max=10)
    )


class DraftAddress(EmailAddress):
    """An address, or nothing yet."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return "" if value == "" else super()._deserialize(value, attr, data, **kwargs)

    def _validate(self, value: Any) -> None:
        if value:
            super()._validate(value)


class Recipient(StrictSchema):
    """Name and address may be empty in a draft; sending asks for them."""

    id = PublicId("rcp")
    role = Line(longest=100, shortest=0)
    name = Line(longest=100, shortest=0, required=True)
    email = DraftAddress(required=True)
    language = fields.String(validate=validate.OneOf(LANGUAGES))
    position = fields.Integer(strict=True, validate=validate.Range(1, 1000))
    check = fields.String(validate=validate.OneOf(CHECKS), load_default="none")
    access_code = fields.String(validate=validate.Regexp(r"\A[A-Za-z0-9]{4,32}\Z"), allow_none=True, load_only=True)


class CorrectedRecipient(StrictSchema):
    name = Line(longest=100)
    email = EmailAddress()
    language = fields.String(validate=validate.OneOf(LANGUAGES))


class Correction(StrictSchema):
    """``message`` is added to the one there is, and mailed to those who may sign now."""

    deadline = Moment(format="iso")
    message = Line(longest=5000, lines=True)


class Recipients(StrictSchema):
    recipients = fields.List(fields.Nested(Recipient), required=True, validate=validate.Length(1, limits.RECIPIENTS))


class Field(StrictSchema):
    id = PublicId("fld")
    recipient_id = PublicId("rcp", required=True)
    document_id = PublicId("doc", required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    page = fields.Integer(required=True, strict=True, validate=validate.Range(0, limits.PAGES))
    x = fields.Float(required=True, allow_nan=False)
    y = fields.Float(required=True, allow_nan=False)
    width = fields.Float(required=True, allow_nan=False)
    height = fields.Float(required=True, allow_nan=False)
    required = fields.Boolean(truthy={True}, falsy={False}, load_default=True)
    label = Line(longest=100, shortest=0, load_default="")
    default = Line(longest=2000, shortest=0, lines=True, allow_none=True, load_default=None)
    format = Line(longest=40, allow_none=True, load_default=None)
    longest = fields.Integer(strict=True, validate=validate.Range(1, 2000), allow_none=True, load_default=None)

    @validates_schema
    def of_its_kind(self, data: dict[str, Any], **_: Any) -> None:
        """Only a date has a format, only a text a length, and a default fits."""
        kind, default, longest = data["kind"], data["default"], data["longest"]
        if data["format"] is not None and (kind != "date" or not DATE_FORMAT.fullmatch(data["format"])):
            raise ValidationError("Not a date format.", "format")
        if longest is not None and kind != "text":
            raise ValidationError("Only a text has a length.", "longest")
        if default is not None and (kind in ("signature", "stamp") or len(default) > (longest or 2000)):
            raise ValidationError("Not a default for this field.", "default")


class SignerOfTag(StrictSchema):
    signer = fields.Integer(required=True, strict=True, validate=validate.Range(1, 999))
    recipient_id = PublicId("rcp", required=True)


class Keyword(StrictSchema):
    text = Line(longest=50, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    recipient_id = PublicId("rcp", required=True)


class Suggested(StrictSchema):
    sources = fields.List(fields.String(validate=validate.OneOf(("tag", "form"))), load_default=lambda: ["tag", "form"])
    signers = fields.List(fields.Nested(SignerOfTag), load_default=list, validate=validate.Length(max=100))
    keywords = fields.List(fields.Nested(Keyword), load_default=list, validate=validate.Length(max=20))


class Fields(StrictSchema):
    fields_ = fields.List(
        fields.Nested(Field), required=True, data_key="fields", validate=validate.Length(max=limits.FIELDS)
    )


class Order(StrictSchema):
    document_ids = fields.List(PublicId("doc"), required=True, validate=validate.Length(max=limits.DOCUMENTS))


class Void(StrictSchema):
    reason = Line(longest=500, required=True, lines=True)


class VoidMany(Void):
    ids = fields.List(
        fields.String(validate=validate.Length(max=60)), required=True, validate=validate.Length(1, limits.BATCH)
    )


class Nothing(StrictSchema):
    """An empty body, or {}."""


class Tolerant(Schema):
    """Base of queries: what is not known is not looked at."""

    class Meta:
        unknown = EXCLUDE


class Filters(Tolerant):
    category = fields.String(load_default="all", validate=validate.OneOf(list(CATEGORIES)))
    initiator = PublicId("acc")
    status = fields.String(validate=validate.OneOf(STATUSES))
    created_from = Moment(format="iso")
    created_to = Moment(format="iso")
    completed_from = Moment(format="iso")
    completed_to = Moment(format="iso")
    q = Line(longest=200, shortest=0)


class ListQuery(Filters):
    cursor = fields.String(validate=validate.Length(max=60))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))


class Zone(fields.String):
    """An IANA time zone."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> ZoneInfo:  # type: ignore[override]
        name = str(super()._deserialize(value, attr, data, **kwargs))
        if name not in available_timezones():
            raise ValidationError("Not a time zone.")
        return ZoneInfo(name)


class ExportQuery(Filters):
    """``zone`` is the IANA time zone in which times are told."""

    zone = Zone(load_default=lambda: ZoneInfo("UTC"))


class OutlookQuery(StrictSchema):
    """``days`` left out stands for ever."""

    days = fields.Integer(validate=validate.Range(30, 36_500), load_default=None)


class ChangesQuery(Tolerant):
    since = fields.String(load_default="", validate=validate.Length(max=120))


class ContactQuery(Tolerant):
    q = Line(longest=100, shortest=0, load_default="")
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 200))


class NewContact(StrictSchema):
    name = Line(longest=100, required=True)
    email = EmailAddress(required=True)
    language = fields.String(validate=validate.OneOf(LANGUAGES), load_default="en")


class Pasted(StrictSchema):
    text = fields.String(required=True, validate=validate.Length(1, 20_000))


class TemplateName(StrictSchema):
    name = Line(longest=100, required=True)


class NewTemplate(TemplateName):
    agreement_id = fields.String(required=True, validate=validate.Length(max=60))


class RolePlayer(StrictSchema):
    role = Line(longest=100, required=True)
    name = Line(longest=100, required=True)
    email = EmailAddress(required=True)
    language = fields.String(validate=validate.OneOf(LANGUAGES))


class StartFrom(StrictSchema):
    recipients = fields.List(fields.Nested(RolePlayer), load_default=list, validate=validate.Length(max=100))


class ImageQuery(Tolerant):
    width = fields.Integer(load_default=limits.WIDTHS[0], validate=validate.OneOf(limits.WIDTHS))


class FileQuery(Tolerant):
    """``language`` of a certificate; the reader's when it is not given."""

    language = fields.String(load_default="", validate=validate.OneOf(["", *LANGUAGES]))


class FileName(Tolerant):
    name = Line(longest=255, load_default="document.pdf")
