"""The audit trail: one append-only chain of entries for each agreement.

How entries hang together and how they are hashed is told by `documents.audit`. Names stay out of the chain; addresses,
user agents and other personal values stand in it as keyed commitments, the values and the keys beside it: erasing those
keeps the chain valid.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from chassis.sealer import Sealer
from chassis.tokens import Kind, Principal
from documents import audit
from services.signing.models import Ceremony, Evidence, Former, Recipient, Trace

KINDS: Mapping[str, str] = {
    "created": "The agreement was made.",
    "sent": "The sender sent it.",
    "prepared": "The document was prepared and certified.",
    "invited": "A signer was invited.",
    "reminded": "A signer was reminded.",
    "resent": "A signer got a new link, the earlier ones ended.",
    "delivered": "The signer's mail server took a mail.",
    "bounced": "The signer's mail server refused a mail.",
    "opened": "A signer opened the agreement.",
    "code_sent": "A code was mailed to a signer.",
    "check_passed": "A signer passed the check.",
    "check_failed": "A signer failed a try.",
    "locked": "A signer used up all tries.",
    "consented": "A signer accepted electronic signatures.",
    "field_filled": "What a signer put into a field.",
    "signed": "A signer finished.",
    "signature_applied": "The digital signature of a signer's act was put into the document.",
    "archived": "Validation data and an archive time stamp were put into the document.",
    "corrected": "The sender corrected a signer, the deadline or the message.",
    "reassigned": "A signer handed over to somebody else.",
    "declined": "A signer declined.",
    "voided": "The sender withdrew the agreement.",
    "expired": "The deadline passed.",
    "completed": "The finished document was stored.",
    "downloaded": "A signer took the finished document, a certificate, or all as a ZIP, for the first time.",
    "removed": "The workspace keeps it no longer: files and personal values were removed, the evidence stays.",
    "erased": "A person's values were erased; the commitments to them stay.",
}
SYSTEM: Mapping[str, str] = {"type": "system"}
SENDER: Mapping[str, str] = {"type": "sender"}


def signer(recipient: Recipient) -> dict[str, str]:
    """A recipient as an actor."""
    return {"type": "recipient", "id": str(recipient.id)}


def record(
    session: Session,
    ceremony: Ceremony,
    kind: str,
    actor: Mapping[str, str],
    who: Principal | None = None,
    at: datetime | None = None,
    note: str | None = None,
    **detail: Any,
) -> Evidence:
    """Append an entry; the caller holds the ceremony's row.

    ``who`` gives address and user agent, ``note`` is what somebody said (a reason); both stand in the entry as
    commitments.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind} is no kind of evidence")
    entry = Evidence(
        id=new_key(), workspace_id=ceremony.workspace_id, agreement_id=ceremony.id, kind=kind, actor=dict(actor),
        sequence=ceremony.evidence_count + 1, at=at or database_now(session), detail=detail, ip="", user_agent="",
        previous=ceremony.evidence_head,
    )  # fmt: skip
    if note or (who and (who.ip or who.user_agent)):
        _leave_trace(session, entry, who or Principal(Kind.SERVICE), note or "")
    entry.hash = audit.entry_hash(as_dict(entry))
    ceremony.evidence_count, ceremony.evidence_head = entry.sequence, entry.hash
    session.add(entry)
    return entry


def _leave_trace(session: Session, entry: Evidence, who: Principal, note: str) -> None:
    """Keep address, user agent and note beside the chain, and commit to them in the entry."""
    key, about = secrets.token_bytes(32), entry.actor.get("id") or entry.detail.get("recipient_id")
    trace = Trace(
        agreement_id=entry.agreement_id, workspace_id=entry.workspace_id, sequence=entry.sequence, key=key.hex(),
        recipient_id=UUID(about) if about else None, ip=who.ip[:64], user_agent=who.user_agent[:500], note=note,
    )  # fmt: skip
    session.add(trace)
    for path, value in openings(trace):
        committed = audit.commitment(key, str(entry.agreement_id), path[-1], value)
        if path[0] == "detail":
            entry.detail = {**entry.detail, path[-1]: committed}
        else:
            setattr(entry, path[0], committed)


def openings(trace: Trace) -> list[tuple[list[str], str]]:
    """Where in its entry each value of a trace is committed to, and the value; early entries had no commitments."""
    told = [(["ip"], trace.ip), (["user_agent"], trace.user_agent), (["detail", "reason"], trace.note)]
    return [(path, value) for path, value in told if value and trace.key]


def as_dict(entry: Evidence) -> dict[str, Any]:
    """An entry as the JSON that is hashed, without its own hash."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return {
        "agreement_id": str(entry.agreement_id), "sequence": entry.sequence, "at": at, "kind": entry.kind,
        "actor": entry.actor, "ip": entry.ip, "user_agent": entry.user_agent, "detail": entry.detail,
        "previous": entry.previous,
    }  # fmt: skip


def chain(session: Session, agreement_id: UUID) -> list[dict[str, Any]]:
    """All entries of an agreement in order, each with its hash."""
    rows = session.scalars(select(Evidence).where(Evidence.agreement_id == agreement_id).order_by(Evidence.sequence))
    return [{**as_dict(row), "hash": row.hash} for row in rows]


def traces(session: Session, agreement_id: UUID) -> dict[int, Trace]:
    """Where the acts came from, by the sequence of their entry; what was erased is not there."""
    rows = session.scalars(select(Trace).where(Trace.agreement_id == agreement_id).order_by(Trace.sequence))
    return {row.sequence: row for row in rows}


def commitment(sealer: Sealer, holder: Ceremony | Recipient, name: str, value: Any) -> str:
    """A keyed commitment to a personal value, under the key of the person, or of the ceremony for its sender's."""
    agreement_id = holder.id if isinstance(holder, Ceremony) else holder.agreement_id
    return audit.commitment(key_of(sealer, holder), str(agreement_id), name, value)


def key_of(sealer: Sealer, holder: Ceremony | Recipient | Former) -> bytes:
    """The key of a person's or a sender's commitments; raises ValueError when it was erased."""
    if not holder.commitment_key:
        raise ValueError("erased")
    return bytes.fromhex(sealer.open(holder.commitment_key))
