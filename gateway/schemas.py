"""What the gateway's own routes read and answer."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.problem import LANGUAGES
from chassis.validation import EmailAddress, Line, Region, StrictSchema


class Login(StrictSchema):
    email = EmailAddress(required=True)
    password = fields.String(required=True, validate=validate.Length(1, 1000), load_only=True)


class Choice(StrictSchema):
    workspace_id = fields.String(required=True, validate=validate.Length(1, 64))


class SessionAccount(Schema):
    account_id = fields.String(required=True)
    email = fields.String(required=True)
    name = fields.String(required=True)
    language = fields.String(required=True)
    time_zone = fields.String(allow_none=True)
    date_format = fields.String(allow_none=True)


class SessionWorkspace(Schema):
    workspace_id = fields.String(required=True)
    name = fields.String(required=True)
    region = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    rights = fields.List(fields.String(), required=True)


class SessionState(Schema):
    csrf_token = fields.String(required=True)
    session_id = fields.String(required=True)
    account = fields.Nested(SessionAccount, required=True)
    workspace = fields.Nested(SessionWorkspace, required=True, allow_none=True)
    workspaces = fields.List(fields.Nested(SessionWorkspace), required=True)


class Device(Schema):
    """``kind`` is phone, tablet, desktop or other; the names are empty when they are not known."""

    kind = fields.String(required=True)
    browser = fields.String(required=True)
    system = fields.String(required=True)


class Place(Schema):
    """Where an IP address is, as the operator's database of places tells it, in the reader's language."""

    city = fields.String(required=True)
    country = fields.String(required=True)


class SignedIn(Schema):
    """Where the person is logged in; ``current`` is the one that asks. ``place`` is null when it is not known."""

    session_id = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True, format="iso")
    last_seen_at = fields.AwareDateTime(required=True, format="iso")
    ip = fields.String(required=True)
    place = fields.Nested(Place, required=True, allow_none=True)
    device = fields.Nested(Device, required=True)
    user_agent = fields.String(required=True)
    current = fields.Boolean(required=True)


class SignedInList(Schema):
    sessions = fields.List(fields.Nested(SignedIn), required=True)


class PendingState(Schema):
    """What a login waits for: second_factor (by ``methods``), register, link, or null for nothing.

    ``name``, ``email`` and ``provider`` tell who an issuer says it is; ``return_to`` is where to go at the end.
    """

    step = fields.String(required=True, allow_none=True)
    methods = fields.List(fields.String(), required=True)
    email = fields.String(allow_none=True)
    name = fields.String(allow_none=True)
    provider = fields.String(allow_none=True)
    return_to = fields.String(allow_none=True)


class FactorTry(StrictSchema):
    method = fields.String(required=True, validate=validate.OneOf(["totp", "recovery_code"]))
    code = fields.String(required=True, validate=validate.Length(1, 100))


class PasskeyTry(StrictSchema):
    """``credential`` as `PublicKeyCredential.toJSON()` gives it."""

    credential = fields.Dict(required=True)


class PasskeyOptions(Schema):
    """``options`` in WebAuthn's own JSON (`PublicKeyCredential.parseRequestOptionsFromJSON`)."""

    options = fields.Dict(required=True)


class Provider(Schema):
    """``issuer`` is the one that linked logins name."""

    name = fields.String(required=True)
    title = fields.String(required=True)
    issuer = fields.String(required=True)
    login_url = fields.String(required=True)


class Departure(Schema):
    """``url`` is the issuer's, for the browser to go to."""

    url = fields.String(required=True)


class ProviderList(Schema):
    providers = fields.List(fields.Nested(Provider), required=True)


class PersonForm(StrictSchema):
    """As for registering with a password; the name the issuer told is taken when none is given."""

    name = Line(load_default="", longest=100, shortest=0)
    region = Region(load_default="SG")
    newsletter = fields.Boolean(load_default=False)
    time_zone = fields.String(load_default="", validate=validate.Length(max=64))
    consents = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class InvitedForm(PersonForm):
    """``token`` is that of the mailed invitation, which proves the address; the name of the invitation is a default."""

    token = fields.String(required=True, validate=validate.Length(1, 100))
    password = fields.String(required=True, load_only=True, validate=validate.Length(1, 1000))
    region = Region()


class LinkConfirmation(StrictSchema):
    """The account's password, or the code mailed to its address."""

    password = fields.String(load_only=True, validate=validate.Length(1, 1000))
    code = fields.String(validate=validate.Length(1, 20))

    @validates_schema
    def check_one(self, data: dict[str, Any], **kwargs: Any) -> None:
        if len(data) != 1:
            raise ValidationError({"code": ["Missing data for required field."]})


class CodeMailed(Schema):
    valid_seconds = fields.Integer()
    resend_seconds = fields.Integer()


class LanguageChoice(StrictSchema):
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
