"""Events as CloudEvents 1.0 and the outbox they are written to, in the transaction of the business change."""

from __future__ import annotations

import json
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.doorbell import ring_after_commit
from chassis.ids import new_key
from chassis.tables import outbox
from contracts.catalogue import check

correlation: ContextVar[str | None] = ContextVar("correlation", default=None)
causation: ContextVar[str | None] = ContextVar("causation", default=None)
traceparent: ContextVar[str | None] = ContextVar("traceparent", default=None)


@dataclass(frozen=True, slots=True)
class Event:
    """An event as a handler receives it. ``sequence`` is the version of the aggregate ``subject``."""

    id: str
    type: str
    subject: str
    sequence: int
    time: datetime
    workspace: UUID | None
    correlation: str
    data: dict[str, Any]

    @classmethod
    def parse(cls, body: bytes) -> Event:
        """Read the structured JSON (CloudEvents 1.0 §3.1); raises ValueError or KeyError when it is not an event."""
        raw = json.loads(body)
        workspace = raw.get("workspace")
        return cls(
            id=raw["id"], type=raw["type"], subject=raw["subject"], sequence=int(raw["sequence"]),
            time=datetime.fromisoformat(raw["time"]), workspace=UUID(workspace) if workspace else None,
            correlation=raw["correlationid"], data=raw["data"],
        )  # fmt: skip


def emit(
    session: Session,
    type: str,
    *,
    subject: UUID | str,
    sequence: int,
    data: dict[str, Any],
    workspace: UUID | None = None,
) -> str:
    """Write an event into the outbox; the relay publishes it after the commit. Returns the event's id.

    Raises `contracts.catalogue.ContractViolation` when the type is unknown, another service's, or ``data`` does not
    fit its schema.
    """
    check(type, session.info["service"], data)
    event_id, now = str(new_key()), datetime.now(UTC)
    body = {
        "specversion": "1.0", "id": event_id, "type": type, "source": f"/{session.info['service']}",
        "subject": str(subject), "time": now.isoformat(), "datacontenttype": "application/json",
        "sequence": str(sequence), "correlationid": correlation.get() or event_id, "causationid": causation.get(),
        "traceparent": traceparent.get(), "workspace": str(workspace) if workspace else None, "data": data,
    }  # fmt: skip
    text = json.dumps({k: v for k, v in body.items() if v is not None}, ensure_ascii=False, separators=(",", ":"))
    session.execute(outbox.insert().values(id=event_id, type=type, body=text, created_at=now))
    ring_after_commit(session, "outbox")
    return event_id
