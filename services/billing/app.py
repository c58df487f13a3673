"""*billing*: plans, envelopes and their ledger, seats."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Loop, Service
from services.billing.api import billing, internal, seats
from services.billing.handlers import HANDLERS
from services.billing.messages import MESSAGES
from services.billing.models import Base
from services.billing.seatsweep import release_stale_seats
from services.billing.settings import BillingSettings
from services.billing.sweep import release_stale

service = Service(
    name="billing",
    base=Base,
    migrations=Path(__file__).parent / "migrations",
    blueprints=(billing, internal, seats),
    handlers=HANDLERS,
    loops=(
        Loop("release_stale", release_stale, every=60.0),
        Loop("release_stale_seats", release_stale_seats, every=60.0),
    ),
    settings=BillingSettings,
    messages=MESSAGES,
)
