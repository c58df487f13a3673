"""An agreement was removed: its files and all that is personal go, the evidence and the hashes stay.

Whoever still has a copy gets the truth from them: genuine, and that there is none here any more. Rows go first, so that
nothing is begun anew; the files are looked for again an hour later, when whatever was being written then is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.doorbell import ring_after_commit
from chassis.service import Runtime
from services.signing import aggregate, claims, evidence
from services.signing.close import take_known
from services.signing.erase import erase_everybody
from services.signing.models import Ceremony, Document, Field, Link, Phone, Trace

LOOP = "discard"
AGAIN = timedelta(hours=1)
OVER = Ceremony.closed_at.is_not(None) | Ceremony.completed_at.is_not(None)
NO_FILES: Mapping[str, Any] = {
    "prepared": None,
    "plan": None,
    "certificate": None,
    "audit": None,
    "pages": [],
    "archive_due": None,
}


def ask(session: Session, agreement_id: UUID) -> None:
    """Have the ceremony's files removed; asked again it changes nothing."""
    known = take_known(session, agreement_id)
    known.closed_reason, known.closed_by = None, None
    ceremony = aggregate.lock(session, agreement_id)
    if ceremony and ceremony.discard_due is None and ceremony.discarded_at is None:
        ceremony.discard_due = database_now(session)
        ring_after_commit(session, LOOP)


def turn(runtime: Runtime) -> bool:
    """Discard one ceremony."""
    with runtime.db.read(EVERYONE) as session:
        due = Ceremony.discard_due <= database_now(session)
    return claims.turn(runtime, due, discard, OVER)


def discard(runtime: Runtime, agreement_id: UUID) -> None:
    """Rows, then files; at any point it can be begun again."""
    with runtime.db.transaction(EVERYONE) as session:
        ceremony = aggregate.lock(session, agreement_id)
        if ceremony and ceremony.discarded_at is None:
            _forget(session, ceremony)
    runtime.storage.delete_below(f"ceremonies/{agreement_id}")
    with runtime.db.transaction(EVERYONE) as session:
        ceremony = aggregate.lock(session, agreement_id)
        if ceremony and ceremony.discarded_at:
            later = ceremony.discarded_at + AGAIN
            ceremony.discard_due = later if database_now(session) < later else None
            claims.done(ceremony)


def _forget(session: Session, ceremony: Ceremony) -> None:
    erase_everybody(session, ceremony)
    for table in (Phone, Link, Trace):
        session.execute(delete(table).where(table.agreement_id == ceremony.id))
    session.execute(update(Field).where(Field.agreement_id == ceremony.id).values(label="", default=None))
    session.execute(update(Document).where(Document.agreement_id == ceremony.id).values(name=""))
    ceremony.title = ceremony.workspace_name = ceremony.message = ""
    ceremony.closed_by, ceremony.closed_reason = None, None
    ceremony.certificates = {name: _hash(file) for name, file in (ceremony.certificates or {}).items()} or None
    ceremony.file = _hash(ceremony.file) if ceremony.completed_at and ceremony.file else None
    for column, value in NO_FILES.items():
        setattr(ceremony, column, value)
    ceremony.discarded_at = database_now(session)
    evidence.record(session, ceremony, "removed", evidence.SYSTEM, at=ceremony.discarded_at)


def _hash(file: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a file: nothing leads to it any more."""
    return {name: file[name] for name in ("sha256", "size")}
