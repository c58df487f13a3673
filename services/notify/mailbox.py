"""The embedded mode's mailbox: mails stay here instead of going out, sealed at rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import EVERYONE, Database
from chassis.problem import not_found
from chassis.sealer import Sealer
from services.notify.models import MailboxMessage

LINK = re.compile(r"https?://[^\s<>\"]+")
MOST = 200


class MailboxTransport:
    """Puts mails into the mailbox."""

    def __init__(self, db: Database, sealer: Sealer) -> None:
        self._db, self._sealer = db, sealer

    def send(self, mail: UUID, message: EmailMessage) -> None:
        """Keep a mail; the same one again is kept once."""
        parts = {kind: _part(message, kind) for kind in ("plain", "html")} | {"from": str(message["From"])}
        row = {
            "id": mail, "recipient": message["To"].addresses[0].addr_spec, "subject": str(message["Subject"]),
            "sealed_body": self._sealer.seal(parts), "received_at": datetime.now(UTC),
        }  # fmt: skip
        dialect: Any = sqlite if self._db.is_sqlite else postgresql
        with self._db.transaction(EVERYONE) as session:
            session.execute(dialect.insert(MailboxMessage).values(row).on_conflict_do_nothing())


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""


def list_messages(db: Database, sealer: Sealer, to: str | None, since: datetime | None) -> list[dict[str, Any]]:
    """The newest mails, to one address or to all, received after a moment."""
    query = select(MailboxMessage).order_by(MailboxMessage.received_at.desc(), MailboxMessage.id.desc()).limit(MOST)
    if to is not None:
        query = query.where(MailboxMessage.recipient == to.strip().lower())
    if since is not None:
        query = query.where(MailboxMessage.received_at > since)
    with db.read(EVERYONE) as session:
        rows: Sequence[MailboxMessage] = session.scalars(query).all()
    return [_shown(sealer, row) for row in rows]


def get_message(db: Database, sealer: Sealer, key: UUID) -> dict[str, Any]:
    """One mail; raises a 404 problem."""
    with db.read(EVERYONE) as session:
        row = session.get(MailboxMessage, key)
    if row is None:
        raise not_found()
    return _shown(sealer, row)


def _shown(sealer: Sealer, row: MailboxMessage) -> dict[str, Any]:
    body = sealer.open(row.sealed_body)
    return {
        "id": str(row.id), "sender": body.get("from", ""), "to": row.recipient,
        "subject": row.subject, "received_at": row.received_at,
        "text": body["plain"], "html": body["html"], "links": list(dict.fromkeys(LINK.findall(body["plain"]))),
    }  # fmt: skip
