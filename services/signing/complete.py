"""Loop `complete`: when everybody's signature is in the document, check it, certify it, and say so once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from chassis import sandbox
from chassis.database import EVERYONE, database_now
from chassis.service import Runtime
from chassis.storage import scratch_folder
from documents import sign
from services.signing import aggregate, certificate, claims, evidence, files, jobs, links, seals
from services.signing.models import Ceremony
from services.signing.prepare import LIMITS

WAITS = Ceremony.revision == Ceremony.signers + 1


class Unsound(Exception):
    """The signatures of a finished document do not hold; nobody is told "done"."""


@dataclass(frozen=True)
class Papers:
    """What completion adds to the document."""

    certificate: dict[str, Any]
    audit: dict[str, Any]


def turn(runtime: Runtime) -> bool:
    """Complete one ceremony that everybody has signed."""
    return claims.turn(runtime, WAITS, complete)


def complete(runtime: Runtime, agreement_id: UUID) -> None:
    """Check the document, make and store its papers, and complete; at any point it can be begun again."""
    with runtime.db.read(EVERYONE) as session:
        ceremony = session.get_one(Ceremony, agreement_id)
        now = database_now(session)
    with scratch_folder() as folder:
        require_sound(runtime, ceremony, folder)
        papers = build(runtime, ceremony, now, folder)
    commit(runtime, agreement_id, papers)


def require_sound(runtime: Runtime, ceremony: Ceremony, folder: Path) -> None:
    """The gate: every signature intact, valid, trusted, the last over the entire file; raises `Unsound`."""
    file = ceremony.file or {}
    source = files.fetch_checked(runtime, file["key"], file["sha256"], folder / "final.pdf")
    credentials = (seals.PLATFORM, seals.workspace(ceremony.workspace_id))
    roots = {seals.certificates(runtime, credential)[-1] for credential in credentials}
    if found := sandbox.run(jobs.flaws, source, sorted(roots), limits=LIMITS):
        raise Unsound("; ".join(found))


def build(runtime: Runtime, ceremony: Ceremony, now: datetime, folder: Path) -> Papers:
    """Certificate and audit trail, in the store; changes nothing else."""
    with runtime.db.read(EVERYONE) as session:
        entries = evidence.chain(session, ceremony.id)
        material = certificate.gather(session, ceremony, entries)
    content = certificate.compose(runtime, material, now, folder)
    target = folder / "certificate.pdf"
    signature = sign.Act(now, "Signet", f"Certificate of completion: {ceremony.public_id}")
    reserved = sandbox.run(jobs.certify, content, folder / "plain.pdf", target, signature, limits=LIMITS)
    seals.seal(runtime, seals.PLATFORM, target, reserved)
    audit = folder / "audit.json"
    audit.write_text(json.dumps(certificate.audit(material), ensure_ascii=False, indent=1), encoding="utf-8")
    return Papers(
        certificate=files.store(runtime, ceremony.id, "certificate", target, "pdf"),
        audit=files.store(runtime, ceremony.id, "audit", audit, "json"),
    )


def commit(runtime: Runtime, agreement_id: UUID, papers: Papers) -> bool:
    """Complete once: a conditional UPDATE, the evidence, the download links, the event; False when it was done."""
    with runtime.db.transaction(EVERYONE) as session:
        ceremony = aggregate.lock(session, agreement_id)
        now = database_now(session)
        open_ = (Ceremony.id == agreement_id) & Ceremony.completed_at.is_(None) & Ceremony.closed_at.is_(None)
        values = {"completed_at": now, "certificate": papers.certificate, "audit": papers.audit}
        changed = update(Ceremony).where(open_).values(values).returning(Ceremony.id)
        if ceremony is None or session.scalars(changed).one_or_none() is None:
            return False
        claims.done(ceremony)
        hashes = {"document": (ceremony.file or {})["sha256"], "certificate": papers.certificate["sha256"]}
        evidence.record(session, ceremony, "completed", evidence.SYSTEM, at=now, **hashes, audit=papers.audit["sha256"])
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
        certificate=ceremony.certificate, audit=ceremony.audit, links=mailed,
    )  # fmt: skip
