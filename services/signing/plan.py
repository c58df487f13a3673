"""The ceremony's fields and values as the document library wants them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis import sandbox
from chassis.service import Runtime
from documents.fields import Field as Placed
from documents.fields import Kind, Mark
from documents.geometry import Place, joined, printed
from services.signing import dates, files, jobs
from services.signing.models import Ceremony, Field

if TYPE_CHECKING:
    from documents.revisions.plan import Plan


def all_fields(session: Session, agreement_id: UUID) -> list[Field]:
    """Every field of the ceremony, in the order they were placed."""
    query = select(Field).where(Field.agreement_id == agreement_id).order_by(Field.place)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def placed(fields: Sequence[Field], ceremony: Ceremony | None = None) -> list[Placed]:
    """The fields for preparing and appending; the same rows give the same plan. With the ceremony, where marks are."""
    return [
        Placed(
            id=str(one.id), recipient=str(one.recipient_id), kind=cast(Kind, one.kind), page=one.page,
            place=Place(one.x, one.y, one.width, one.height), required=one.required, label=one.label,
            covers=covers(ceremony, one) if ceremony else None,
        )
        for one in fields
    ]  # fmt: skip


def stamped(ceremony: Ceremony, field: Field) -> Place | None:
    """Where the seal in a field is drawn, as large as it is; None for anything else."""
    if not field.image_mm or field.page >= len(ceremony.pages):
        return None
    across, up = ceremony.pages[field.page]
    width, height = field.image_mm
    return printed((across, up), Place(field.x, field.y, field.width, field.height), (width, height))


def covers(ceremony: Ceremony, field: Field) -> Place | None:
    """All that may look different once a seal is in the field: the field, and where the seal is drawn."""
    at = stamped(ceremony, field)
    return at and joined(at, Place(field.x, field.y, field.width, field.height))


def points(ceremony: Ceremony, field: Field) -> tuple[float, float]:
    """Width and height of a field as displayed, in points."""
    width, height = ceremony.pages[field.page]
    return width * field.width, height * field.height


def laid_out(runtime: Runtime, ceremony: Ceremony, fields: Sequence[Field], folder: Path) -> Plan:
    """Where everything is in the prepared document; read from the file when it was prepared before plans were kept."""
    from documents.revisions.plan import Plan

    if kept := ceremony.plan:
        text = files.fetch_checked(runtime, kept["key"], kept["sha256"], folder / "plan.json").read_text()
        return Plan.from_json(text)
    file = ceremony.file or {}
    source = files.fetch_checked(runtime, file["key"], file["sha256"], folder / "unplanned.pdf")
    return Plan.from_json(sandbox.run(jobs.read_plan, source, placed(fields)))


def marks(runtime: Runtime, own: Sequence[Field], folder: Path) -> list[Mark]:
    """What a signer put in, pictures as they go into the document; empty fields have no mark."""
    return [mark(runtime, one, folder) for one in own if one.filled_at]


def mark(runtime: Runtime, field: Field, folder: Path) -> Mark:
    """One field's value."""
    identifier, kind = str(field.id), cast(Kind, field.kind)
    if field.image_key:
        size = (field.image_mm[0], field.image_mm[1]) if field.image_mm else None
        return Mark(identifier, kind, image=_encoded(runtime, field, folder), size=size)
    if kind == "checkbox":
        return Mark(identifier, kind, checked=bool(field.checked))
    text = dates.shown(field.text or "", field.format) if kind == "date" else field.text
    return Mark(identifier, kind, text=text)


def picture(runtime: Runtime, field: Field, folder: Path) -> bytes:
    """The PNG in a field that has a picture; raises `Missing` when the store has another."""
    key, sha256 = field.image_key or "", field.image_sha256 or ""
    return files.fetch_checked(runtime, key, sha256, folder / f"{field.id}.png").read_bytes()


def shows(field: Field) -> bool:
    """Whether what was put in can be seen."""
    return bool(field.image_key or field.checked or (field.text or "").strip())


def _encoded(runtime: Runtime, field: Field, folder: Path) -> bytes:
    """Encoded when it was adopted; now, when that was before pictures were."""
    if kept := field.image_encoded:
        return files.fetch_checked(runtime, kept["key"], kept["sha256"], folder / f"{field.id}.picture").read_bytes()
    return sandbox.run(jobs.encode, picture(runtime, field, folder))
