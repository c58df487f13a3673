"""The audit trail for people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chassis.database import EVERYONE
from chassis.problem import not_found
from chassis.service import Runtime
from services.signing import certificate, evidence
from services.signing.models import Ceremony


def history(runtime: Runtime, agreement_id: UUID) -> dict[str, Any]:
    """The entries with the names their ids stand for, and whether the chain is whole."""
    with runtime.db.read(EVERYONE) as session:
        ceremony = session.get(Ceremony, agreement_id)
        if ceremony is None:
            raise not_found()
        entries = evidence.chain(session, agreement_id)
        material = certificate.gather(session, ceremony, entries)
    broken = evidence.first_broken(entries)
    if broken is None and len(entries) != ceremony.evidence_count:
        broken = len(entries) + 1
    named = [{**one, "actor": certificate.actor_name(material, one), "by": one["actor"]} for one in entries]
    return {"entries": named, "head": ceremony.evidence_head, "broken_at": broken}
