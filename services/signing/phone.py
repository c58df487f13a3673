"""Draw a signature on a phone for a page that is open elsewhere: a secret for one field, good once and for minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.ids import digest, new_secret
from chassis.problem import Problem, not_found
from chassis.service import Runtime
from chassis.tokens import Kind, Principal
from services.signing import aggregate, fill, pictures
from services.signing.entrance import Party, enter
from services.signing.models import Ceremony, Field, Phone, Recipient

PREFIX = "sgd"
LIFETIME = timedelta(minutes=10)
QUIET = 4  # modules of white around a QR code


@dataclass(frozen=True)
class Offer:
    """The address the phone opens, as text and as rows of a QR code (1 is dark), and until when it works."""

    url: str
    qr: list[str]
    expires_at: datetime


def offer(runtime: Runtime, ref: str, who: Principal, field_id: UUID) -> Offer:
    """Let a phone draw into a signature field of this signer, in place of an earlier offer for it."""
    raw = new_secret(PREFIX)
    with runtime.db.transaction(EVERYONE) as session:
        party = enter(session, ref, who, hold=True)
        field = fill.own_field(session, party, field_id)
        if field.kind != "signature":
            raise Problem(422, "value_not_accepted")
        session.execute(delete(Phone).where(Phone.field_id == field.id))
        session.add(_phone(party, field, digest(raw)))
        url, until = f"{runtime.settings.public_url}/draw/{raw}", party.now + LIFETIME
    return Offer(url, _matrix(url), until)


def look(runtime: Runtime, secret: str) -> dict[str, Any]:
    """What the phone shows: title, the signer's name and language, and until when it works."""
    with runtime.db.read(EVERYONE) as session:
        phone, party = _come_in(session, secret, hold=False)
        fill.own_field(session, party, phone.field_id)
        name, language = party.recipient.name, party.recipient.language
        return {"title": party.ceremony.title, "name": name, "language": language, "expires_at": phone.expires_at}


def draw(runtime: Runtime, secret: str, value: dict[str, Any]) -> None:
    """Put strokes into the field, once; raises 404 not_found, 410 phone_link_used, phone_link_expired."""
    with runtime.db.read(EVERYONE) as session:
        phone, party = _come_in(session, secret, hold=False)
        field_id, agreement_id, who = phone.field_id, phone.agreement_id, party.who
    columns = pictures.take(runtime, who, "signature", field_id, agreement_id, value)
    with runtime.db.transaction(EVERYONE) as session:
        phone, party = _come_in(session, secret, hold=True)
        unused = (Phone.digest == phone.digest) & Phone.used_at.is_(None)
        used = update(Phone).where(unused).values(used_at=party.now).returning(Phone.digest)
        if session.scalars(used.execution_options(synchronize_session=False)).one_or_none() is None:
            raise Problem(410, "phone_link_used")
        fill.keep(fill.own_field(session, party, phone.field_id), columns, party.now)


def _phone(party: Party, field: Field, key: str) -> Phone:
    return Phone(
        digest=key, agreement_id=party.ceremony.id, recipient_id=party.recipient.id, field_id=field.id,
        workspace_id=party.ceremony.workspace_id, created_at=party.now, expires_at=party.now + LIFETIME,
    )  # fmt: skip


def _come_in(session: Session, secret: str, hold: bool) -> tuple[Phone, Party]:
    """The offer and the signer who made it; they had passed their check in the browser that made it."""
    phone = session.get(Phone, digest(secret), populate_existing=True)
    if phone is None:
        raise not_found()
    held = aggregate.lock(session, phone.agreement_id) if hold else None
    ceremony = held or session.get_one(Ceremony, phone.agreement_id)
    now = database_now(session)
    if phone.used_at or now >= phone.expires_at:
        raise Problem(410, "phone_link_used" if phone.used_at else "phone_link_expired")
    recipient = session.get_one(Recipient, phone.recipient_id, populate_existing=True)
    return phone, Party(ceremony, recipient, Principal(Kind.ANONYMOUS), None, True, now)


def _matrix(url: str) -> list[str]:
    """The QR code of an address (ISO/IEC 18004, level M) as rows of 0 and 1."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code: Any = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(url)
    return ["".join("1" if dark else "0" for dark in row) for row in code.get_matrix()]
