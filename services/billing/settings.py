"""Settings of *billing* beside those every service has."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.settings import Settings, setting
from services.billing.plans import plan_code


@dataclass(frozen=True, kw_only=True)
class BillingSettings(Settings):
    """What a new workspace begins with."""

    default_plan: str = setting("DEFAULT_PLAN", "plan of a new workspace", "trial", plan_code)
