"""Loop `archive`: a document that everybody has signed gets its archive time stamp, if it holds and shows it all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select, update

from chassis import sandbox
from chassis.database import EVERYONE, database_now
from chassis.doorbell import ring_after_commit
from chassis.service import Runtime
from chassis.storage import scratch_folder
from services.signing import aggregate, archiving, claims, evidence, files, jobs, plan, seals
from services.signing.archiving import LIMITS, Archived
from services.signing.models import Ceremony, Document, Field
from services.signing.settings import SigningSettings
from services.signing.waits import Unsound

WAITS = (Ceremony.revision == Ceremony.signers + 1) & Ceremony.archive_until.is_(None)
SHORTEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class Signed:
    """The document with all signatures, and what it must show."""

    ceremony: Ceremony
    documents: list[Document]
    fields: list[Field]

    @property
    def uploaded(self) -> int:
        """Where what others signed before the upload ends, in bytes; 0 when nobody had."""
        return self.documents[0].size if self.documents[0].signed else 0

    @property
    def begun_before(self) -> bool:
        """Whether a version that neither kept plans nor asked for time stamps has prepared it."""
        return self.ceremony.plan is None


def turn(runtime: Runtime) -> bool:
    """Archive one document that everybody has signed."""
    return claims.turn(runtime, WAITS, archive)


def archive(runtime: Runtime, agreement_id: UUID) -> None:
    """Add validation data and archive time stamp, check, store; at any point it can be begun again."""
    signed = gather(runtime, agreement_id)
    with scratch_folder() as folder:
        file, archived = build(runtime, signed, folder)
    commit(runtime, signed.ceremony, file, archived)


def gather(runtime: Runtime, agreement_id: UUID) -> Signed:
    """Read what archiving needs."""
    with runtime.db.read(EVERYONE) as session:
        ceremony = session.get_one(Ceremony, agreement_id)
        query = select(Document).where(Document.agreement_id == agreement_id).order_by(Document.place)
        return Signed(ceremony, list(session.scalars(query)), plan.all_fields(session, agreement_id))


def build(runtime: Runtime, signed: Signed, folder: Path) -> tuple[dict[str, Any], Archived]:
    """The archived document in the store; raises `Unsound` before anybody is told. Changes nothing else."""
    file = signed.ceremony.file or {}
    source = files.fetch_checked(runtime, file["key"], file["sha256"], folder / "signed.pdf")
    target = folder / "archived.pdf"
    certificates = sandbox.run(jobs.certificates, source, signed.uploaded, limits=LIMITS)
    archived = archiving.archive(runtime, source, target, certificates)
    seals.require_sound(target, archived, after=signed.uploaded, unstamped=signed.begun_before)
    require_shown(runtime, signed, target, folder)
    return files.store(runtime, signed.ceremony.id, "archived", target, "pdf"), archived


def require_shown(runtime: Runtime, signed: Signed, target: Path, folder: Path) -> None:
    """The pages look as they were prepared but for the fields, and what was filled in is seen; raises `Unsound`."""
    if not (first := signed.ceremony.prepared):
        return
    prepared = files.fetch_checked(runtime, first["key"], first["sha256"], folder / "prepared.pdf")
    filled = [str(one.id) for one in signed.fields if one.filled_at and plan.shows(one)]
    placed = plan.placed(signed.fields, signed.ceremony)
    if found := sandbox.run(jobs.mismatches, prepared, target, placed, filled, limits=LIMITS):
        raise Unsound("; ".join(found))


def commit(runtime: Runtime, known: Ceremony, file: dict[str, Any], archived: Archived) -> bool:
    """Make the archived document the ceremony's; False when that was done before or it was closed meanwhile."""
    with runtime.db.transaction(EVERYONE) as session:
        ceremony = aggregate.lock(session, known.id)
        now = database_now(session)
        waiting = (Ceremony.id == known.id) & WAITS & claims.OPEN
        values = {"file": file, "archive_trial": archived.trial, **lasting(runtime, archived.until, now)}
        changed = update(Ceremony).where(waiting).values(values).returning(Ceremony.id)
        if ceremony is None or session.scalars(changed).one_or_none() is None:
            return False
        claims.done(ceremony)
        evidence.record(
            session, ceremony, "archived", evidence.SYSTEM, at=now, sha256=file["sha256"],
            until=archived.until.isoformat(), trial=archived.trial,
        )  # fmt: skip
        ring_after_commit(session, "complete")
    return True


def lasting(runtime: Runtime, until: datetime, now: datetime) -> dict[str, datetime]:
    """Until when an archive time stamp holds, and when it is renewed: so many days before, or half-way if later."""
    days = cast(SigningSettings, runtime.settings).archive_renew_days
    half = now + max((until - now) / 2, SHORTEST_WAIT)
    return {"archive_until": until, "archive_due": max(until - timedelta(days=days), half)}
