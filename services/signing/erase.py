"""Erase a person: what is personal goes, the evidence stays valid, finished documents are not touched.

The chains of evidence hold commitments only; what they commit to and the keys that open them are taken away. Agreements
that are still open are left alone, since their signers have to be known; they are counted and can be erased later.
Finished documents and certificates of completion are the evidence itself, sealed, and are not touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.service import Runtime
from chassis.tables import outbox
from services.signing import evidence
from services.signing.models import Ceremony, Field, Former, Known, Link, Proof, Recipient, Trace

EMPTY = {"text": None, "checked": None, "default": None, "image_key": None, "image_sha256": None, "image_source": None}


@dataclass(frozen=True)
class Erased:
    """In how many agreements the person was erased, and how many were left because they are still open."""

    agreements: int
    still_open: int


def erase(runtime: Runtime, email: str) -> Erased:
    """Erase whoever has this address, as signer and as sender; doing it again is harmless."""
    address = email.strip().lower()
    with runtime.db.read(EVERYONE) as session:
        found = _agreements(session, address)
    done = [key for key in found if _erase_in(runtime, key, address)]
    with runtime.db.transaction(EVERYONE) as session:
        _forget_events(session, address)
    return Erased(len(done), len(found) - len(done))


def _agreements(session: Session, address: str) -> list[UUID]:
    signing = select(Recipient.agreement_id).where(Recipient.email == address)
    sending = select(Ceremony.id).where(func.lower(Ceremony.sender["email"].as_string()) == address)
    before = select(Former.agreement_id).where(Former.email == address)
    found = (session.scalars(query).all() for query in (signing, sending, before))
    return list(dict.fromkeys(key for keys in found for key in keys))


def erase_everybody(session: Session, ceremony: Ceremony) -> None:
    """Erase the sender and every signer of a held ceremony that is over."""
    now = database_now(session)
    _forget_sender(session, ceremony)
    for recipient in session.scalars(select(Recipient).where(Recipient.agreement_id == ceremony.id)):
        if recipient.erased_at is None:
            _erase_recipient(session, ceremony, recipient, now)
    for former in session.scalars(select(Former).where(Former.agreement_id == ceremony.id)):
        if former.erased_at is None:
            _erase_former(session, ceremony, former, now)


def _erase_in(runtime: Runtime, agreement_id: UUID, address: str) -> bool:
    """Erase the person in one agreement; False when it is still open.

    Files go first: what dies on the way finds them by their rows again, and an agreement that is over stays over.
    """
    with runtime.db.read(EVERYONE) as session:
        ceremony = session.get_one(Ceremony, agreement_id)
        if not (ceremony.completed_at or ceremony.closed_at):
            return False
        keys = _files(session, ceremony, address)
    for key in keys:
        runtime.storage.delete(key)
    with runtime.db.transaction(EVERYONE) as session:
        ceremony = session.get_one(Ceremony, agreement_id, with_for_update=True, populate_existing=True)
        _erase_sender(session, ceremony, address)
        for recipient in session.scalars(select(Recipient).where(*_mine(ceremony, address))):
            _erase_recipient(session, ceremony, recipient, database_now(session))
        for former in session.scalars(
            select(Former).where(Former.agreement_id == ceremony.id, Former.email == address)
        ):
            _erase_former(session, ceremony, former, database_now(session))
    return True


def _mine(ceremony: Ceremony, address: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Recipient.agreement_id == ceremony.id, Recipient.email == address


def _files(session: Session, ceremony: Ceremony, address: str) -> list[str]:
    """The person's pictures, and the audit file of the completion; the one that is handed out is made each time."""
    own = select(Field).join(Recipient, Recipient.id == Field.recipient_id).where(*_mine(ceremony, address))
    pictures = [key for one in session.scalars(own) for key in _pictures(one)]
    return [*pictures, *([ceremony.audit["key"]] if ceremony.audit else [])]


def _erase_sender(session: Session, ceremony: Ceremony, address: str) -> None:
    if ceremony.sender.get("email", "").lower() == address:
        _forget_sender(session, ceremony)


def _forget_sender(session: Session, ceremony: Ceremony) -> None:
    ceremony.sender = {**dict.fromkeys(ceremony.sender, ""), "language": ceremony.sender["language"]}
    ceremony.commitment_key = ceremony.message = ceremony.workspace_name = ""
    _erase_ending(session, ceremony, "voided", "expired")
    of_sender = (Trace.agreement_id == ceremony.id) & Trace.recipient_id.is_(None)
    session.execute(delete(Trace).where(of_sender))
    evidence.record(session, ceremony, "erased", evidence.SYSTEM, about="sender")


def _erase_recipient(session: Session, ceremony: Ceremony, recipient: Recipient, now: datetime) -> None:
    """What a signer gave, and what is known of them."""
    own = Field.recipient_id == recipient.id
    session.execute(update(Field).where(own).values({**EMPTY, "image_encoded": None}))
    for table in (Link, Proof):
        session.execute(delete(table).where(table.recipient_id == recipient.id))
    session.execute(
        delete(Trace).where(Trace.recipient_id == recipient.id, Trace.sequence > _last(session, recipient.id))
    )
    if recipient.declined_at:
        _erase_ending(session, ceremony, "declined")
    recipient.name = recipient.email = ""
    recipient.code_hash = recipient.mailed_code = recipient.commitment_key = None
    recipient.erased_at = now
    evidence.record(session, ceremony, "erased", evidence.SYSTEM, at=now, recipient_id=str(recipient.id))


def _erase_former(session: Session, ceremony: Ceremony, former: Former, now: datetime) -> None:
    """What is known of somebody a signer was before."""
    since = _last(session, former.recipient_id, before=former.until)
    theirs = (Trace.recipient_id == former.recipient_id) & (Trace.sequence > since) & (Trace.sequence <= former.until)
    session.execute(delete(Trace).where(theirs))
    former.name = former.email = ""
    former.commitment_key, former.erased_at = None, now
    evidence.record(session, ceremony, "erased", evidence.SYSTEM, at=now, recipient_id=str(former.recipient_id))


def _last(session: Session, recipient_id: UUID, before: int | None = None) -> int:
    """The last entry at which the recipient was somebody else, also earlier than another such entry; 0 for none."""
    mine = [Former.recipient_id == recipient_id, *([Former.until < before] if before is not None else [])]
    return session.scalar(select(func.max(Former.until)).where(*mine)) or 0


def _pictures(field: Field) -> list[str]:
    encoded = (field.image_encoded or {}).get("key")
    return [key for key in (field.image_key, encoded) if key]


def _erase_ending(session: Session, ceremony: Ceremony, *kinds: str) -> None:
    """Who ended it and what they said."""
    if ceremony.closed_kind in kinds:
        ceremony.closed_by, ceremony.closed_reason = None, ""
        nobody = {"closed_by": None, "closed_reason": ""}
        session.execute(update(Known).where(Known.agreement_id == ceremony.id).values(nobody))


def _forget_events(session: Session, address: str) -> None:
    """Events that were told already and name the person."""
    told = outbox.c.published_at.is_not(None) & func.lower(outbox.c.body).contains(address, autoescape=True)
    session.execute(delete(outbox).where(told))
