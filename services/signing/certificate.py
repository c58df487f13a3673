"""What the certificate of completion says about a ceremony."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chassis.service import Runtime
from documents.fields import signing_name
from services.signing import consent, plan
from services.signing.material import Material
from services.signing.models import Field, Recipient
from services.signing.words import CHECKS, KIND_WORDS, NAMES, word

if TYPE_CHECKING:
    from documents.papers.certificate import Assurance, Certificate, CertifiedFile, Event, Party, SigningCertificate
    from documents.papers.dossier import Dossier


@dataclass(frozen=True)
class Source:
    """What one certificate is composed from; ``pictures`` are encoded ones by recipient."""

    material: Material
    dossier: Dossier
    pictures: dict[Any, bytes]
    provider: bool
    language: str


def compose(runtime: Runtime, source: Source, completed_at: datetime) -> Certificate:
    """The certificate in one language."""
    from documents.papers.certificate import Certificate

    material, language = source.material, source.language
    ceremony = material.ceremony
    return Certificate(
        agreement_id=ceremony.public_id, title=ceremony.title, completed_at=completed_at,
        sender=f"{ceremony.sender['name']} <{ceremony.sender['email']}>", files=_files(material),
        parties=tuple(_party(source, one) for one in material.recipients),
        events=tuple(_event(material, one, language) for one in material.entries),
        audit_head=material.entries[-1]["hash"], assurance=_assurance(source), language=language,
        consent=(consent.VERSION, consent.text(language)),
        verification_url=f"{runtime.settings.public_url}/verify/{ceremony.public_id}",
    )  # fmt: skip


def pictures(runtime: Runtime, material: Material, folder: Path) -> dict[Any, bytes]:
    """The first signature of each recipient, encoded, from the store."""
    found = {one.id: _signature_of(runtime, material.fields, one, folder) for one in material.recipients}
    return {key: picture for key, picture in found.items() if picture}


def _signature_of(runtime: Runtime, fields: Sequence[Field], recipient: Recipient, folder: Path) -> bytes | None:
    own = [one for one in fields if one.recipient_id == recipient.id and one.kind == "signature" and one.image_key]
    return plan.mark(runtime, own[0], folder).image if own else None


def _files(material: Material) -> tuple[CertifiedFile, ...]:
    from documents.papers.certificate import CertifiedFile

    after = (material.ceremony.file or {})["sha256"]
    return tuple(CertifiedFile(one.name, one.pages, one.sha256, after) for one in material.documents)


def _assurance(source: Source) -> Assurance:
    from documents.papers.certificate import Assurance

    archive = source.dossier.archive
    if archive is None:
        return Assurance(provider=source.provider)
    trial = bool(source.material.ceremony.archive_trial)
    return Assurance(archive.stamped_at, archive.stamped_by, trial, source.provider)


def _party(source: Source, recipient: Recipient) -> Party:
    from documents.papers.certificate import Party

    signed = _trace_of(source.material, "signed", recipient)
    return Party(
        name=recipient.name, email=recipient.email, role=word(NAMES, "signer", source.language),
        checks=(word(CHECKS, recipient.check, source.language),), viewed_at=recipient.viewed_at,
        consented_at=recipient.consented_at, consent=recipient.consent_version or "",
        signed_at=recipient.finished_at, ip=signed.ip if signed else "",
        user_agent=signed.user_agent if signed else "", signature=source.pictures.get(recipient.id),
        certificate=_certificate_of(source, recipient),
    )  # fmt: skip


def _certificate_of(source: Source, recipient: Recipient) -> SigningCertificate | None:
    """The certificate of a recipient's digital signature, found by the field it stands in."""
    from documents.papers.certificate import SigningCertificate

    applied = source.dossier.by_field(signing_name(plan.placed(source.material.fields), str(recipient.id)))
    if applied is None:
        return None
    return SigningCertificate(applied.subject, applied.issuer, applied.serial, applied.stamped_at, applied.stamped_by)


def _trace_of(material: Material, kind: str, recipient: Recipient) -> Any:
    wanted = str(recipient.id)
    numbers = (one["sequence"] for one in material.entries if one["kind"] == kind and one["actor"].get("id") == wanted)
    return material.traces.get(next(numbers, 0))


def _event(material: Material, entry: dict[str, Any], language: str) -> Event:
    from documents.papers.certificate import Event

    what, trace = word(KIND_WORDS, entry["kind"], language), material.traces.get(entry["sequence"])
    return Event(datetime.fromisoformat(entry["at"]), actor_name(material, entry), what, trace.ip if trace else "")


def actor_name(material: Material, entry: dict[str, Any]) -> str:
    """Who did it, or whom it is about, by name; a dash for who was erased. Corrections are told of the sender."""
    about = None if entry["kind"] == "corrected" else entry["detail"].get("recipient_id")
    identifier = entry["actor"].get("id") or about
    person = material.person(identifier, entry["sequence"]) if identifier else None
    if person:
        return person.name or "-"
    return str(material.ceremony.sender["name"]) or "-" if entry["actor"]["type"] == "sender" else "Signet"
