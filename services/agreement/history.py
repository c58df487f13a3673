"""The history of an agreement: what happened before the sending, then the audit trail that *signing* keeps, and who
kept it for ever.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chassis.problem import Problem
from chassis.service import Runtime
from services.agreement.models import COMPLETED, DRAFT, Agreement
from services.agreement.standing import Standing, get


def history(runtime: Runtime, at: Standing) -> dict[str, Any]:
    """The entries, oldest first, and the time stamps over the audit trail.

    Raises 403 forbidden for a signer before completion, 503 when signing is away.
    """
    with runtime.db.read(at.owner) as session:
        agreement = get(session, at.agreement_id)
        if not at.manages and agreement.status != COMPLETED:
            raise Problem(403, "forbidden")
        own, holds = _own(agreement), agreement.holds
    if agreement.status == DRAFT:
        return {"entries": own, "anchors": []}
    trail = _audit(runtime, at, agreement)
    after = sorted([*trail["entries"], *holds], key=lambda entry: datetime.fromisoformat(entry["at"]))
    return {"entries": [*own, *after], "anchors": trail.get("anchors", [])}


def _own(agreement: Agreement) -> list[dict[str, Any]]:
    who = agreement.initiator_name or agreement.initiator_email
    given = [
        {"kind": "handed_over", "at": one["at"], "actor": one["by"], "name": one["taker"]}
        for one in agreement.handovers
    ]
    who = agreement.handovers[0]["giver"] if given else who
    drafted = {"kind": "drafted", "at": agreement.created_at.isoformat(), "actor": who}
    files = [
        {
            "kind": "document_added",
            "at": one.created_at.isoformat(),
            "actor": who,
            "name": one.name,
            "sha256": one.sha256,
        }
        for one in agreement.documents
    ]
    return [drafted, *sorted([*files, *given], key=lambda entry: entry["at"])]


def _audit(runtime: Runtime, at: Standing, agreement: Agreement) -> dict[str, Any]:
    try:
        trail: dict[str, Any] = runtime.client.call("signing", "GET", f"/internal/ceremonies/{at.agreement_id}/history")
    except Problem as problem:
        if problem.status != 404 or agreement.sent_at is None:
            raise
        sent = {"kind": "sent", "at": agreement.sent_at.isoformat(), "actor": agreement.initiator_name}
        return {"entries": [sent]}
    return trail
