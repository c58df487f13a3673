"""Loop `prepare`: the document with every field, certified by the platform; then the ceremony opens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select, update

from chassis import sandbox
from chassis.database import EVERYONE, database_now
from chassis.service import Runtime
from chassis.storage import scratch_folder
from documents import sign
from documents.fields import Field as Placed
from services.signing import aggregate, claims, evidence, files, jobs, plan, seals
from services.signing.archiving import LIMITS
from services.signing.invite import invite_next
from services.signing.models import Ceremony, Document


def turn(runtime: Runtime) -> bool:
    """Prepare one document that waits."""
    return claims.turn(runtime, Ceremony.revision == 0, prepare)


@dataclass(frozen=True)
class Prepared:
    """The first revision and its plan in the store, and the page sizes in points."""

    file: dict[str, Any]
    plan: dict[str, Any]
    sizes: jobs.Sizes


def prepare(runtime: Runtime, agreement_id: UUID) -> None:
    """Build, certify and store the first revision, then open; at any point it can be begun again."""
    with scratch_folder() as folder:
        prepared = build(runtime, agreement_id, folder)
    commit(runtime, agreement_id, prepared)


def build(runtime: Runtime, agreement_id: UUID, folder: Path) -> Prepared:
    """The certified revision and the plan of where everything is in it, in the store; changes nothing else."""
    with runtime.db.read(EVERYONE) as session:
        ceremony = session.get_one(Ceremony, agreement_id)
        query = select(Document).where(Document.agreement_id == agreement_id).order_by(Document.place)
        documents = list(session.scalars(query))
        placed = plan.placed(plan.all_fields(session, agreement_id))
    sources = [files.fetch_checked(runtime, one.key, one.sha256, folder / f"{one.place}.pdf") for one in documents]
    target = folder / "prepared.pdf"
    if documents[0].signed:
        ready = sandbox.run(jobs.prepare_signed, sources[0], placed, target, limits=LIMITS)
    else:
        ready = _certified(runtime, ceremony, sources, [one.name for one in documents], placed, target)
    layout = folder / "plan.json"
    layout.write_text(ready.plan, encoding="utf-8")
    return Prepared(
        files.store(runtime, agreement_id, "revision-1", target, "pdf"),
        files.store(runtime, agreement_id, "plan", layout, "json"),
        ready.sizes,
    )


def _certified(
    runtime: Runtime, ceremony: Ceremony, sources: list[Path], names: list[str], placed: list[Placed], target: Path
) -> jobs.Ready:
    act = sign.Act(ceremony.sent_at, "Signet", f"Certified for signing: {ceremony.public_id}")
    address = f"{runtime.settings.public_url}/verify/{ceremony.public_id}"
    stamp = (ceremony.public_id, address) if ceremony.stamp_margin else None
    made: list[jobs.Ready] = []

    def reserve(capacity: int) -> sign.Reserved:
        roomy = replace(act, capacity=capacity)
        made.append(sandbox.run(jobs.prepare, sources, names, placed, target, roomy, stamp, limits=LIMITS))
        return cast(sign.Reserved, made[-1].reserved)

    seals.seal_with_room(runtime, target, reserve)
    return made[-1]


def commit(runtime: Runtime, agreement_id: UUID, prepared: Prepared) -> bool:
    """Open the ceremony with its prepared document; False when that was done before or it was closed meanwhile."""
    with runtime.db.transaction(EVERYONE) as session:
        ceremony = aggregate.lock(session, agreement_id)
        now = database_now(session)
        unprepared = (Ceremony.id == agreement_id) & (Ceremony.revision == 0) & Ceremony.closed_at.is_(None)
        file = prepared.file
        known = {"file": file, "prepared": file, "plan": prepared.plan, "pages": prepared.sizes}
        values = {"revision": 1, "prepared_at": now, **known}
        changed = update(Ceremony).where(unprepared).values(values).returning(Ceremony.id)
        if ceremony is None or session.scalars(changed).one_or_none() is None:
            return False
        claims.done(ceremony)
        evidence.record(session, ceremony, "prepared", evidence.SYSTEM, at=now, sha256=file["sha256"], revision=1)
        invite_next(runtime, session, ceremony)
    return True
