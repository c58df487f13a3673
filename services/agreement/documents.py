"""A draft's documents: find, delete, put in order."""

from __future__ import annotations

from uuid import UUID

from chassis.problem import Problem, not_found
from chassis.service import Runtime
from services.agreement.models import Agreement, Document
from services.agreement.standing import Standing, lock_draft
from services.agreement.trash import throw_away


def find(agreement: Agreement, document_id: UUID | None) -> Document:
    """One of the agreement's documents; raises not_found."""
    found = next((one for one in agreement.documents if one.id == document_id), None)
    if found is None:
        raise not_found()
    return found


def remove(runtime: Runtime, at: Standing, document_id: UUID | None) -> None:
    """Delete a document of a draft and the fields on it."""
    with runtime.db.transaction(at.owner) as session:
        agreement = lock_draft(session, at.agreement_id)
        document = find(agreement, document_id)
        throw_away(session, document)
        agreement.fields = [one for one in agreement.fields if one.document_id != document.id]
        session.flush()
        agreement.documents.remove(document)
        agreement.version += 1


def reorder(runtime: Runtime, at: Standing, order: list[UUID | None]) -> None:
    """Put a draft's documents in this order; raises 422 order_incomplete unless each is named once."""
    with runtime.db.transaction(at.owner) as session:
        agreement = lock_draft(session, at.agreement_id)
        if len(order) != len(agreement.documents) or set(order) != {one.id for one in agreement.documents}:
            raise Problem(422, "order_incomplete")
        for document in agreement.documents:
            document.position = order.index(document.id) + 1
        agreement.version += 1
