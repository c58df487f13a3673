"""The fields of a draft: the whole list is put at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.problem import Problem
from chassis.service import Runtime
from documents.geometry import Place
from services.agreement.limits import SMALLEST_FIELD
from services.agreement.models import Agreement, Field
from services.agreement.standing import Standing, lock_draft

Rows = Sequence[Mapping[str, Any]]
VALUES = (
    "recipient_id", "document_id", "kind", "page", "x", "y", "width", "height", "required", "label", "default",
    "format", "longest",
)  # fmt: skip


def put_fields(runtime: Runtime, at: Standing, rows: Rows) -> None:
    """Replace a draft's fields; ids that are given back stay.

    Raises 422 field_recipient_missing, field_document_missing, field_page_missing, field_off_page, field_too_small,
    field_not_possible_on_signed or field_unknown with the ``index`` of the first wrong row.
    """
    with runtime.db.transaction(at.owner) as session:
        agreement = lock_draft(session, at.agreement_id)
        known: dict[Any, Field] = {one.id: one for one in agreement.fields}
        _demand_right(agreement, known, rows)
        agreement.fields = [_fill(agreement, known.get(row.get("id")), place, row) for place, row in enumerate(rows)]
        agreement.version += 1


def _demand_right(agreement: Agreement, known: Mapping[UUID, Field], rows: Rows) -> None:
    free = set(known)
    for index, row in enumerate(rows):
        code = _wrong(agreement, row, rows[:index])
        if row.get("id"):
            code = code or (None if row["id"] in free else "field_unknown")
            free.discard(row["id"])
        if code:
            raise Problem(422, code, index=index)


def _wrong(agreement: Agreement, row: Mapping[str, Any], before: Rows) -> str | None:
    if row["recipient_id"] not in {one.id for one in agreement.recipients}:
        return "field_recipient_missing"
    document = next((one for one in agreement.documents if one.id == row["document_id"]), None)
    if document is None:
        return "field_document_missing"
    if row["page"] >= len(document.pages):
        return "field_page_missing"
    if document.signed and not _possible_on_signed(row, before):
        return "field_not_possible_on_signed"
    return _misplaced(Place(row["x"], row["y"], row["width"], row["height"]), document.pages[row["page"]])


def _possible_on_signed(row: Mapping[str, Any], before: Rows) -> bool:
    """Whether earlier signatures permit the field: nothing but the one signature of each recipient."""
    return row["kind"] == "signature" and all(one["recipient_id"] != row["recipient_id"] for one in before)


def _misplaced(place: Place, page: Mapping[str, float]) -> str | None:
    if not place.on_page():
        return "field_off_page"
    small = min(place.width * page["width"], place.height * page["height"]) < min(
        SMALLEST_FIELD, page["width"], page["height"]
    )
    return "field_too_small" if small else None


def _fill(agreement: Agreement, found: Field | None, place: int, row: Mapping[str, Any]) -> Field:
    one = found or Field(workspace_id=agreement.workspace_id)
    one.place = place
    for name in VALUES:
        setattr(one, name, row[name])
    return one
