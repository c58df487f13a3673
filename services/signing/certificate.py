"""What the certificate of completion and the audit file say about a ceremony."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.service import Runtime
from services.signing import aggregate, plan
from services.signing.models import Ceremony, Document, Field, Recipient
from services.signing.words import CHECKS, KIND_WORDS, NAMES, word

if TYPE_CHECKING:
    from documents.certificate import Certificate, CertifiedFile, Event, Party


@dataclass(frozen=True)
class Material:
    """Everything the papers are made from, read in one transaction."""

    ceremony: Ceremony
    documents: list[Document]
    recipients: list[Recipient]
    fields: list[Field]
    entries: list[dict[str, Any]]

    @property
    def language(self) -> str:
        """The initiator's."""
        return str(self.ceremony.sender["language"])


def gather(session: Session, ceremony: Ceremony, entries: list[dict[str, Any]]) -> Material:
    """Read what the papers need."""
    query = select(Document).where(Document.agreement_id == ceremony.id).order_by(Document.place)
    recipients = aggregate.recipients(session, ceremony)
    return Material(ceremony, list(session.scalars(query)), recipients, plan.all_fields(session, ceremony.id), entries)


def compose(runtime: Runtime, material: Material, completed_at: datetime, folder: Path) -> Certificate:
    """The certificate in the initiator's language; signature pictures are read from the store."""
    from documents.certificate import Certificate

    ceremony = material.ceremony
    return Certificate(
        agreement_id=ceremony.public_id, title=ceremony.title, completed_at=completed_at,
        sender=f"{ceremony.sender['name']} <{ceremony.sender['email']}>", files=_files(material),
        parties=tuple(_party(runtime, material, one, folder) for one in material.recipients),
        events=tuple(_event(material, one) for one in material.entries),
        audit_head=material.entries[-1]["hash"], language=material.language,
        verification_url=f"{runtime.settings.public_url}/verify/{ceremony.public_id}",
    )  # fmt: skip


def audit(material: Material) -> dict[str, Any]:
    """The audit trail as a file: the chain, and beside it the names that its ids stand for."""
    ceremony = material.ceremony
    people = [{"id": str(one.id), "name": one.name, "email": one.email} for one in material.recipients]
    sender = {name: ceremony.sender[name] for name in ("name", "email")}
    return {
        "agreement_id": str(ceremony.id), "public_id": ceremony.public_id, "title": ceremony.title, "sender": sender,
        "recipients": people, "hash": "SHA-256 over each entry without its hash: JSON, sorted keys, no spaces, UTF-8",
        "document_sha256": (ceremony.file or {})["sha256"], "head": material.entries[-1]["hash"],
        "entries": material.entries,
    }  # fmt: skip


def _files(material: Material) -> tuple[CertifiedFile, ...]:
    from documents.certificate import CertifiedFile

    after = (material.ceremony.file or {})["sha256"]
    return tuple(CertifiedFile(one.name, one.pages, one.sha256, after) for one in material.documents)


def _party(runtime: Runtime, material: Material, recipient: Recipient, folder: Path) -> Party:
    from documents.certificate import Party

    signed = _entry_of(material.entries, "signed", recipient) or {"ip": "", "user_agent": ""}
    return Party(
        name=recipient.name, email=recipient.email, role=word(NAMES, "signer", material.language),
        checks=(word(CHECKS, recipient.check, material.language),), viewed_at=recipient.viewed_at,
        signed_at=recipient.finished_at, ip=signed["ip"], user_agent=signed["user_agent"],
        signature=_signature_of(runtime, material.fields, recipient, folder),
    )  # fmt: skip


def _signature_of(runtime: Runtime, fields: Sequence[Field], recipient: Recipient, folder: Path) -> bytes | None:
    own = [one for one in fields if one.recipient_id == recipient.id and one.kind == "signature" and one.image_key]
    return plan.mark(runtime, own[0], folder).image if own else None


def _entry_of(entries: Sequence[dict[str, Any]], kind: str, recipient: Recipient) -> dict[str, Any] | None:
    wanted = str(recipient.id)
    return next((one for one in entries if one["kind"] == kind and one["actor"].get("id") == wanted), None)


def _event(material: Material, entry: dict[str, Any]) -> Event:
    from documents.certificate import Event

    what = word(KIND_WORDS, entry["kind"], material.language)
    return Event(datetime.fromisoformat(entry["at"]), actor_name(material, entry), what, entry["ip"])


def actor_name(material: Material, entry: dict[str, Any]) -> str:
    """Who did it, or whom it is about, by name."""
    identifier = entry["actor"].get("id") or entry["detail"].get("recipient_id")
    names = {str(one.id): one.name for one in material.recipients}
    if identifier in names:
        return names[identifier]
    return str(material.ceremony.sender["name"]) if entry["actor"]["type"] == "sender" else "Signet"
