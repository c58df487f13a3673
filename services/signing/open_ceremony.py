"""Take over an agreement that was sent."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.doorbell import ring_after_commit
from chassis.service import Runtime
from services.signing import dates, evidence
from services.signing.close import record_close, take_known
from services.signing.models import Ceremony, Document, Field, Recipient

TICKED = ("true", "checked", "on", "yes", "1")


def open_ceremony(runtime: Runtime, session: Session, data: Mapping[str, Any]) -> None:
    """Store what was sent and have it prepared; one that was closed before it arrived stays closed."""
    known = take_known(session, UUID(data["agreement_id"]))
    if session.get(Ceremony, known.agreement_id):
        return
    ceremony = _ceremony(runtime, data)
    session.add(ceremony)
    session.flush()
    firsts = _add_documents(session, ceremony, data["documents"])
    _add_recipients(runtime, session, ceremony, data["recipients"])
    session.flush()
    _add_fields(session, ceremony, data["fields"], firsts)
    _record_beginning(runtime, session, ceremony, data)
    if known.closed_kind:
        record_close(session, ceremony, known.closed_kind, known.closed_reason or "", known.closed_by, None)
    ring_after_commit(session, "prepare")


def _ceremony(runtime: Runtime, data: Mapping[str, Any]) -> Ceremony:
    return Ceremony(
        id=UUID(data["agreement_id"]), workspace_id=UUID(data["workspace_id"]), public_id=data["public_id"],
        workspace_name=data["workspace_name"], title=data["title"], message=data["message"], sender=data["initiator"],
        ordered=data["ordered"], deadline=_moment(data["deadline"]), sent_at=_moment(data["sent_at"]),
        commitment_key=runtime.sealer.seal(secrets.token_hex(32)), revision=0, version=0, evidence_count=0,
        evidence_head="", attempts=0, signers=len(data["recipients"]), finished_count=0, pages=[],
        stamp_margin=data.get("stamp_margin", False), allow_reassign=data.get("allow_reassign", False),
    )  # fmt: skip


def _add_documents(session: Session, ceremony: Ceremony, documents: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    firsts, first = {}, 0
    for place, row in enumerate(documents):
        stored = {name: row[name] for name in ("key", "sha256", "size", "name", "pages")}
        ours = {"id": UUID(row["document_id"]), "place": place, "first_page": first, "signed": row.get("signed", False)}
        session.add(Document(**_of(ceremony), **ours, **stored))
        firsts[row["document_id"]] = first
        first += row["pages"]
    return firsts


def _add_recipients(
    runtime: Runtime, session: Session, ceremony: Ceremony, recipients: Sequence[Mapping[str, Any]]
) -> None:
    for row in recipients:
        person = {name: row[name] for name in ("position", "name", "language", "check")}
        ours = {"id": UUID(row["recipient_id"]), "email": row["email"].lower(), "code_hash": row.get("code_hash")}
        key = runtime.sealer.seal(secrets.token_hex(32))
        session.add(Recipient(**_of(ceremony), **ours, **person, commitment_key=key))


def _add_fields(
    session: Session, ceremony: Ceremony, fields: Sequence[Mapping[str, Any]], firsts: Mapping[str, int]
) -> None:
    names = ("kind", "x", "y", "width", "height", "required", "label", "default", "format", "longest")
    for place, row in enumerate(fields):
        field = Field(
            **_of(ceremony), id=UUID(row["field_id"]), recipient_id=UUID(row["recipient_id"]), place=place,
            page=firsts[row["document_id"]] + row["page"], **{name: row.get(name) for name in names},
        )  # fmt: skip
        prefill(field, ceremony.sent_at)
        session.add(field)


def prefill(field: Field, now: datetime) -> None:
    """What the sender wrote in stands there until the signer changes it; a date of "today" waits for the finish."""
    if field.kind == "text" and field.default:
        field.text, field.filled_at = field.default, now
    if field.kind == "checkbox" and field.default in TICKED:
        field.checked, field.filled_at = True, now
    if field.kind == "date" and field.default and field.default not in dates.TODAY:
        with suppress(ValueError):
            field.text, field.filled_at = dates.parse(field.default, field.format), now


def _record_beginning(runtime: Runtime, session: Session, ceremony: Ceremony, data: Mapping[str, Any]) -> None:
    files = [
        {"document_id": row["document_id"], "sha256": row["sha256"], "size": row["size"]} for row in data["documents"]
    ]
    evidence.record(session, ceremony, "created", evidence.SENDER, at=_moment(data["created_at"]), documents=files)
    parties = [
        {
            "recipient_id": row["recipient_id"], "position": row["position"], "check": row["check"],
            "person": _person(runtime, session, row["recipient_id"]),
        }
        for row in data["recipients"]
    ]  # fmt: skip
    evidence.record(
        session, ceremony, "sent", evidence.SENDER, at=ceremony.sent_at, recipients=parties, ordered=ceremony.ordered,
        deadline=ceremony.deadline.isoformat(), fields=len(data["fields"]),
    )  # fmt: skip


def _person(runtime: Runtime, session: Session, recipient_id: str) -> str:
    """The commitment to who a recipient is."""
    one = session.get_one(Recipient, UUID(recipient_id))
    return evidence.commitment(runtime.sealer, one, recipient_id, [one.name, one.email])


def _of(ceremony: Ceremony) -> dict[str, UUID]:
    return {"workspace_id": ceremony.workspace_id, "agreement_id": ceremony.id}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
