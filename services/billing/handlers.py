"""Events *billing* hears."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.outbox import Event
from chassis.service import Runtime
from services.billing.reservations import commit
from services.billing.seats import confirm_seat, give_up_seat
from services.billing.settings import BillingSettings
from services.billing.subscriptions import begin_subscription


def on_workspace_created(runtime: Runtime, session: Session, event: Event) -> None:
    """Begin the default plan; a trial comes with a registration only, not with every further workspace."""
    plan = cast(BillingSettings, runtime.settings).default_plan
    again = plan == "trial" and not event.data["first"]
    workspace = UUID(event.data["workspace_id"])
    begin_subscription(session, workspace, "none" if again else plan)
    if founder := event.data.get("admin_member_id"):
        confirm_seat(session, workspace, UUID(founder), 1)


def on_agreement_sent(runtime: Runtime, session: Session, event: Event) -> None:
    commit(session, UUID(event.data["workspace_id"]), UUID(event.data["agreement_id"]))


def on_member(runtime: Runtime, session: Session, event: Event) -> None:
    """Who is invited or a member has a seat; who is disabled or removed has none."""
    member = UUID(event.data["member_id"])
    if event.data["status"] in ("enabled", "pending"):
        confirm_seat(session, UUID(event.data["workspace_id"]), member, event.sequence)
    else:
        give_up_seat(session, member, event.sequence)


HANDLERS = {
    "workspace.created.v1": on_workspace_created,
    "workspace.member_invited.v1": on_member,
    "workspace.member_joined.v1": on_member,
    "workspace.member_changed.v1": on_member,
    "agreement.sent.v1": on_agreement_sent,
}
