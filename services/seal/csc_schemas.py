"""What outsiders say by the CSC API v2; members this service has no use for are passed over."""

from __future__ import annotations

from marshmallow import EXCLUDE, fields, validate

from services.seal.schemas import CredentialQuery, CredentialsQuery, SignHash, TimestampOrder


def _certificates() -> fields.String:
    return fields.String(load_default="single", validate=validate.OneOf(("none", "single", "chain")))


class OutsideCredentials(CredentialsQuery):
    """CSC API v2, 11.4."""

    class Meta:
        unknown = EXCLUDE

    with_info = fields.Boolean(data_key="credentialInfo", load_default=False)
    certificates = _certificates()


class OutsideCredential(CredentialQuery):
    """CSC API v2, 11.5."""

    class Meta:
        unknown = EXCLUDE

    certificates = _certificates()


class OutsideSignHash(SignHash):
    """CSC API v2, 11.10; asynchronous operation is not offered."""

    class Meta:
        unknown = EXCLUDE

    mode = fields.String(data_key="operationMode", load_default="S", validate=validate.Equal("S"))


class OutsideTimestamp(TimestampOrder):
    """CSC API v2, 11.12."""

    class Meta:
        unknown = EXCLUDE
