"""What *workspace* does when it hears of accounts, of agreements to be removed, and of what the audit log keeps."""

from __future__ import annotations

from sqlalchemy.orm import Session

from chassis.outbox import Event
from chassis.service import Handler, Runtime
from services.workspace import auditevents, removals
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


HANDLERS: dict[str, Handler] = {
    "identity.account_registered.v1": on_account_registered,
    "identity.account_changed.v1": on_account_changed,
    "agreement.removals_near.v1": on_removals_near,
    **auditevents.HANDLERS,
}
