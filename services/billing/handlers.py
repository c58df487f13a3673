"""Events *billing* hears."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.outbox import Event
from chassis.service import Runtime
from services.billing.reservations import commit
from services.billing.settings import BillingSettings
from services.billing.subscriptions import begin_subscription


def on_workspace_created(runtime: Runtime, session: Session, event: Event) -> None:
    """Begin the default plan; a trial comes with a registration only, not with every further workspace."""
    plan = cast(BillingSettings, runtime.settings).default_plan
    again = plan == "trial" and not event.data["first"]
    begin_subscription(session, UUID(event.data["workspace_id"]), "none" if again else plan)


def on_agreement_sent(runtime: Runtime, session: Session, event: Event) -> None:
    commit(session, UUID(event.data["workspace_id"]), UUID(event.data["agreement_id"]))
