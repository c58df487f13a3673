"""A draft's documents: delete, put in order, show a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any
from uuid import UUID

from chassis import sandbox
from chassis.problem import Problem, not_found
from chassis.sandbox import OutOfLimits
from chassis.service import Runtime
from chassis.storage import Missing, fetch, scratch_folder
from documents.errors import Refused
from services.agreement.limits import RENDER
from services.agreement.models import Agreement, Document
from services.agreement.standing import Standing, get, lock_draft, may_see_pages
from services.agreement.trash import image_key, throw_away


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


def page_image(runtime: Runtime, at: Standing, document_id: UUID | None, page: int, width: int) -> IO[bytes]:
    """A page (from 0) as WebP; raises not_found, 403 check_required for a signer before the check."""
    document = _visible(runtime, at, document_id, page)
    key = image_key(document, page, width)
    try:
        return runtime.storage.open(key)
    except Missing:
        _draw(runtime, document, page, width, key)
        return runtime.storage.open(key)


def _draw(runtime: Runtime, document: Document, page: int, width: int, key: str) -> None:
    from documents import render

    with scratch_folder() as folder:
        source = fetch(runtime.storage, document.key, folder / "document.pdf")
        image = folder / "page.webp"
        image.write_bytes(_in_sandbox(render.page_image, source, page, width))
        runtime.storage.put(key, image)


def page_text(runtime: Runtime, at: Standing, document_id: UUID | None, page: int) -> str:
    """The text of a page (from 0) in reading order; raises like `page_image`."""
    from documents import render

    document = _visible(runtime, at, document_id, page)
    with scratch_folder() as folder:
        source = fetch(runtime.storage, document.key, folder / "document.pdf")
        return str(_in_sandbox(render.page_text, source, page))


def _visible(runtime: Runtime, at: Standing, document_id: UUID | None, page: int) -> Document:
    with runtime.db.read(at.owner) as session:
        agreement = get(session, at.agreement_id)
        document = find(agreement, document_id)
        if not 0 <= page < len(document.pages):
            raise not_found()
        if not may_see_pages(agreement, at):
            raise Problem(403, "check_required")
        return document


def _in_sandbox(work: Callable[..., Any], *args: Any) -> Any:
    try:
        return sandbox.run(work, *args, limits=RENDER)
    except Refused as error:
        raise Problem(422, error.code) from error
    except OutOfLimits as error:
        raise Problem(422, "pdf_too_complex") from error
