"""What *workspace* does when it hears of accounts, and of agreements that are removed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from chassis.outbox import Event
from chassis.service import Runtime
from services.workspace import removals
from services.workspace.accounts import learn
from services.workspace.service import found_first


def on_account_registered(runtime: Runtime, session: Session, event: Event) -> None:
    account = learn(session, event)
    if event.data.get("own_workspace", True):
        found_first(session, account, event.data["region"])


def on_account_changed(runtime: Runtime, session: Session, event: Event) -> None:
    learn(session, event)


def on_removals_near(runtime: Runtime, session: Session, event: Event) -> None:
    removals.announce(session, event.data)


def on_removals_counted(runtime: Runtime, session: Session, event: Event) -> None:
    removals.count(session, event.data)


HANDLERS = {
    "identity.account_registered.v1": on_account_registered,
    "identity.account_changed.v1": on_account_changed,
    "agreement.removals_near.v1": on_removals_near,
    "agreement.removals_counted.v1": on_removals_counted,
}
