"""Loop `prepare`: the document with every field, certified by the platform; then the ceremony opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from chassis import sandbox
from chassis.database import EVERYONE, database_now
from chassis.service import Runtime
from chassis.storage import scratch_folder
from documents import sign
from services.signing import aggregate, claims, evidence, files, jobs, plan, seals
from services.signing.invite import invite_next
from services.signing.models import Ceremony, Document

LIMITS = sandbox.Limits(memory=2 << 30, cpu=60, file_size=512 << 20, seconds=80)


def turn(runtime: Runtime) -> bool:
    """Prepare one document that waits."""
    return claims.turn(runtime, Ceremony.revision == 0, prepare)


def prepare(runtime: Runtime, agreement_id: UUID) -> None:
    """Build, certify and store the first revision, then open; at any point it can be begun again."""
    with scratch_folder() as folder:
        file, sizes = build(runtime, agreement_id, folder)
    commit(runtime, agreement_id, file, sizes)


def build(runtime: Runtime, agreement_id: UUID, folder: Path) -> tuple[dict[str, Any], jobs.Sizes]:
    """The certified revision in the store, and its page sizes; changes nothing else."""
    with runtime.db.read(EVERYONE) as session:
        ceremony = session.get_one(Ceremony, agreement_id)
        query = select(Document).where(Document.agreement_id == agreement_id).order_by(Document.place)
        documents = list(session.scalars(query))
        placed = plan.placed(plan.all_fields(session, agreement_id))
    sources = [files.fetch_checked(runtime, one.key, one.sha256, folder / f"{one.place}.pdf") for one in documents]
    target = folder / "prepared.pdf"
    signature = sign.Act(ceremony.sent_at, "Signet", f"Certified for signing: {ceremony.public_id}")
    names = [one.name for one in documents]
    reserved, sizes = sandbox.run(jobs.prepare, sources, names, placed, target, signature, limits=LIMITS)
    seals.seal(runtime, seals.PLATFORM, target, reserved)
    return files.store(runtime, agreement_id, "revision-1", target, "pdf"), sizes


def commit(runtime: Runtime, agreement_id: UUID, file: dict[str, Any], sizes: jobs.Sizes) -> bool:
    """Open the ceremony with its prepared document; False when that was done before or it was closed meanwhile."""
    with runtime.db.transaction(EVERYONE) as session:
        ceremony = aggregate.lock(session, agreement_id)
        now = database_now(session)
        unprepared = (Ceremony.id == agreement_id) & (Ceremony.revision == 0) & Ceremony.closed_at.is_(None)
        values = {"revision": 1, "file": file, "pages": sizes, "prepared_at": now}
        changed = update(Ceremony).where(unprepared).values(values).returning(Ceremony.id)
        if ceremony is None or session.scalars(changed).one_or_none() is None:
            return False
        claims.done(ceremony)
        evidence.record(session, ceremony, "prepared", evidence.SYSTEM, at=now, sha256=file["sha256"], revision=1)
        invite_next(runtime, session, ceremony)
    return True
