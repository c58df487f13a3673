"""The audit trail for people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chassis.database import EVERYONE
from chassis.problem import not_found
from chassis.service import Runtime
from documents import audit
from services.signing import certificate
from services.signing.material import Material, gather
from services.signing.models import Ceremony


def history(runtime: Runtime, agreement_id: UUID) -> dict[str, Any]:
    """The entries with the names and values their ids and commitments stand for, whether the chain is whole, and when
    heads of it were time-stamped.
    """
    with runtime.db.read(EVERYONE) as session:
        ceremony = session.get(Ceremony, agreement_id)
        if ceremony is None:
            raise not_found()
        material = gather(session, ceremony)
    entries = material.entries
    broken = audit.first_broken(entries)
    if broken is None and len(entries) != ceremony.evidence_count:
        broken = len(entries) + 1
    anchors = [{name: one[name] for name in ("day", "at", "sequence", "root")} for one in material.anchors]
    shown = [_shown(material, one) for one in entries]
    return {"entries": shown, "head": ceremony.evidence_head, "broken_at": broken, "anchors": anchors}


def _became(material: Material, entry: dict[str, Any]) -> dict[str, Any]:
    """Who a recipient became by a correction or by handing over."""
    if "person" not in entry["detail"] or entry["kind"] not in ("corrected", "reassigned"):
        return {}
    person = material.person(entry["detail"]["recipient_id"], entry["sequence"] + 1)
    return {"became": {"name": person.name, "email": person.email}} if person else {}


def _shown(material: Material, entry: dict[str, Any]) -> dict[str, Any]:
    """An entry for people: values in the place of their commitments, nothing where they were erased."""
    named = {
        **entry,
        "actor": certificate.actor_name(material, entry),
        "by": entry["actor"],
        "ip": "",
        "user_agent": "",
        **_became(material, entry),
    }
    trace = material.traces.get(entry["sequence"])
    if trace is None:
        return named
    told = {"ip": trace.ip, "user_agent": trace.user_agent}
    return {**named, **told, "detail": {**entry["detail"], **({"reason": trace.note} if trace.note else {})}}
