"""The audit trail: one append-only chain of entries for each agreement.

Every entry carries the hash of the one before it; its own hash is SHA-256 over its canonical JSON (sorted keys, no
spaces, UTF-8). Names and addresses stay out of it, personal values stand in it as keyed commitments: erasing the key
keeps the chain valid.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from chassis.sealer import Sealer
from chassis.tokens import Principal
from services.signing.models import Ceremony, Evidence, Recipient

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
    "declined": "A signer declined.",
    "voided": "The sender withdrew the agreement.",
    "expired": "The deadline passed.",
    "completed": "The finished document was stored.",
}
SYSTEM: Mapping[str, str] = {"type": "system"}
SENDER: Mapping[str, str] = {"type": "sender"}
MEMBERS = ("agreement_id", "sequence", "at", "kind", "actor", "ip", "user_agent", "detail", "previous")


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
    **detail: Any,
) -> Evidence:
    """Append an entry; the caller holds the ceremony's row. ``who`` gives address and user agent."""
    if kind not in KINDS:
        raise ValueError(f"{kind} is no kind of evidence")
    entry = Evidence(
        id=new_key(), workspace_id=ceremony.workspace_id, agreement_id=ceremony.id, kind=kind, actor=dict(actor),
        sequence=ceremony.evidence_count + 1, at=at or database_now(session), detail=detail,
        ip=who.ip[:64] if who else "", user_agent=who.user_agent[:500] if who else "", previous=ceremony.evidence_head,
    )  # fmt: skip
    entry.hash = entry_hash(as_dict(entry))
    ceremony.evidence_count, ceremony.evidence_head = entry.sequence, entry.hash
    session.add(entry)
    return entry


def as_dict(entry: Evidence) -> dict[str, Any]:
    """An entry as the JSON that is hashed, without its own hash."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return {
        "agreement_id": str(entry.agreement_id), "sequence": entry.sequence, "at": at, "kind": entry.kind,
        "actor": entry.actor, "ip": entry.ip, "user_agent": entry.user_agent, "detail": entry.detail,
        "previous": entry.previous,
    }  # fmt: skip


def entry_hash(entry: Mapping[str, Any]) -> str:
    """SHA-256 in hex over the canonical JSON of an entry's members."""
    members = {name: entry[name] for name in MEMBERS}
    text = json.dumps(members, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def chain(session: Session, agreement_id: Any) -> list[dict[str, Any]]:
    """All entries of an agreement in order, each with its hash."""
    rows = session.scalars(select(Evidence).where(Evidence.agreement_id == agreement_id).order_by(Evidence.sequence))
    return [{**as_dict(row), "hash": row.hash} for row in rows]


def first_broken(entries: Iterable[Mapping[str, Any]]) -> int | None:
    """The sequence number of the first entry that was changed, moved or lost; None when the chain is whole."""
    previous = ""
    for number, entry in enumerate(entries, 1):
        if entry["sequence"] != number or entry["previous"] != previous or entry_hash(entry) != entry["hash"]:
            return number
        previous = entry["hash"]
    return None


def commitment(sealer: Sealer, ceremony: Ceremony, name: str, value: Any) -> str:
    """A keyed commitment to a personal value: HMAC-SHA-256 in hex under the ceremony's own key."""
    key = bytes.fromhex(sealer.open(ceremony.commitment_key))
    text = json.dumps([str(ceremony.id), name, value], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
