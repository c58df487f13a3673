"""Loop `complete`: when the document with everybody's signature is archived, certify it, and say so once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.service import Runtime
from chassis.storage import scratch_folder
from services.signing import aggregate, claims, evidence, files, links, papers, verifications
from services.signing.archive import lasting
from services.signing.models import Ceremony
from services.signing.papers import Papers

WAITS = Ceremony.archive_until.is_not(None)


def turn(runtime: Runtime) -> bool:
    """Complete one ceremony that everybody has signed."""
    return claims.turn(runtime, WAITS, complete)


def complete(runtime: Runtime, agreement_id: UUID) -> None:
    """Make and store the papers of the archived document, and complete; at any point it can be begun again."""
    with runtime.db.read(EVERYONE) as session:
        ceremony = session.get_one(Ceremony, agreement_id)
        now = database_now(session)
    file = ceremony.file or {}
    with scratch_folder() as folder:
        document = files.fetch_checked(runtime, file["key"], file["sha256"], folder / "final.pdf")
        made = papers.build(runtime, ceremony, document, now, folder)
    commit(runtime, ceremony, made)


def commit(runtime: Runtime, known: Ceremony, made: Papers) -> bool:
    """Complete once: a conditional UPDATE, the evidence, the download links, the event; False when it was done."""
    with runtime.db.transaction(EVERYONE) as session:
        ceremony = aggregate.lock(session, known.id)
        now = database_now(session)
        open_ = (Ceremony.id == known.id) & claims.OPEN
        until = min(known.archive_until or made.until, made.until)
        values = {"completed_at": now, **made.columns(), **lasting(runtime, until, now)}
        changed = update(Ceremony).where(open_).values(values).returning(Ceremony.id)
        if ceremony is None or session.scalars(changed).one_or_none() is None:
            return False
        claims.done(ceremony)
        verifications.remember(session, ceremony, [known.file, made.certificate, *made.certificates.values()])
        document = (ceremony.file or {})["sha256"]
        evidence.record(session, ceremony, "completed", evidence.SYSTEM, at=now, document=document, **made.hashes())
        _tell(runtime, session, ceremony, now)
    return True


def _tell(runtime: Runtime, session: Session, ceremony: Ceremony, now: datetime) -> None:
    until = now + links.DOWNLOAD_DAYS
    mailed = [
        {
            "recipient_id": str(one.id),
            "sealed_link": links.issue(runtime, session, ceremony, one, links.DOWNLOAD, now, until),
        }
        for one in aggregate.recipients(session, ceremony)
    ]
    aggregate.tell(
        session, ceremony, "signing.completed.v1", completed_at=now.isoformat(), document=ceremony.file,
        certificate=ceremony.certificate, certificates=ceremony.certificates, audit=ceremony.audit, links=mailed,
    )  # fmt: skip
