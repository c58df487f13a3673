"""The format of an operator's own plans, packs and prices."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.billing.money import EXPONENTS, MOST

CODE = validate.Regexp(r"^[a-z][a-z0-9_]{0,39}\Z", error="a code is small letters, digits and _, 40 at most")
COUNTRY = validate.Regexp(r"^([A-Z]{2}|\*)\Z", error="a country is its two capital letters after ISO 3166, or *")
MANY = validate.Range(1, 10_000_000)
DAYS = validate.Range(1, 3660)


class NamesIn(Schema):
    """A name in every language."""

    en = fields.String(required=True, validate=validate.Length(1, 80))
    zh_hans = fields.String(required=True, data_key="zh-Hans", attribute="zh-Hans", validate=validate.Length(1, 80))
    zh_hant = fields.String(required=True, data_key="zh-Hant", attribute="zh-Hant", validate=validate.Length(1, 80))


class PlanIn(Schema):
    """``envelopes`` and ``seats`` are null without a limit."""

    names = fields.Nested(NamesIn, required=True)
    days = fields.Integer(required=True, strict=True, validate=DAYS)
    envelopes = fields.Integer(required=True, allow_none=True, strict=True, validate=MANY)
    seats = fields.Integer(required=True, allow_none=True, strict=True, validate=MANY)
    api = fields.Boolean(required=True, truthy={True}, falsy={False})
    rank = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1000))


class PackIn(Schema):
    """``days`` is null for seats, which end with the plan."""

    names = fields.Nested(NamesIn, required=True)
    resource = fields.String(required=True, validate=validate.OneOf(("envelope", "identity", "seat")))
    units = fields.Integer(required=True, strict=True, validate=MANY)
    days = fields.Integer(required=True, allow_none=True, strict=True, validate=DAYS)


class TaxIn(Schema):
    """``rate`` is in hundredths of a percent."""

    names = fields.Nested(NamesIn, required=True)
    rate = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10_000))
    included = fields.Boolean(required=True, truthy={True}, falsy={False})


class SheetIn(Schema):
    """Amounts are whole numbers of the currency's smallest unit."""

    currency = fields.String(required=True, validate=validate.OneOf(EXPONENTS, error="{input} is no currency it knows"))
    tax = fields.Nested(TaxIn, load_default=None, allow_none=True)
    prices = fields.Dict(
        keys=fields.String(validate=CODE), values=fields.Integer(strict=True, validate=validate.Range(1, MOST)),
        required=True, validate=validate.Length(1, error="nothing is for sale there"),
    )  # fmt: skip


class CatalogueIn(Schema):
    """Any of the three."""

    plans = fields.Dict(
        keys=fields.String(validate=CODE), values=fields.Nested(PlanIn), validate=validate.Length(1, 20)
    )
    packs = fields.Dict(
        keys=fields.String(validate=CODE), values=fields.Nested(PackIn), validate=validate.Length(0, 50)
    )
    prices = fields.Dict(keys=fields.String(validate=COUNTRY), values=fields.Nested(SheetIn))
