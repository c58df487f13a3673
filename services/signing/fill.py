"""Put a value into a field, or take it out; kept at once, final only when the signer finishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import EVERYONE
from chassis.ids import parse_public_id
from chassis.problem import Problem, not_found
from chassis.service import Runtime
from chassis.tokens import Principal
from chassis.validation import Line
from services.signing import dates, jobs, pictures, plan
from services.signing.entrance import Party, enter
from services.signing.judging import judge
from services.signing.models import Field

LONGEST = 2000
EMPTY = {
    "text": None, "checked": None, "image_key": None, "image_sha256": None, "image_encoded": None,
    "image_source": None, "image_mm": None, "seal_id": None, "filled_at": None,
}  # fmt: skip

PICTURE = ("image_key", "image_sha256", "image_encoded", "image_source", "image_mm", "seal_id")


@dataclass(frozen=True)
class Place:
    """The field to fill, its displayed size in points, and the ceremony it is in."""

    field: Field
    agreement_id: UUID
    width: float
    height: float


def fill(runtime: Runtime, ref: str, who: Principal, field_id: UUID, value: dict[str, Any]) -> None:
    """Judge the value outside of any transaction, then keep it; raises 422 with the reason."""
    place = _place(runtime, ref, who, field_id)
    if set(value) == {"same_as"}:
        _copy(runtime, ref, who, field_id, value["same_as"])
    else:
        _store(runtime, ref, who, field_id, _judge(runtime, who, place, value))


def clear(runtime: Runtime, ref: str, who: Principal, field_id: UUID) -> None:
    """Take a field's value out."""
    _store(runtime, ref, who, field_id, {})


def _place(runtime: Runtime, ref: str, who: Principal, field_id: UUID) -> Place:
    with runtime.db.read(EVERYONE) as session:
        party = enter(session, ref, who)
        field = own_field(session, party, field_id)
        return Place(field, party.ceremony.id, *plan.points(party.ceremony, field))


def own_field(session: Session, party: Party, field_id: UUID) -> Field:
    """A field this signer may fill now; raises the problem of what is in the way."""
    party.demand_open()
    if party.recipient.consented_at is None:
        raise Problem(409, "consent_required")
    mine = (Field.id == field_id) & (Field.recipient_id == party.recipient.id)
    field = session.scalars(select(Field).where(mine).execution_options(populate_existing=True)).one_or_none()
    if field is None:
        raise not_found()
    return field


def own_picture(session: Session, party: Party, field_id: UUID) -> tuple[str, str]:
    """Key and SHA-256 of the picture in a field of this signer; 404 when there is none."""
    party.demand_readable()
    mine = (Field.id == field_id) & (Field.recipient_id == party.recipient.id)
    field = session.scalars(select(Field).where(mine)).one_or_none()
    if field is None or field.image_key is None or field.image_sha256 is None:
        raise not_found()
    return field.image_key, field.image_sha256


def _judge(runtime: Runtime, who: Principal, place: Place, value: dict[str, Any]) -> dict[str, Any]:
    """The columns of an acceptable value."""
    match place.field.kind, set(value):
        case "text", members if members == {"text"}:
            return {"text": _text(place, value["text"])}
        case "date", members if members == {"text"}:
            return {"text": _date(place, value["text"])}
        case "checkbox", members if members == {"checked"}:
            return {"checked": value["checked"]}
        case "signature" | "stamp", _:
            return pictures.take(runtime, who, place.field.kind, place.field.id, place.agreement_id, value)
    raise Problem(422, "value_not_accepted")


def _text(place: Place, typed: str) -> str:
    longest = min(place.field.longest or LONGEST, LONGEST)
    try:
        text = str(Line(longest=longest, lines=True).deserialize(typed))
    except ValidationError as error:
        raise Problem(422, "text_not_accepted", longest=longest) from error
    judge(jobs.try_texts, [(text, place.width, place.height)])
    return text


def _date(place: Place, typed: str) -> str:
    try:
        return dates.parse(typed.strip(), place.field.format)
    except ValueError as error:
        raise Problem(422, "date_not_valid", format=place.field.format or dates.DEFAULT) from error


def _store(runtime: Runtime, ref: str, who: Principal, field_id: UUID, columns: dict[str, Any]) -> None:
    with runtime.db.transaction(EVERYONE) as session:
        party = enter(session, ref, who, hold=True)
        keep(own_field(session, party, field_id), columns, party.now)


def keep(field: Field, columns: dict[str, Any], now: datetime) -> None:
    """Put the columns of a value into a held field; none of them empty it."""
    filled: datetime | None = now if columns else None
    for name, value in {**EMPTY, **columns, "filled_at": filled}.items():
        setattr(field, name, value)


def _copy(runtime: Runtime, ref: str, who: Principal, field_id: UUID, other: str) -> None:
    """Put the picture of another field of the same signer and kind into this one."""
    with runtime.db.transaction(EVERYONE) as session:
        party = enter(session, ref, who, hold=True)
        field = own_field(session, party, field_id)
        source = own_field(session, party, parse_public_id("fld", other) or field_id)
        if source.image_key is None or source.kind != field.kind:
            raise Problem(422, "value_not_accepted")
        keep(field, {name: getattr(source, name) for name in PICTURE}, party.now)
