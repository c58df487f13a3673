"""Events *billing* hears."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.outbox import Event
from chassis.service import Handler, Runtime
from services.billing import people
from services.billing.reservations import commit
from services.billing.settings import BillingSettings
from services.billing.settle import UNLIMITED, settle
from services.billing.subscriptions import begin_subscription


def on_workspace_created(runtime: Runtime, session: Session, event: Event) -> None:
    """Begin the first plan; a trial comes with a registration only, not with every further workspace."""
    people.know_workspace(session, event.sequence, event.data)
    free = cast(BillingSettings, runtime.settings).unlimited
    plan = UNLIMITED if free else "trial" if event.data["first"] else "none"
    begun = begin_subscription(session, UUID(event.data["workspace_id"]), plan)
    if begun:
        settle(session, begun)


def on_workspace_changed(runtime: Runtime, session: Session, event: Event) -> None:
    people.know_workspace(session, event.sequence, event.data)


def on_member_told(runtime: Runtime, session: Session, event: Event) -> None:
    people.know_member(session, event.sequence, event.data)


def on_account_told(runtime: Runtime, session: Session, event: Event) -> None:
    people.know_account(session, event.sequence, event.data)


def on_agreement_sent(runtime: Runtime, session: Session, event: Event) -> None:
    commit(session, UUID(event.data["workspace_id"]), UUID(event.data["agreement_id"]))


HANDLERS: dict[str, Handler] = {
    "identity.account_registered.v1": on_account_told,
    "identity.account_changed.v1": on_account_told,
    "workspace.created.v1": on_workspace_created,
    "workspace.changed.v1": on_workspace_changed,
    "workspace.member_joined.v1": on_member_told,
    "workspace.member_changed.v1": on_member_told,
    "agreement.sent.v1": on_agreement_sent,
}
