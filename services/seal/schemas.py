"""What goes in and out over HTTP."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from uuid import UUID

from flask_smorest.fields import Upload
from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from chassis.ids import parse_public_id, public_id
from chassis.problem import not_found
from chassis.validation import Line, StrictSchema
from documents.drawing.seals.design import Design
from services.seal.algorithms import SHA256_OID
from services.seal.names import MOST_ATTEMPTS
from services.seal.revoke import REASONS


class PublicId(fields.String):
    """A key, outside shown as a public id with this prefix."""

    def __init__(self, prefix: str, **options: Any) -> None:
        super().__init__(**options)
        self.prefix = prefix

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> str | None:
        return value and public_id(self.prefix, value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:
        key = parse_public_id(self.prefix, value) if isinstance(value, str) else None
        if key is None:
            raise ValidationError("Not a valid UUID.")
        return key


class Base64(fields.String):
    """Bytes, outside as base64 with padding (RFC 4648 §4)."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> str:
        return base64.b64encode(value).decode()

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError, TypeError) as error:
            raise ValidationError("Not a valid string.") from error


def millimetres() -> fields.Float:
    return fields.Float(validate=validate.Range(5, 100), allow_nan=False)


class NewSeal(StrictSchema):
    name = Line(longest=100, required=True)
    width_mm = millimetres()
    height_mm = millimetres()


class NewSealFiles(StrictSchema):
    image = Upload(required=True)


class DesignIn(StrictSchema):
    """A seal made from words: round and oval ones with the text along the rim, square ones with it inside.

    ``lower`` is the line below the middle, ``number`` the small one at the bottom; ``ink`` is of square ones: yang
    has coloured strokes, yin white ones; ``size_mm`` is the width.
    """

    shape = fields.String(required=True, validate=validate.OneOf(("round", "oval", "square")))
    text = Line(longest=80, required=True)
    lower = Line(longest=40, shortest=0, load_default="")
    number = Line(longest=40, shortest=0, load_default="")
    colour = fields.String(load_default="red", validate=validate.OneOf(("red", "blue", "black")))
    ink = fields.String(load_default="yang", validate=validate.OneOf(("yang", "yin")))
    star = fields.Boolean(load_default=True)
    size_mm = fields.Float(validate=validate.Range(8, 100), allow_nan=False, load_default=None, allow_none=True)

    @post_load
    def _design(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        size = data.pop("size_mm")
        rest = {name: data.pop(name) for name in ("shape", "text", "lower", "number", "colour", "ink", "star")}
        return {**data, "design": Design(**rest, size=size)}


class NewDesigned(DesignIn):
    name = Line(longest=100, required=True)


class SealChange(StrictSchema):
    name = Line(longest=100)
    width_mm = millimetres()
    height_mm = millimetres()


class SealQuery(StrictSchema):
    """``deleted`` asks for the seals that were deleted instead of those there are."""

    search = Line(longest=100, shortest=0, load_default="")
    deleted = fields.Boolean(load_default=False)
    cursor = PublicId("sea", load_default=None)
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))


class SealView(StrictSchema):
    """``design`` is what a seal that was made from words says, null for an uploaded one."""

    id = PublicId("sea")
    name = fields.String()
    design = fields.Dict(allow_none=True)
    width_mm = fields.Float()
    height_mm = fields.Float()
    image_sha256 = fields.String()
    created_at = fields.AwareDateTime(format="iso")
    deleted_at = fields.AwareDateTime(format="iso", allow_none=True)


class SealPage(StrictSchema):
    seals = fields.List(fields.Nested(SealView))
    total = fields.Integer()
    next_cursor = PublicId("sea", attribute="next", allow_none=True)


class GrantedTo(StrictSchema):
    account_id = PublicId("acc")
    name = fields.String()
    email = fields.String()
    status = fields.String()


class Grants(StrictSchema):
    members = fields.List(fields.Nested(GrantedTo))


class GrantsChange(StrictSchema):
    account_ids = fields.List(PublicId("acc"), required=True, validate=validate.Length(max=1000))


class GrantsAddition(StrictSchema):
    account_ids = fields.List(PublicId("acc"), required=True, validate=validate.Length(1, 1000))


class UsesQuery(StrictSchema):
    cursor = PublicId("use", load_default=None)
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))


class UseOut(StrictSchema):
    """A use: ``name`` and ``email`` are the member's as they are now, the title that of the agreement at that time."""

    id = PublicId("use", attribute="SealUse.id")
    account_id = PublicId("acc", attribute="SealUse.account_id")
    name = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    agreement_id = PublicId("agr", attribute="SealUse.agreement_id")
    agreement_title = fields.String(attribute="SealUse.title", allow_none=True)
    used_at = fields.AwareDateTime(format="iso", attribute="SealUse.used_at")


