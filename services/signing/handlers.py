"""Events of others, translated to verbs."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from chassis.outbox import Event
from chassis.problem import not_found
from chassis.service import Runtime
from services.signing import discard, links
from services.signing.mails import record_mail
from services.signing.models import Ceremony, Look
from services.signing.open_ceremony import open_ceremony
from services.signing.resend import remind


def on_sent(runtime: Runtime, session: Session, event: Event) -> None:
    open_ceremony(runtime, session, event.data)


def on_reminder_due(runtime: Runtime, session: Session, event: Event) -> None:
    remind(runtime, session, UUID(event.data["agreement_id"]), event.data["recipient_ids"])


def on_delivered(runtime: Runtime, session: Session, event: Event) -> None:
    record_mail(session, "delivered", event.data)


def on_bounced(runtime: Runtime, session: Session, event: Event) -> None:
    record_mail(session, "bounced", event.data)


def on_handed_over(runtime: Runtime, session: Session, event: Event) -> None:
    """A colleague is the sender from now on: mails tell their name, and they are told."""
    ceremony = session.get(Ceremony, UUID(event.data["agreement_id"]), with_for_update=True)
    if ceremony is None:
        raise not_found()
    ceremony.sender = {**ceremony.sender, **event.data["initiator"]}


def on_workspace_changed(runtime: Runtime, session: Session, event: Event) -> None:
    """Keep the colour and the logo of a workspace."""
    key, settings = UUID(event.data["workspace_id"]), event.data.get("settings") or {}
    look = session.get(Look, key, with_for_update=True) or Look(id=key, version=-1)
    if look.version < event.sequence:
        look.version, look.colour, look.logo = event.sequence, settings.get("colour"), settings.get("logo")
        session.add(look)


def on_removed(runtime: Runtime, session: Session, event: Event) -> None:
    """The workspace keeps an agreement no longer."""
    discard.ask(session, UUID(event.data["agreement_id"]))


def on_member_changed(runtime: Runtime, session: Session, event: Event) -> None:
    """Who is disabled or removed has no link any more to sign for the company."""
    data = event.data
    if data["status"] in ("disabled", "removed"):
        links.end_of_member(session, UUID(data["workspace_id"]), data["email"], event.time)


HANDLERS = {
    "agreement.handed_over.v1": on_handed_over,
    "agreement.sent.v1": on_sent,
    "agreement.reminder_due.v1": on_reminder_due,
    "agreement.removed.v1": on_removed,
    "notify.delivered.v1": on_delivered,
    "notify.bounced.v1": on_bounced,
    "workspace.changed.v1": on_workspace_changed,
    "workspace.member_changed.v1": on_member_changed,
}
