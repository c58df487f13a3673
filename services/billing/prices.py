"""What things cost, by country: whole numbers of the currency's smallest unit, and the tax as data.

These are the prices that come with Signet; an operator's own replace them: see `services.billing.catalogue`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.billing.money import share
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


def _tax(english: str, simplified: str, traditional: str, rate: int, *, included: bool = False) -> Tax:
    return Tax({"en": english, "zh-Hans": simplified, "zh-Hant": traditional}, rate, included)


def _vat(rate: int, *, included: bool = False) -> Tax:
    return _tax("VAT", "增值税", "增值稅", rate, included=included)


def _gst(rate: int) -> Tax:
    return _tax("GST", "商品及服务税", "商品及服務稅", rate)


BUSINESS_TW = _tax("Business tax", "营业税", "營業稅", 500, included=True)
CONSUMPTION_JP = _tax("Consumption tax", "消费税", "消費稅", 1000)
SERVICE_MY = _tax("Service tax", "服务税", "服務稅", 800)

# the standard rates of VAT where the euro is used, in hundredths of a percent
EURO = {
    "AT": 2000, "BE": 2100, "CY": 1900, "DE": 1900, "EE": 2400, "ES": 2100, "FI": 2550, "FR": 2000, "GR": 2400,
    "HR": 2500, "IE": 2300, "IT": 2200, "LT": 2100, "LU": 1700, "LV": 2100, "MT": 1800, "NL": 2100, "PT": 2300,
    "SI": 2200, "SK": 2300,
}  # fmt: skip
EUROS = (450_00, 1_850_00, 8_900_00, 45_00, 92_00, 419_00, 112_00)

# standard, professional, enterprise, then seat, 100 envelopes, 500 envelopes, 50 identity checks
SHEETS: Sheets = {
    sheet.country: sheet
    for sheet in (
        _sheet("*", "USD", None, 480_00, 1_980_00, 9_600_00, 48_00, 99_00, 449_00, 120_00),
        _sheet("SG", "SGD", _gst(900), 648_00, 2_680_00, 12_900_00, 65_00, 135_00, 599_00, 160_00),
        _sheet("CN", "CNY", _vat(600, included=True), 2_980_00, 12_800_00, 59_800_00, 300_00, 600_00, 2_700_00, 500_00),
        _sheet("HK", "HKD", None, 3_800_00, 15_400_00, 74_800_00, 375_00, 770_00, 3_500_00, 935_00),
        _sheet("MO", "MOP", None, 3_900_00, 15_900_00, 77_000_00, 385_00, 795_00, 3_600_00, 965_00),
        _sheet("TW", "TWD", BUSINESS_TW, 15_000_00, 62_000_00, 300_000_00, 1_500_00, 3_100_00, 14_000_00, 3_800_00),
        _sheet("JP", "JPY", CONSUMPTION_JP, 72_000, 297_000, 1_440_000, 7_200, 14_900, 67_400, 18_000),
        _sheet("MY", "MYR", SERVICE_MY, 2_100_00, 8_700_00, 42_000_00, 210_00, 435_00, 1_960_00, 525_00),
        _sheet("AU", "AUD", _gst(1000), 730_00, 3_000_00, 14_600_00, 73_00, 150_00, 680_00, 182_00),
        _sheet("GB", "GBP", _vat(2000), 380_00, 1_580_00, 7_680_00, 38_00, 79_00, 359_00, 96_00),
        *(_sheet(country, "EUR", _vat(rate), *EUROS) for country, rate in EURO.items()),
    )
}


def sheet_of(sheets: Sheets, country: str) -> Sheet:
    """The prices that hold in a country."""
    return sheets.get(country) or sheets[ELSEWHERE]
