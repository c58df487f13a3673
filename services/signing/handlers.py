"""Events of others, translated to verbs."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from chassis.outbox import Event
from chassis.service import Runtime
from services.signing.mails import record_mail
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


HANDLERS = {
    "agreement.sent.v1": on_sent,
    "agreement.reminder_due.v1": on_reminder_due,
    "notify.delivered.v1": on_delivered,
    "notify.bounced.v1": on_bounced,
}
