"""A document's pages as pictures and as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO
from uuid import UUID

from chassis.problem import Problem, not_found
from chassis.service import Runtime
from chassis.storage import Missing, fetch, scratch_folder
from services.agreement import jobs
from services.agreement.documents import find
from services.agreement.judging import judged
from services.agreement.limits import RENDER
from services.agreement.models import Document
from services.agreement.standing import Standing, get, may_see_pages
from services.agreement.trash import image_key


def page_image(
    runtime: Runtime, at: Standing, document_id: UUID | None, page: int, width: int
) -> Callable[[], IO[bytes]]:
    """How to open the WebP of a page (from 0), drawn once; raises not_found, 403 check_required before a check."""
    document = _visible(runtime, at, document_id, page)
    return lambda: _open_image(runtime, document, page, width)


def _open_image(runtime: Runtime, document: Document, page: int, width: int) -> IO[bytes]:
    key = image_key(document, page, width)
    try:
        return runtime.storage.open(key)
    except Missing:
        _draw(runtime, document, page, width, key)
        return runtime.storage.open(key)


def _draw(runtime: Runtime, document: Document, page: int, width: int, key: str) -> None:
    with scratch_folder() as folder:
        source = fetch(runtime.storage, document.key, folder / "document.pdf")
        image = folder / "page.webp"
        image.write_bytes(judged(jobs.page_image, source, page, width, limits=RENDER))
        runtime.storage.put(key, image)


def page_text(runtime: Runtime, at: Standing, document_id: UUID | None, page: int) -> str:
    """The text of a page (from 0) in reading order; raises like `page_image`."""
    document = _visible(runtime, at, document_id, page)
    with scratch_folder() as folder:
        source = fetch(runtime.storage, document.key, folder / "document.pdf")
        return judged(jobs.page_text, source, page, limits=RENDER)


def _visible(runtime: Runtime, at: Standing, document_id: UUID | None, page: int) -> Document:
    with runtime.db.read(at.owner) as session:
        agreement = get(session, at.agreement_id)
        document = find(agreement, document_id)
        if not 0 <= page < len(document.pages):
            raise not_found()
        if not may_see_pages(agreement, at):
            raise Problem(403, "check_required")
        return document
