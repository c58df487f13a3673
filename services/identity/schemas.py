"""What the API of *identity* takes and gives about accounts."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from chassis.ids import public_id
from chassis.validation import EmailAddress, Line, Region, StrictSchema
from services.identity.consents import VERSIONS
from services.identity.preferences import DATE_FORMATS, LANGUAGES, time_zones


class EmailOnly(StrictSchema):
    email = EmailAddress(required=True)


class CodeSent(Schema):
    """The same for every address."""

    valid_seconds = fields.Integer()
    resend_seconds = fields.Integer()


def new_password() -> fields.String:
    """Taken as typed; the rules are checked by `passwords.check_password`."""
    return fields.String(required=True, load_only=True, validate=validate.Length(max=1000))


def mailed_code() -> Line:
    return Line(required=True, longest=20)


def known_zone(name: str) -> None:
    if name not in time_zones():
        raise ValidationError("Not a known time zone.")


class BrowserZone(fields.String):
    """A time zone as a browser names it; empty when it is not known here."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        name = str(super()._deserialize(value, attr, data, **kwargs))
        return name if name in time_zones() else ""


class ConsentVersions(StrictSchema):
    terms = fields.String(required=True, validate=validate.OneOf(VERSIONS["terms"]))
    privacy = fields.String(required=True, validate=validate.OneOf(VERSIONS["privacy"]))
    data_processing = fields.String(required=True, validate=validate.OneOf(VERSIONS["data_processing"]))


class RegionView(Schema):
    code = fields.String()
    name = fields.String()


class RegionList(Schema):
    regions = fields.List(fields.Nested(RegionView))


def given_password() -> fields.String:
    """The account's password; left out where a proof was made in this session."""
    return fields.String(load_default="", load_only=True, validate=validate.Length(max=1000))


class PersonForm(StrictSchema):
    """``time_zone`` is the browser's; one that is not known here is left aside for the region's."""

    name = Line(load_default="", longest=100, shortest=0)
    region = Region(load_default="SG")
    newsletter = fields.Boolean(load_default=False)
    time_zone = BrowserZone(load_default="")
    consents = fields.Nested(ConsentVersions, required=True)


class RegistrationForm(PersonForm):
    email = EmailAddress(required=True)
    code = mailed_code()
    password = new_password()


class PasswordReset(StrictSchema):
    email = EmailAddress(required=True)
    code = mailed_code()
    password = new_password()


class PasswordChange(StrictSchema):
    old_password = new_password()
    password = new_password()


class EmailChange(StrictSchema):
    email = EmailAddress(required=True)
    code = mailed_code()
    password = given_password()


class ProfileChange(StrictSchema):
    name = Line(longest=100)
    newsletter = fields.Boolean()


class Preferences(StrictSchema):
    """What is left out stays as it is."""

    language = fields.String(validate=validate.OneOf(LANGUAGES))
    date_format = fields.String(validate=validate.OneOf(DATE_FORMATS))
    time_zone = fields.String(validate=known_zone)
    default_workspace_id = Line(allow_none=True, longest=40)


class PreferencesView(Schema):
    language = fields.String()
    date_format = fields.String()
    time_zone = fields.String()
    default_workspace_id = fields.String(attribute="default_workspace_public_id")


def avatar_address(account: Any) -> str | None:
    """Where the account's picture is; another picture has another address."""
    return f"/api/v1/account/avatar?v={account.avatar_sha256[:12]}" if account.avatar_sha256 else None


class AccountView(Schema):
    id = fields.Function(lambda account: public_id("acc", account.id))
    email = fields.String()
    name = fields.String()
    region = fields.String()
    newsletter = fields.Boolean()
    language = fields.String()
    created_at = fields.AwareDateTime(format="iso")
    has_password = fields.Boolean(metadata={"description": "false for who has only ever logged in elsewhere"})
    avatar = fields.Function(avatar_address, metadata={"type": ["string", "null"]})


class Credentials(StrictSchema):
    """Of any form, so that a strange address is answered like a wrong one."""

    email = fields.String(required=True, validate=validate.Length(max=1000))
    password = fields.String(required=True, validate=validate.Length(max=1000))
    ip = fields.String(load_default="", validate=validate.Length(max=45))


class Authenticated(Schema):
    """Whom a login recognised, and by what the second step can be passed when there is one."""

    account_id = fields.UUID(attribute="account.id")
    email = fields.String(attribute="account.email")
    name = fields.String(attribute="account.name")
    language = fields.String(attribute="account.language")
    time_zone = fields.String(attribute="account.time_zone")
    date_format = fields.String(attribute="account.date_format")
    second_factors = fields.List(fields.String())


class InternalAccountView(Schema):
    account_id = fields.UUID(attribute="id")
    email = fields.String()
    name = fields.String()
    language = fields.String()
    time_zone = fields.String()
    date_format = fields.String()
