"""The ways to pay that the settings name."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from chassis.service import Runtime
from services.billing.payments.by_hand import ByHand
from services.billing.payments.port import Payments, Provider
from services.billing.settings import BillingSettings


def connect_payments(runtime: Runtime) -> Payments:
    """Each way to pay by its name; nothing is contacted yet."""
    settings = cast(BillingSettings, runtime.settings)
    return {name: _connect(name, settings) for name in settings.ways}


def _connect(name: str, settings: BillingSettings) -> Provider:
    match name:
        case "stripe":
            # Stripe's library is only loaded where it is used.
            from services.billing.payments.stripe_checkout import StripeCheckout

            return StripeCheckout(settings.stripe_secret_key, settings.stripe_webhook_secret, settings.stripe_api_url)
        case "invoice":
            return ByHand(timedelta(days=30), bills_first=True)
        case _:
            return ByHand(timedelta(days=1), bills_first=False)
