"""*billing*: plans, envelopes and their ledger."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Loop, Service
from services.billing.api import billing, internal
from services.billing.handlers import on_agreement_sent, on_workspace_created
from services.billing.messages import MESSAGES
from services.billing.models import Base
from services.billing.settings import BillingSettings
from services.billing.sweep import release_stale

service = Service(
    name="billing",
    base=Base,
    migrations=Path(__file__).parent / "migrations",
    blueprints=(billing, internal),
    handlers={"workspace.created.v1": on_workspace_created, "agreement.sent.v1": on_agreement_sent},
    loops=(Loop("release_stale", release_stale, every=60.0),),
    settings=BillingSettings,
    messages=MESSAGES,
)
