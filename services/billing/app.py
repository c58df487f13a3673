"""*billing*: plans, envelopes and their ledger, seats, orders and payments."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Loop, Service
from services.billing.api import billing, internal, seats
from services.billing.handlers import HANDLERS
from services.billing.know import know_workspaces
from services.billing.messages import MESSAGES
from services.billing.models import Base
from services.billing.orderapi import orders, webhooks
from services.billing.orders.due import follow_orders, return_extras
from services.billing.payments.connect import connect_payments
from services.billing.seatsweep import release_stale_seats
from services.billing.settings import BillingSettings
from services.billing.sweep import follow_clock, release_stale

service = Service(
    name="billing",
    base=Base,
    migrations=Path(__file__).parent / "migrations",
    blueprints=(billing, internal, seats, orders, webhooks),
    handlers=HANDLERS,
    loops=(
        Loop("release_stale", release_stale, every=60.0),
        Loop("release_stale_seats", release_stale_seats, every=60.0),
        Loop("follow_clock", follow_clock, every=60.0),
        Loop("follow_orders", follow_orders, every=60.0),
        Loop("return_extras", return_extras, every=60.0),
        Loop("know_workspaces", know_workspaces, every=60.0),
    ),
    settings=BillingSettings,
    messages=MESSAGES,
    parts=connect_payments,
)
