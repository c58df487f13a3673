"""What goes in and out over HTTP: prices, quotes, orders. Amounts count the currency's smallest unit."""

from __future__ import annotations

from marshmallow import fields, validate

from chassis.validation import Line, StrictSchema

QUANTITY = validate.Range(1, 10_000)


class TaxOut(StrictSchema):
    """``rate`` is in hundredths of a percent; ``included`` tells whether prices contain it."""

    name = fields.String()
    rate = fields.Integer()
    included = fields.Boolean()


class ProductOut(StrictSchema):
    """``action`` is what buying it would be: start, renew, upgrade, downgrade, seats or pack; null: it cannot be."""

    code = fields.String()
    name = fields.String()
    kind = fields.String()
    price = fields.Integer()
    action = fields.String(allow_none=True)
    days = fields.Integer(allow_none=True)
    resource = fields.String(allow_none=True)
    units = fields.Integer(allow_none=True)
    envelopes = fields.Integer(allow_none=True)
    seats = fields.Integer(allow_none=True)
    api = fields.Boolean(allow_none=True)


class ProductsOut(StrictSchema):
    """``exponent`` is how many decimals the currency has (ISO 4217); ``providers`` are the ways to pay."""

    country = fields.String()
    currency = fields.String()
    exponent = fields.Integer()
    tax = fields.Nested(TaxOut, allow_none=True)
    providers = fields.List(fields.String())
    products = fields.List(fields.Nested(ProductOut))


class NewQuote(StrictSchema):
    """``seats`` are the extra seats bought with a plan; as many as there are when it is left out."""

    product = fields.String(required=True, validate=validate.Length(1, 40))
    quantity = fields.Integer(load_default=1, strict=True, validate=QUANTITY)
    seats = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 10_000))


class Buyer(StrictSchema):
    name = Line(longest=200, load_default="", shortest=0)
    address = Line(longest=500, load_default="", shortest=0, lines=True)
    tax_id = Line(longest=40, load_default="", shortest=0)


class NewOrder(NewQuote):
    """``buyer`` stands on the invoice."""

    provider = fields.String(required=True, validate=validate.Length(1, 20))
    buyer = fields.Nested(Buyer, load_default=dict)


class LineOut(StrictSchema):
    """``days`` of ``of_days`` are charged, both null for all; ``instead_of`` is a plan whose price is taken off."""

    product = fields.String()
    name = fields.String()
    quantity = fields.Integer()
    unit = fields.Integer()
    days = fields.Integer(allow_none=True)
    of_days = fields.Integer(allow_none=True)
    instead_of = fields.String(allow_none=True)
    amount = fields.Integer()


class Sums(StrictSchema):
    action = fields.String()
    product = fields.String()
    name = fields.String()
    quantity = fields.Integer()
    lines = fields.List(fields.Nested(LineOut))
    currency = fields.String()
    exponent = fields.Integer()
    net = fields.Integer()
    tax = fields.Integer()
    tax_name = fields.String(allow_none=True)
    tax_rate = fields.Integer()
    total = fields.Integer()


class QuoteOut(Sums):
    starts_at = fields.AwareDateTime(format="iso")
    ends_at = fields.AwareDateTime(format="iso", allow_none=True)


class InvoiceOut(StrictSchema):
    """``kind`` is invoice or credit."""

    kind = fields.String()
    number = fields.String()
    issued_at = fields.AwareDateTime(format="iso")
    void = fields.Boolean()


class OrderOut(Sums):
    """``state`` is open, processing, paid, failed, expired, cancelled, refund_due or refunded.

    ``payment_url`` is where an open order is paid, null when there is no page for it.
    """

    id = fields.String()
    state = fields.String()
    provider = fields.String()
    payment_url = fields.String(allow_none=True)
    refunded = fields.Integer()
    buyer = fields.Nested(Buyer)
    invoices = fields.List(fields.Nested(InvoiceOut))
    created_at = fields.AwareDateTime(format="iso")
    expires_at = fields.AwareDateTime(format="iso")
    paid_at = fields.AwareDateTime(format="iso", allow_none=True)
    ended_at = fields.AwareDateTime(format="iso", allow_none=True)


class OrdersQuery(StrictSchema):
    before = fields.AwareDateTime(format="iso", load_default=None)
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))


class OrdersOut(StrictSchema):
    """``more`` tells that there are older ones: ask for those ``before`` the last one's ``created_at``."""

    orders = fields.List(fields.Nested(OrderOut))
    more = fields.Boolean()


class SandboxIn(StrictSchema):
    outcome = fields.String(required=True, validate=validate.OneOf(("paid", "failed")))


class InvoiceQuery(StrictSchema):
    kind = fields.String(validate=validate.OneOf(("invoice", "credit")), load_default="invoice")
    language = fields.String(validate=validate.OneOf(("en", "zh-Hans", "zh-Hant")), load_default=None)
