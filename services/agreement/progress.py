"""What *signing* and *notify* tell about a sent agreement, kept so that the order of the news does not matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.outbox import emit
from services.agreement.closing import end, identity
from services.agreement.models import COMPLETED, COMPLETING, DECLINED, OPEN, SENT, Agreement, Recipient
from services.agreement.sending import initiator, sender
from services.agreement.shelves import shelve

Data = Mapping[str, Any]
FIRST = {"viewed_at", "signed_at", "declined_at"}


def locked(session: Session, key: str) -> Agreement | None:
    """The agreement of an event with its row locked, None when it is not known here."""
    return session.scalar(select(Agreement).where(Agreement.id == UUID(key)).with_for_update())


def note(session: Session, data: Data, *columns: str) -> None:
    """Keep the time of a recipient's event: the first of its kind, or the newest where there may be several."""
    agreement = locked(session, data["agreement_id"])
    one = agreement and recipient(agreement, data)
    if not agreement or not one:
        return
    for column in columns:
        _keep(one, column, datetime.fromisoformat(data["at"]))
    _settle(agreement)
    shelve(session, agreement)


def recipient(agreement: Agreement, data: Data) -> Recipient | None:
    """The recipient an event is about."""
    return next((one for one in agreement.recipients if one.id == UUID(data["recipient_id"])), None)


def _keep(one: Recipient, column: str, at: datetime) -> None:
    known = getattr(one, column)
    pick = min if column in FIRST else max
    setattr(one, column, at if known is None else pick(known, at))


def _settle(agreement: Agreement) -> None:
    if agreement.status == SENT and all(one.signed_at for one in agreement.recipients):
        agreement.status = COMPLETING


def decline(session: Session, data: Data) -> None:
    """A signer has declined: the agreement ends."""
    note(session, data, "declined_at")
    agreement = locked(session, data["agreement_id"])
    one = agreement and recipient(agreement, data)
    if agreement and one:
        end(session, agreement, DECLINED, one.name, data["reason"], datetime.fromisoformat(data["at"]))


def close(session: Session, data: Data) -> None:
    """The ceremony was closed; *agreement* may have died before it noted that itself."""
    agreement = locked(session, data["agreement_id"])
    if agreement:
        end(session, agreement, data["kind"], data["by"], data["reason"], datetime.fromisoformat(data["at"]))


def complete(session: Session, data: Data) -> None:
    """The finished document is there: everybody is told."""
    agreement = locked(session, data["agreement_id"])
    if agreement is None or agreement.status not in OPEN:
        return
    agreement.status, agreement.completed_at = COMPLETED, datetime.fromisoformat(data["completed_at"])
    agreement.over_at = agreement.completed_at
    files = {name: _file(data[name]) for name in ("document", "certificate", "audit")}
    languages = {language: _file(one) for language, one in data.get("certificates", {}).items()}
    agreement.files = {**files, "certificates": languages, **(agreement.files or {})}
    agreement.version += 1
    shelve(session, agreement)
    links = {UUID(link["recipient_id"]): link["sealed_link"] for link in data["links"]}
    emit(
        session, "agreement.completed.v1", subject=agreement.id, sequence=agreement.version,
        data=_completed(session, agreement, links), workspace=agreement.workspace_id,
    )  # fmt: skip


def replace_files(session: Session, data: Data) -> None:
    """Newer archive time stamps: what is handed out from now on; older news change nothing."""
    agreement = locked(session, data["agreement_id"])
    if agreement is None or (agreement.files or {}).get("archived_at", "") >= data["at"]:
        return
    newer = {name: _file(data[name]) for name in ("document", "certificate")}
    languages = {language: _file(one) for language, one in data["certificates"].items()}
    agreement.files = {**(agreement.files or {}), **newer, "certificates": languages, "archived_at": data["at"]}


def _file(stored: Data) -> dict[str, Any]:
    return {name: stored[name] for name in ("key", "sha256", "size")}


def _completed(session: Session, agreement: Agreement, links: Mapping[UUID, str]) -> dict[str, Any]:
    assert agreement.completed_at and agreement.files
    parties: dict[str, dict[str, Any]] = {agreement.initiator_email: {**initiator(agreement), "sealed_link": None}}
    for one in agreement.recipients:
        person = {"name": one.name, "email": one.email, "language": one.language}
        parties[one.email] = {**person, "sealed_link": links.get(one.id)}
    return {
        **identity(agreement), "completed_at": agreement.completed_at.isoformat(), "sender": sender(session, agreement),
        "parties": list(parties.values()),
        "document": agreement.files["document"], "certificate": agreement.files["certificate"],
    }  # fmt: skip
