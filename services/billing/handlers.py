"""Events *billing* hears."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.outbox import Event
from chassis.service import Handler, Runtime
from services.billing import people
from services.billing.plans import NONE, UNLIMITED
from services.billing.reservations import commit
from services.billing.seats import confirm_seat, give_up_seat
from services.billing.settings import BillingSettings
from services.billing.settle import settle
from services.billing.subscriptions import begin_subscription


def on_workspace_created(runtime: Runtime, session: Session, event: Event) -> None:
    """Begin the first plan; a trial comes with a registration only, not with every further workspace."""
    people.know_workspace(session, event.sequence, event.data)
    settings = cast(BillingSettings, runtime.settings)
    trial = settings.sold.trial if event.data["first"] else None
    plan = UNLIMITED if settings.unlimited else trial or NONE
    workspace = UUID(event.data["workspace_id"])
    begun = begin_subscription(session, workspace, plan)
    if begun:
        settle(session, begun)
    if founder := event.data.get("admin_member_id"):
        confirm_seat(session, workspace, UUID(founder), 1)


def on_workspace_changed(runtime: Runtime, session: Session, event: Event) -> None:
    people.know_workspace(session, event.sequence, event.data)


def on_account_told(runtime: Runtime, session: Session, event: Event) -> None:
    people.know_account(session, event.sequence, event.data)


def on_agreement_sent(runtime: Runtime, session: Session, event: Event) -> None:
    commit(session, UUID(event.data["workspace_id"]), UUID(event.data["agreement_id"]))


def on_member_invited(runtime: Runtime, session: Session, event: Event) -> None:
    """Who is invited has a seat."""
    confirm_seat(session, UUID(event.data["workspace_id"]), UUID(event.data["member_id"]), event.sequence)


def on_member_told(runtime: Runtime, session: Session, event: Event) -> None:
    """Who is a member has a seat; who is disabled or removed has none."""
    people.know_member(session, event.sequence, event.data)
    member = UUID(event.data["member_id"])
    if event.data["status"] in ("enabled", "pending"):
        confirm_seat(session, UUID(event.data["workspace_id"]), member, event.sequence)
    else:
        give_up_seat(session, member, event.sequence)


HANDLERS: dict[str, Handler] = {
    "identity.account_registered.v1": on_account_told,
    "identity.account_changed.v1": on_account_told,
    "workspace.created.v1": on_workspace_created,
    "workspace.changed.v1": on_workspace_changed,
    "workspace.member_invited.v1": on_member_invited,
    "workspace.member_joined.v1": on_member_told,
    "workspace.member_changed.v1": on_member_told,
    "agreement.sent.v1": on_agreement_sent,
}
