"""What things cost, by country: whole numbers of the currency's smallest unit, and the tax as data.

An operator's own prices replace these: ``PRICES`` (or ``PRICES_FILE``) holds the same table as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.billing.money import EXPONENTS, MOST, share
from services.billing.plans import PACKS, PLANS

SOLD = tuple(plan.code for plan in PLANS.values() if plan.for_sale) + tuple(PACKS)
ELSEWHERE = "*"  # the country of those that have no table of their own


@dataclass(frozen=True, slots=True)
class Tax:
    """``rate`` is in hundredths of a percent; ``included`` tells whether prices contain it already."""

    names: Mapping[str, str]
    rate: int
    included: bool

    def split(self, amount: int) -> tuple[int, int]:
        """Net and tax of the sum of the prices."""
        if self.included:
            net = share(amount, 10_000, 10_000 + self.rate)
            return net, amount - net
        return amount, share(amount, self.rate, 10_000)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The prices in one country; a product that is missing is not for sale there."""

    country: str
    currency: str
    tax: Tax | None
    prices: Mapping[str, int]


Sheets = Mapping[str, Sheet]


def _sheet(country: str, currency: str, tax: Tax | None, *prices: int) -> Sheet:
    return Sheet(country, currency, tax, dict(zip(SOLD, prices, strict=True)))


def _tax(english: str, simplified: str, traditional: str, rate: int, *, included: bool) -> Tax:
    return Tax({"en": english, "zh-Hans": simplified, "zh-Hant": traditional}, rate, included)


GST = _tax("GST", "商品及服务税", "商品及服務稅", 900, included=False)
VAT_CN = _tax("VAT", "增值税", "增值稅", 600, included=True)
VAT_TW = _tax("Business tax", "营业税", "營業稅", 500, included=True)
TAX_JP = _tax("Consumption tax", "消费税", "消費稅", 1000, included=False)
VAT_GB = _tax("VAT", "增值税", "增值稅", 2000, included=False)

# standard, professional, enterprise, then seat, 100 envelopes, 500 envelopes, 50 identity checks
SHEETS: Sheets = {
    sheet.country: sheet
    for sheet in (
        _sheet("*", "USD", None, 480_00, 1_980_00, 9_600_00, 48_00, 99_00, 449_00, 120_00),
        _sheet("SG", "SGD", GST, 648_00, 2_680_00, 12_900_00, 65_00, 135_00, 599_00, 160_00),
        _sheet("CN", "CNY", VAT_CN, 2_980_00, 12_800_00, 59_800_00, 300_00, 600_00, 2_700_00, 500_00),
        _sheet("HK", "HKD", None, 3_800_00, 15_400_00, 74_800_00, 375_00, 770_00, 3_500_00, 935_00),
        _sheet("TW", "TWD", VAT_TW, 15_000_00, 62_000_00, 300_000_00, 1_500_00, 3_100_00, 14_000_00, 3_800_00),
        _sheet("JP", "JPY", TAX_JP, 72_000, 297_000, 1_440_000, 7_200, 14_900, 67_400, 18_000),
        _sheet("GB", "GBP", VAT_GB, 380_00, 1_580_00, 7_680_00, 38_00, 79_00, 359_00, 96_00),
    )
}


def sheet_of(sheets: Sheets, country: str) -> Sheet:
    """The prices that hold in a country."""
    return sheets.get(country) or sheets[ELSEWHERE]


def read_prices(text: str) -> Sheets:
    """The operator's own table; raises ValueError that says what is wrong with it."""
    try:
        sheets = {country: _read_sheet(country, told) for country, told in json.loads(text).items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"it is not a table of prices by country ({error})") from error
    if ELSEWHERE not in sheets:
        raise ValueError('add "*" for the countries that are not named')
    return sheets


def _read_sheet(country: str, told: Mapping[str, Any]) -> Sheet:
    if told["currency"] not in EXPONENTS:
        raise ValueError(f"{told['currency']} is no currency it knows")
    for product, price in told["prices"].items():
        if product not in SOLD or type(price) is not int or not 0 < price <= MOST:
            raise ValueError(f"{product}: {price} is no price of {', '.join(SOLD)}")
    return Sheet(country, told["currency"], _read_tax(told.get("tax")), dict(told["prices"]))


def _read_tax(told: Mapping[str, Any] | None) -> Tax | None:
    if told is None:
        return None
    if type(told["rate"]) is not int or not 0 <= told["rate"] <= 10_000:
        raise ValueError("a tax rate is in hundredths of a percent, 0 to 10000")
    names = {language: str(told["names"][language]) for language in ("en", "zh-Hans", "zh-Hant")}
    return Tax(names, told["rate"], bool(told["included"]))
