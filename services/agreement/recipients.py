"""Who signs a draft: the whole list is put at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.problem import Problem
from chassis.service import Runtime
from services.agreement.models import Agreement, Recipient
from services.agreement.shelves import shelve
from services.agreement.standing import Standing, get, lock_draft

Rows = Sequence[Mapping[str, Any]]


def put_recipients(runtime: Runtime, at: Standing, rows: Rows) -> None:
    """Replace a draft's recipients; ids that are given back stay, and so do their access codes unless a new one is set.

    Fields of those who are gone go with them. Raises 422 recipient_duplicate, recipient_unknown, access_code_missing.
    """
    _demand_different(rows)
    with runtime.db.read(at.owner) as session:
        _demand_known(get(session, at.agreement_id), rows)
    hashes = [_new_hash(row) for row in rows]
    with runtime.db.transaction(at.owner) as session:
        agreement = lock_draft(session, at.agreement_id)
        _demand_known(agreement, rows)
        known: dict[Any, Recipient] = {one.id: one for one in agreement.recipients}
        kept = [_fill(agreement, known.get(row.get("id")), place, row, hashes[place]) for place, row in enumerate(rows)]
        ids = {one.id for one in kept}
        agreement.fields = [field for field in agreement.fields if field.recipient_id in ids]
        session.flush()
        agreement.recipients = kept
        agreement.version += 1
        shelve(session, agreement)


def _demand_different(rows: Rows) -> None:
    ids = [row["id"] for row in rows if row.get("id")]
    twice = [email for email, times in Counter(row["email"] for row in rows).items() if email and times > 1]
    if twice or len(ids) != len(set(ids)):
        raise Problem(422, "recipient_duplicate", emails=twice)


def _demand_known(agreement: Agreement, rows: Rows) -> None:
    known: dict[UUID, Recipient] = {one.id: one for one in agreement.recipients}
    if any(row.get("id") and row["id"] not in known for row in rows):
        raise Problem(422, "recipient_unknown")
    without = [
        row["email"] for row in rows
        if row["check"] == "access_code" and not row.get("access_code")
        and not (row.get("id") and known[row["id"]].code_hash)
    ]  # fmt: skip
    if without:
        raise Problem(422, "access_code_missing", recipients=without)


def _fill(
    agreement: Agreement, found: Recipient | None, place: int, row: Mapping[str, Any], code: str | None
) -> Recipient:
    one = found or Recipient(workspace_id=agreement.workspace_id)
    one.place, one.position = place, row.get("position") or place + 1
    one.name, one.email, one.check = row["name"], row["email"], row["check"]
    one.role = row.get("role", one.role) or ""
    one.language = row.get("language") or agreement.initiator_language
    one.code_hash = (code or one.code_hash) if one.check == "access_code" else None
    return one


def _new_hash(row: Mapping[str, Any]) -> str | None:
    return hash_code(row["access_code"]) if row["check"] == "access_code" and row.get("access_code") else None


def hash_code(code: str) -> str:
    """The Argon2id hash of an access code (19 MiB, two passes)."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(code)
