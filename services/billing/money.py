"""Amounts of money: whole numbers of a currency's smallest unit, with the decimals of ISO 4217."""

from __future__ import annotations

from collections.abc import Mapping

EXPONENTS: Mapping[str, int] = {
    "AED": 2, "AUD": 2, "BHD": 3, "BRL": 2, "CAD": 2, "CHF": 2, "CNY": 2, "DKK": 2, "EUR": 2, "GBP": 2, "HKD": 2,
    "IDR": 2, "INR": 2, "JPY": 0, "KRW": 0, "KWD": 3, "MOP": 2, "MYR": 2, "NOK": 2, "NZD": 2, "PHP": 2, "SAR": 2,
    "SEK": 2, "SGD": 2, "THB": 2, "TWD": 2, "USD": 2, "VND": 0, "ZAR": 2,
}  # fmt: skip
MOST = 2_000_000_000  # the largest total an order may have, in smallest units


def share(amount: int, part: int, whole: int) -> int:
    """``amount`` × ``part`` ÷ ``whole``, rounded to the nearest unit, a half away from zero."""
    product = abs(amount) * part
    rounded = (2 * product + whole) // (2 * whole)
    return rounded if amount >= 0 else -rounded


def share_up(amount: int, part: int, whole: int) -> int:
    """``amount`` × ``part`` ÷ ``whole``, rounded up; for things that are given, not charged."""
    return -(-amount * part // whole)


def written(amount: int, currency: str) -> str:
    """``SGD 1,234.50``, as it stands in an invoice of any language."""
    decimals = EXPONENTS[currency]
    units, rest = divmod(abs(amount), 10**decimals)
    text = f"{units:,}" + (f".{rest:0{decimals}d}" if decimals else "")
    return f"{'-' if amount < 0 else ''}{currency} {text}"
