"""From events to verbs."""

from __future__ import annotations

from sqlalchemy.orm import Session

from chassis.outbox import Event
from chassis.service import Handler, Runtime
from services.agreement import corrections, progress, projections
from services.agreement.shelves import hold_address


def noting(*columns: str) -> Handler:
    """A handler that keeps the time of a recipient's event."""

    def on_event(runtime: Runtime, session: Session, event: Event) -> None:
        progress.note(session, event.data, *columns)

    return on_event


def on_invited(runtime: Runtime, session: Session, event: Event) -> None:
    """A signer's turn has come, or they got a reminder or a new link."""
    hold_address(session, event.data["email"])
    again = ("resent_at",) if event.data["purpose"] == "resent" else ()
    progress.note(session, event.data, "invited_at", *again)


def on_declined(runtime: Runtime, session: Session, event: Event) -> None:
    """A signer has declined."""
    progress.decline(session, event.data)


def on_closed(runtime: Runtime, session: Session, event: Event) -> None:
    """The ceremony was closed by its sender or the deadline."""
    progress.close(session, event.data)


def on_completed(runtime: Runtime, session: Session, event: Event) -> None:
    """The finished document is stored."""
    progress.complete(session, event.data)


def on_archived(runtime: Runtime, session: Session, event: Event) -> None:
    """The finished files have a newer archive time stamp."""
    progress.replace_files(session, event.data)


def on_corrected(runtime: Runtime, session: Session, event: Event) -> None:
    """The sender corrected a signer, the deadline or the message; *agreement* may have died before it noted that."""
    corrections.keep(session, event.data)


def on_reassigned(runtime: Runtime, session: Session, event: Event) -> None:
    """A signer has handed over."""
    corrections.replace(session, event.data)


def on_registered(runtime: Runtime, session: Session, event: Event) -> None:
    """A person has registered."""
    projections.register(session, event.sequence, event.data)


def on_account_changed(runtime: Runtime, session: Session, event: Event) -> None:
    """Address, name, language or default workspace have changed."""
    projections.change(session, event.sequence, event.data)


def on_member(runtime: Runtime, session: Session, event: Event) -> None:
    """A membership is new or has changed."""
    projections.put_member(session, event.sequence, event.data)


def on_workspace(runtime: Runtime, session: Session, event: Event) -> None:
    """A workspace is new or has another name."""
    projections.put_workspace(session, event.sequence, event.data)


HANDLERS: dict[str, Handler] = {
    "identity.account_registered.v1": on_registered,
    "identity.account_changed.v1": on_account_changed,
    "workspace.created.v1": on_workspace,
    "workspace.changed.v1": on_workspace,
    "workspace.member_joined.v1": on_member,
    "workspace.member_changed.v1": on_member,
    "signing.invited.v1": on_invited,
    "signing.viewed.v1": noting("viewed_at"),
    "signing.check_passed.v1": noting("check_passed_at"),
    "signing.check_failed.v1": noting("check_failed_at"),
    "signing.locked.v1": noting("locked_at"),
    "signing.signed.v1": noting("signed_at"),
    "signing.declined.v1": on_declined,
    "signing.completed.v1": on_completed,
    "signing.archived.v1": on_archived,
    "signing.closed.v1": on_closed,
    "signing.corrected.v1": on_corrected,
    "signing.reassigned.v1": on_reassigned,
    "notify.delivered.v1": noting("delivered_at"),
    "notify.bounced.v1": noting("bounced_at"),
}
