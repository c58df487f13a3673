"""The audit trail as a file that explains itself and is verified without this service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from chassis.sealer import Sealer
from documents import audit
from services.signing import evidence
from services.signing.material import Material
from services.signing.models import Field, Recipient

HOW = {
    "entries": "hash is SHA-256 over the JSON of these members of an entry, keys sorted, no spaces, UTF-8: "
    + ", ".join(sorted(audit.MEMBERS))
    + ". previous is the hash of the entry before; head is the hash of the last one.",
    "openings": "Personal values stand in entries as commitments. Each opening tells one of them: at path in the entry "
    "with this sequence stands HMAC-SHA-256, under key, over the JSON [agreement_id, name, value]. What was erased has "
    "no opening; the entries stay valid.",
    "anchors": "Once a day the heads of all chains become the leaves of a Merkle tree (RFC 6962). place, leaves and "
    "path lead from head to root; token is an RFC 3161 time stamp (base 64) whose imprint is root.",
    "checking": "signet verify, or any program that follows these rules.",
}


def text(sealer: Sealer, material: Material) -> str:
    """The file; the same material gives the same text."""
    return json.dumps(document(sealer, material), ensure_ascii=False, indent=1) + "\n"


def document(sealer: Sealer, material: Material) -> dict[str, Any]:
    """The chain, what its ids and commitments stand for while that is known, and its anchors."""
    ceremony = material.ceremony
    return {
        "format": audit.FORMAT, "how": HOW, "agreement_id": str(ceremony.id), "public_id": ceremony.public_id,
        "title": ceremony.title, "sender": {name: ceremony.sender[name] for name in ("name", "email")},
        "recipients": [_recipient(one) for one in material.recipients],
        "documents": [{"name": one.name, "pages": one.pages, "sha256": one.sha256} for one in material.documents],
        "document_sha256": (ceremony.file or {}).get("sha256"), "head": material.entries[-1]["hash"],
        "entries": material.entries, "openings": list(_openings(sealer, material)), "anchors": material.anchors,
    }  # fmt: skip


def _recipient(one: Recipient) -> dict[str, Any]:
    if one.erased_at:
        return {"id": str(one.id), "erased_at": one.erased_at.isoformat()}
    return {"id": str(one.id), "name": one.name, "email": one.email}


def _openings(sealer: Sealer, material: Material) -> Iterator[dict[str, Any]]:
    fields = {str(one.id): one for one in material.fields}
    for entry in material.entries:
        yield from _told(entry, material)
        detail, number = entry["detail"], entry["sequence"]
        if entry["kind"] == "sent":
            for place, who in enumerate(detail["recipients"]):
                path = ["detail", "recipients", place, "person"]
                yield from _person(sealer, material, (number, number), path, who["recipient_id"])
        if entry["kind"] in ("corrected", "reassigned") and "person" in detail:
            yield from _person(sealer, material, (number, number + 1), ["detail", "person"], detail["recipient_id"])
        if entry["kind"] == "field_filled":
            person, field = material.person(entry["actor"]["id"], number), detail["field_id"]
            if person and person.commitment_key:
                key = evidence.key_of(sealer, person).hex()
                yield _opening(number, ["detail", "value"], field, value_of(fields[field]), key)


def _person(
    sealer: Sealer, material: Material, at: tuple[int, int], path: list[Any], recipient_id: str
) -> Iterator[dict[str, Any]]:
    """Who a recipient was: committed to in the entry ``at[0]``, as they were at ``at[1]``."""
    person = material.person(recipient_id, at[1])
    if person and person.commitment_key:
        key = evidence.key_of(sealer, person).hex()
        yield _opening(at[0], path, recipient_id, [person.name, person.email], key)


def _told(entry: dict[str, Any], material: Material) -> Iterator[dict[str, Any]]:
    trace = material.traces.get(entry["sequence"])
    for path, value in evidence.openings(trace) if trace else ():
        yield _opening(entry["sequence"], list(path), path[-1], value, trace.key if trace else "")


def _opening(sequence: int, path: list[Any], name: str, value: Any, key: str) -> dict[str, Any]:
    return {"sequence": sequence, "path": path, "name": name, "value": value, "key": key}


def value_of(field: Field) -> list[Any]:
    """What a field's commitment is made over."""
    return [field.text, field.checked, field.image_sha256]
