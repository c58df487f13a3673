"""What the API of *identity* takes and gives about second factors, passkeys, and logins elsewhere."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.ids import public_id
from chassis.validation import EmailAddress, Line, StrictSchema
from services.identity.schemas import PersonForm, given_password


def factor_code() -> Line:
    return Line(required=True, longest=40)


class PasswordAgain(StrictSchema):
    password = given_password()


class FactorCode(StrictSchema):
    code = factor_code()


class PasswordAndCode(StrictSchema):
    """``code`` is the authenticator app's, or a recovery code; left out where the proof of this session was one."""

    password = given_password()
    code = Line(load_default="", longest=40, shortest=0)


class ProofForm(StrictSchema):
    """``credential`` as `PublicKeyCredential.toJSON()` gives it; each method takes the one that belongs to it."""

    NEEDS: ClassVar = {"password": "password", "totp": "code", "recovery_code": "code", "passkey": "credential"}

    method = fields.String(required=True, validate=validate.OneOf(list(NEEDS)))
    password = fields.String(load_only=True, validate=validate.Length(1, 1000))
    code = Line(longest=40)
    credential = fields.Dict()

    @validates_schema
    def check_needed(self, data: dict[str, Any], **kwargs: Any) -> None:
        if (needed := self.NEEDS[data["method"]]) not in data:
            raise ValidationError({needed: ["Missing data for required field."]})


class ProofState(Schema):
    """That the person proved in this session that it is them, by what, and until when that holds."""

    method = fields.String(required=True)
    until = fields.AwareDateTime(required=True, format="iso", attribute="expires_at")


class Enrolment(Schema):
    """For the authenticator app; ``qr_path`` is the SVG path of ``uri`` in a square of ``qr_size`` units."""

    secret = fields.String()
    uri = fields.String()
    qr_path = fields.String()
    qr_size = fields.Integer()


class RecoveryCodes(Schema):
    """Told this once."""

    recovery_codes = fields.List(fields.String())


class TotpState(Schema):
    on = fields.Boolean()
    since = fields.AwareDateTime(format="iso", allow_none=True)
    recovery_codes_left = fields.Integer()


class SecurityState(Schema):
    """How an account is guarded. ``proof`` is null while this session has none that holds."""

    has_password = fields.Boolean()
    totp = fields.Nested(TotpState)
    passkeys = fields.Integer()
    logins = fields.Integer()
    proof = fields.Nested(ProofState, allow_none=True)


class PasskeyView(Schema):
    """``synced``: its provider keeps copies on the person's other devices."""

    id = fields.Function(lambda row: public_id("psk", row.id))
    name = fields.String()
    synced = fields.Boolean()
    created_at = fields.AwareDateTime(format="iso")
    last_used_at = fields.AwareDateTime(format="iso", allow_none=True)


class PasskeyList(Schema):
    passkeys = fields.List(fields.Nested(PasskeyView))


class CredentialOptions(Schema):
    """``options`` in WebAuthn's own JSON (`PublicKeyCredential.parseCreationOptionsFromJSON`)."""

    options = fields.Dict()


class NewPasskey(StrictSchema):
    """``credential`` as `PublicKeyCredential.toJSON()` gives it."""

    name = Line(load_default="Passkey", longest=100)
    credential = fields.Dict(required=True)


class PasskeyName(StrictSchema):
    name = Line(required=True, longest=100)


class ExternalLoginView(Schema):
    """``email`` is empty where the issuer did not vouch for one."""

    id = fields.Function(lambda row: public_id("ext", row.id))
    provider = fields.String()
    issuer = fields.String()
    email = fields.String()
    linked_at = fields.AwareDateTime(format="iso")


class ExternalLoginList(Schema):
    logins = fields.List(fields.Nested(ExternalLoginView))


def asker_ip() -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=45))


class FactorTry(StrictSchema):
    account_id = fields.UUID(required=True)
    method = fields.String(required=True, validate=validate.OneOf(["totp", "recovery_code"]))
    code = fields.String(required=True, validate=validate.Length(max=100))
    ip = asker_ip()


class PasskeyAsk(StrictSchema):
    browser = fields.String(required=True, validate=validate.Length(1, 64))
    account_id = fields.UUID(load_default=None, allow_none=True)


class PasskeyTry(StrictSchema):
    browser = fields.String(required=True, validate=validate.Length(1, 64))
    credential = fields.Dict(required=True)
    ip = asker_ip()


class ExternalIdentity(StrictSchema):
    """As the gateway verified it."""

    provider = fields.String(required=True, validate=validate.Length(1, 40))
    title = fields.String(required=True, validate=validate.Length(1, 40))
    issuer = fields.String(required=True, validate=validate.Length(1, 255))
    subject = fields.String(required=True, validate=validate.Length(1, 255))
    email = EmailAddress(load_default="")
    verified = fields.Boolean(load_default=False)


class ExternalAsk(StrictSchema):
    identity = fields.Nested(ExternalIdentity, required=True)
    ip = asker_ip()


class IssuerAct(StrictSchema):
    """What an issuer vouches for to the person of a session."""

    identity = fields.Nested(ExternalIdentity, required=True)
    account_id = fields.UUID(required=True)
    session = fields.String(required=True, validate=validate.Length(1, 64))


class ExternalRegistration(ExternalAsk):
    person = fields.Nested(PersonForm, required=True)
    language = fields.String(load_default="en", validate=validate.Length(max=10))


class InvitedRegistration(StrictSchema):
    """Whose address a mailed invitation has proved."""

    email = EmailAddress(required=True)
    password = fields.String(required=True, validate=validate.Length(max=1000))
    person = fields.Nested(PersonForm, required=True)
    language = fields.String(load_default="en", validate=validate.Length(max=10))
    ip = asker_ip()


class ExternalLink(ExternalAsk):
    """By the account's password, or by the code mailed to its address."""

    password = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=1000))
    code = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=20))
