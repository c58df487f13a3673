"""Putting a mail into the queue: once for each event, person and template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from chassis.doorbell import ring_after_commit
from chassis.ids import new_key
from chassis.outbox import Event
from chassis.problem import LANGUAGES, negotiate
from services.notify.models import Mail

LOOP = "mail"


@dataclass(frozen=True, slots=True)
class To:
    """Who gets a mail, in which language; ``recipient_id`` for a signer of an agreement."""

    email: str
    name: str
    language: str
    agreement_id: str | None = None
    recipient_id: str | None = None


def enqueue(
    session: Session, event: Event, template: str, to: To, params: dict[str, Any], useless_after: str | None = None
) -> None:
    """Have a mail sent after this transaction; the same one a second time is no second mail."""
    now = datetime.now(UTC)
    row = {
        "id": new_key(), "event_id": event.id, "template": template, "recipient": to.email[:254], "params": params,
        "recipient_name": to.name[:200], "language": language(to.language), "workspace": event.workspace,
        "agreement_id": to.agreement_id and UUID(to.agreement_id),
        "recipient_id": to.recipient_id and UUID(to.recipient_id),
        "created_at": now, "due_at": now, "attempts": 0,
        "useless_after": useless_after and datetime.fromisoformat(useless_after),
    }  # fmt: skip
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(Mail).values(row).on_conflict_do_nothing())
    ring_after_commit(session, LOOP)


def language(told: str) -> str:
    """One of the languages mails are written in."""
    return told if told in LANGUAGES else negotiate(told)
