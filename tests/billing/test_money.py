"""Prices, taxes and shares, by the numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.settings import BadSettings
from services.billing.money import EXPONENTS, share, share_up, written
from services.billing.plans import PACKS, PLANS
from services.billing.prices import SHEETS, SOLD, Tax, sheet_of
from tests.service_kit import Kit


@pytest.mark.parametrize(
    ("amount", "part", "whole", "expected"),
    [(100, 1, 3, 33), (100, 2, 3, 67), (5, 1, 2, 3), (-5, 1, 2, -3), (99, 365, 365, 99), (1, 1, 365, 0), (0, 7, 9, 0)],
)
def test_a_share_is_rounded_to_the_nearest_unit(amount: int, part: int, whole: int, expected: int) -> None:
    assert share(amount, part, whole) == expected


@given(st.integers(0, 10**9), st.integers(0, 365))
def test_shares_never_leave_their_whole(amount: int, part: int) -> None:
    assert 0 <= share(amount, part, 365) <= share_up(amount, part, 365) <= amount
    assert share_up(amount, part, 365) - share(amount, part, 365) <= 1


@given(st.integers(0, 10**9), st.integers(0, 10_000), st.booleans())
def test_net_and_tax_make_up_the_price(amount: int, rate: int, included: bool) -> None:
    net, tax = Tax({}, rate, included).split(amount)
    assert net >= 0 and tax >= 0
    assert (net + tax == amount) if included else (net == amount)


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [(123450, "SGD", "SGD 1,234.50"), (72000, "JPY", "JPY 72,000"), (1, "KWD", "KWD 0.001"), (-5, "USD", "-USD 0.05")],
)
def test_amounts_are_written_with_the_decimals_of_their_currency(amount: int, currency: str, expected: str) -> None:
    assert written(amount, currency) == expected


def test_every_table_prices_everything_and_more_costs_more() -> None:
    for sheet in SHEETS.values():
        assert tuple(sheet.prices) == SOLD and sheet.currency in EXPONENTS
        assert sheet.prices["standard"] < sheet.prices["professional"] < sheet.prices["enterprise"]
        assert sheet.prices["envelopes_500"] < 5 * sheet.prices["envelopes_100"]
    for named in (*PLANS.values(), *PACKS.values()):
        assert set(named.names) == {"en", "zh-Hans", "zh-Hant"}
    currencies = {country: sheet_of(SHEETS, country).currency for country in ("CN", "HK", "TW", "SG", "DE", "US", "BR")}
    assert list(currencies.values()) == ["CNY", "HKD", "TWD", "SGD", "EUR", "USD", "USD"]


@pytest.mark.parametrize(
    ("env", "complaint"),
    [
        ({"BILLING": "free"}, "BILLING is wrong"),
        ({"BILLING": "plans", "PAYMENTS": "gold"}, "PAYMENTS is wrong"),
        ({"BILLING": "plans", "PAYMENTS": "stripe"}, "needs STRIPE_SECRET_KEY"),
        ({"BILLING": "plans", "PAYMENTS": "sandbox", "EMBEDDED": "off", "SELLER_NAME": "S"}, "embedded mode only"),
        ({"BILLING": "plans", "EMBEDDED": "off"}, "SELLER_NAME is missing"),
    ],
)
def test_settings_that_do_not_fit_end_the_start(tmp_path, env: dict[str, str], complaint: str) -> None:
    with pytest.raises(BadSettings, match=complaint):
        Kit("billing", tmp_path, **env)