class UsePage(StrictSchema):
    uses = fields.List(fields.Nested(UseOut))
    total = fields.Integer()
    next_cursor = PublicId("use", attribute="next", allow_none=True)


class UsableSeal(StrictSchema):
    """A seal as *signing* needs it to draw and record it."""

    seal_id = fields.UUID(attribute="id")
    public_id = fields.Function(lambda seal: public_id("sea", seal.id))
    name = fields.String()
    workspace_id = fields.UUID()
    image_key = fields.String()
    image_sha256 = fields.String()
    drawing_key = fields.String(allow_none=True)
    drawing_sha256 = fields.String(allow_none=True)
    width_mm = fields.Float()
    height_mm = fields.Float()


class UsableSeals(StrictSchema):
    seals = fields.List(fields.Nested(UsableSeal))


class GrantsQuery(StrictSchema):
    account_id = fields.UUID(required=True)


class StampIn(StrictSchema):
    seal_id = fields.UUID(required=True)
    field_id = fields.UUID(required=True)


class SealUsesIn(StrictSchema):
    """All stamps of one act of signing."""

    account_id = fields.UUID(required=True)
    agreement_id = fields.UUID(required=True)
    title = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    stamps = fields.List(fields.Nested(StampIn), required=True, validate=validate.Length(1, 1000))


class CredentialsQuery(StrictSchema):
    max_results = fields.Integer(data_key="maxResults", load_default=100, validate=validate.Range(1, 1000))
    page_token = fields.String(data_key="pageToken", load_default="", validate=validate.Length(max=64))


class CredentialQuery(StrictSchema):
    credential = fields.String(data_key="credentialID", required=True, validate=validate.Length(max=64))
    certificates = fields.String(load_default="chain", validate=validate.OneOf(("none", "single", "chain")))


class SignHash(StrictSchema):
    """CSC API v2, signatures/signHash, without what concerns an end user's authorisation."""

    credential = fields.String(data_key="credentialID", required=True, validate=validate.Length(max=64))
    hashes = fields.List(Base64(), required=True, validate=validate.Length(1, 100))
    hash_oid = fields.String(data_key="hashAlgorithmOID", load_default=SHA256_OID)
    sign_oid = fields.String(data_key="signAlgo", required=True)


class Signatures(StrictSchema):
    signatures = fields.List(Base64())


class TimestampOrder(StrictSchema):
    """CSC API v2, signatures/timestamp; the nonce is in hex."""

    hash = Base64(required=True)
    hash_oid = fields.String(data_key="hashAlgo", load_default=SHA256_OID, validate=validate.Length(max=64))
    nonce = fields.String(load_default=None, validate=validate.Regexp(r"[0-9a-fA-F]{1,128}\Z"))


class Timestamp(StrictSchema):
    timestamp = Base64()


class OneTimeOrder(StrictSchema):
    """``attempt`` is counted from 1; each takes the place of those before it."""

    act_id = fields.UUID(required=True)
    workspace_id = fields.UUID(required=True)
    name = Line(longest=300, required=True)
    attempt = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, MOST_ATTEMPTS))


class OneTimeCredential(StrictSchema):
    credential = fields.String(data_key="credentialID")


class Revocation(StrictSchema):
    """One of ``credential`` and ``serial``, the latter in hex."""

    credential = fields.String(validate=validate.Length(1, 64))
    serial = fields.String(validate=validate.Regexp(r"[0-9a-fA-F]{1,48}\Z"))
    reason = fields.String(load_default="unspecified", validate=validate.OneOf(REASONS))

    @validates_schema
    def _one(self, data: dict[str, Any], **_: Any) -> None:
        if ("credential" in data) == ("serial" in data):
            raise ValidationError("Missing data for required field.", "credential")


class RevokedCertificate(StrictSchema):
    credential = fields.String()
    serial = fields.String()
    revoked_at = fields.AwareDateTime(format="iso")
    reason = fields.String(attribute="revocation_reason")


class Revoked(StrictSchema):
    revoked = fields.List(fields.Nested(RevokedCertificate))


class ValidationQuery(StrictSchema):
    certificates = fields.List(Base64(), required=True, validate=validate.Length(1, 1000))


class RootsOut(StrictSchema):
    """DER in base64, the newest first."""

    certificates = fields.List(Base64())


class ValidationDataOut(StrictSchema):
    """DER in base64; ``unknown`` are indices of certificates another issuer has to answer for."""

    certificates = fields.List(Base64())
    ocsp = fields.List(Base64())
    crls = fields.List(Base64())
    not_ours = fields.List(fields.Integer(), data_key="unknown", attribute="unknown")


def whole_id(prefix: str, text: str) -> UUID:
    """The key of a public id in an address; raises a 404 problem."""
    key = parse_public_id(prefix, text)
    if key is None:
        raise not_found()
    return key
