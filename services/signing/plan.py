"""The ceremony's fields and values as the document library wants them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.service import Runtime
from documents.fields import Field as Placed
from documents.fields import Kind, Mark
from documents.geometry import Place
from services.signing import dates, files
from services.signing.models import Ceremony, Field


def all_fields(session: Session, agreement_id: UUID) -> list[Field]:
    """Every field of the ceremony, in the order they were placed."""
    query = select(Field).where(Field.agreement_id == agreement_id).order_by(Field.place)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def placed(fields: Sequence[Field]) -> list[Placed]:
    """The fields for preparing and appending; the same rows give the same plan."""
    return [
        Placed(
            id=str(one.id), recipient=str(one.recipient_id), kind=cast(Kind, one.kind), page=one.page,
            place=Place(one.x, one.y, one.width, one.height), required=one.required, label=one.label,
        )
        for one in fields
    ]  # fmt: skip


def points(ceremony: Ceremony, field: Field) -> tuple[float, float]:
    """Width and height of a field as displayed, in points."""
    width, height = ceremony.pages[field.page]
    return width * field.width, height * field.height


def marks(runtime: Runtime, own: Sequence[Field], folder: Path) -> list[Mark]:
    """What a signer put in, pictures read from the store; empty fields have no mark."""
    return [mark(runtime, one, folder) for one in own if one.filled_at]


def mark(runtime: Runtime, field: Field, folder: Path) -> Mark:
    """One field's value."""
    identifier, kind = str(field.id), cast(Kind, field.kind)
    if field.image_key and field.image_sha256:
        picture = files.fetch_checked(runtime, field.image_key, field.image_sha256, folder / f"{field.id}.png")
        return Mark(identifier, kind, image=picture.read_bytes())
    if kind == "checkbox":
        return Mark(identifier, kind, checked=bool(field.checked))
    text = dates.shown(field.text or "", field.format) if kind == "date" else field.text
    return Mark(identifier, kind, text=text)
