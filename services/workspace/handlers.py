"""What *workspace* does when it hears of accounts, and of what belongs into the audit log."""

from __future__ import annotations

from sqlalchemy.orm import Session

from chassis.outbox import Event
from chassis.service import Handler, Runtime
from services.workspace import auditevents
from services.workspace.accounts import learn
from services.workspace.service import found_first


def on_account_registered(runtime: Runtime, session: Session, event: Event) -> None:
    account = learn(session, event)
    if event.data.get("own_workspace", True):
        found_first(session, account, event.data["region"])


def on_account_changed(runtime: Runtime, session: Session, event: Event) -> None:
    learn(session, event)


HANDLERS: dict[str, Handler] = {
    "identity.account_registered.v1": on_account_registered,
    "identity.account_changed.v1": on_account_changed,
    **auditevents.HANDLERS,
}
