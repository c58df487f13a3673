"""Settings of *billing* beside those every service has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chassis.settings import BadSettings, Settings, setting
from services.billing.catalogue import DEFAULT, Catalogue, read_catalogue

MODES = ("unlimited", "plans")
PROVIDERS = ("stripe", "invoice", "sandbox")


def mode(text: str) -> str:
    """unlimited or plans; raises ValueError."""
    if text not in MODES:
        raise ValueError(f"write one of {', '.join(MODES)}")
    return text


def providers(text: str) -> tuple[str, ...]:
    """Ways to pay; raises ValueError for an unknown one."""
    named = tuple(text.split())
    if not set(named) <= set(PROVIDERS):
        raise ValueError(f"write some of {', '.join(PROVIDERS)} with spaces between them")
    return named


@dataclass(frozen=True, kw_only=True)
class PriceSettings:
    """What is for sale."""

    prices: Catalogue | None = setting(  # noqa: RUF009 - a field, like every setting
        "PRICES", "own plans, packs and prices by country as JSON, best in the file that PRICES_FILE names; "
        "see docs/operations.md", None, read_catalogue,
    )  # fmt: skip

    @property
    def sold(self) -> Catalogue:
        """Plans, packs and prices: the operator's own, or those that come with Signet."""
        return self.prices or DEFAULT


@dataclass(frozen=True, kw_only=True)
class BillingSettings(PriceSettings, Settings):
    """What is for sale, how it is paid, and who sells it."""

    billing: str = setting(
        "BILLING",
        "unlimited: everybody may use everything and nothing is for sale; "
        "plans: new workspaces begin with a trial, then plans are bought",
        "unlimited", mode,
    )  # fmt: skip
    payments: tuple[str, ...] = setting(
        "PAYMENTS", "ways to pay with spaces between them: stripe, invoice, sandbox (embedded mode only)", (), providers
    )
    stripe_secret_key: str = setting("STRIPE_SECRET_KEY", "API key of the operator's Stripe account", "", secret=True)
    stripe_webhook_secret: str = setting(
        "STRIPE_WEBHOOK_SECRET", "signing secret of the webhook <PUBLIC_URL>/api/v1/billing/webhooks/stripe", "",
        secret=True,
    )  # fmt: skip
    stripe_api_url: str = setting("STRIPE_API_URL", "address of Stripe's API", "https://api.stripe.com")
    seller_name: str = setting("SELLER_NAME", "who sells, on invoices; needed for PAYMENTS", "")
    seller_address: str = setting("SELLER_ADDRESS", "the seller's address, lines separated by |", "")
    seller_tax_id: str = setting("SELLER_TAX_ID", "the seller's tax number", "")
    seller_bank: str = setting("SELLER_BANK", "where invoices are paid to, lines separated by |", "")
    invoice_prefix: str = setting("INVOICE_PREFIX", "what invoice numbers begin with", "INV")

    @classmethod
    def load(cls, service: str, env: Mapping[str, str]) -> BillingSettings:
        """Read every field; raises `BadSettings` also for what does not fit together."""
        found = super().load(service, env)
        if complaint := _complaint(found):
            raise BadSettings(complaint)
        return found

    @property
    def unlimited(self) -> bool:
        """Whether everybody may use everything."""
        return self.billing == "unlimited"

    @property
    def ways(self) -> tuple[str, ...]:
        """How can be paid; the embedded mode has a sandbox when nothing is said."""
        if self.unlimited:
            return ()
        return self.payments or (("sandbox", "invoice") if self.embedded else ("invoice",))


def _complaint(found: BillingSettings) -> str | None:
    if found.unlimited:
        return None
    if "sandbox" in found.ways and not found.embedded:
        return "PAYMENTS is wrong: sandbox gives plans away; it is for the embedded mode only."
    if "stripe" in found.ways and not (found.stripe_secret_key and found.stripe_webhook_secret):
        return "PAYMENTS has stripe, which needs STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET."
    if not found.seller_name and not found.embedded:
        return "SELLER_NAME is missing: BILLING=plans writes invoices in its name."
    return None
