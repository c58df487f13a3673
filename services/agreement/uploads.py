"""Takes an uploaded PDF in: checked and normalised in a child with limits, then stored, then added to the draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.storage import CHUNK, Stored, scratch_folder
from services.agreement import jobs, limits, trash
from services.agreement.judging import judged
from services.agreement.models import Agreement, Document
from services.agreement.standing import Standing, lock_draft


@dataclass(frozen=True, slots=True)
class _TakenIn:
    key: UUID
    original: Stored
    normal: Stored
    pages: list[dict[str, float]]
    signatures: int
    suggestions: list[dict[str, Any]]


def upload(runtime: Runtime, at: Standing, name: str, source: IO[bytes]) -> UUID:
    """Add a PDF to a draft; returns the document's key.

    Raises 413 too_large above 60 MiB, 422 with the code of `documents.errors` for a file that cannot be used, 422
    too_many_documents, too_many_pages or signed_file_alone, 409 already_sent. A refused file leaves the draft as it
    was. A file that others have signed is kept as it is and stands alone.
    """
    with runtime.db.transaction(at.owner) as session:
        _demand_room(lock_draft(session, at.agreement_id), 0)
    with scratch_folder() as folder:
        original = folder / "original.pdf"
        copy_limited(source, original)
        taken = _take_in(runtime, at, original, folder / "normal.pdf")
    with runtime.db.transaction(at.owner) as session:
        return _add(session, at.agreement_id, name, taken)


def copy_limited(source: IO[bytes], target: Path) -> None:
    """Write a stream to a file, with flat memory; raises 413 too_large above 60 MiB."""
    left = limits.FILE_BYTES
    with target.open("wb") as out:
        while chunk := source.read(min(CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:
                raise Problem(413, "too_large", limit=limits.FILE_BYTES)
            out.write(chunk)


def _take_in(runtime: Runtime, at: Standing, original: Path, normal: Path) -> _TakenIn:
    boxes, signatures, suggestions = judged(jobs.inspect, original, normal, limits=limits.INTAKE)
    key = new_key()
    base = f"agreements/{at.agreement_id}/{key}"
    keys = f"{base}-original.pdf", f"{base}.pdf"
    trash.announce(runtime, at.owner, keys)
    stored = runtime.storage.put(keys[0], original), runtime.storage.put(keys[1], normal)
    return _TakenIn(key, *stored, [_page(box) for box in boxes], signatures, suggestions)


def _page(box: Any) -> dict[str, float]:
    width, height = box.size
    return {
        "width": width, "height": height, "x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1,
        "rotate": box.rotate, "user_unit": box.user_unit,
    }  # fmt: skip


def _demand_room(agreement: Agreement, pages: int) -> None:
    if len(agreement.documents) >= limits.DOCUMENTS:
        raise Problem(422, "too_many_documents", limit=limits.DOCUMENTS)
    if sum(len(one.pages) for one in agreement.documents) + pages > limits.PAGES:
        raise Problem(422, "too_many_pages", limit=limits.PAGES)


def _add(session: Session, agreement_id: UUID, name: str, taken: _TakenIn) -> UUID:
    agreement = lock_draft(session, agreement_id)
    _demand_room(agreement, len(taken.pages))
    if agreement.documents and (taken.signatures or any(one.signed for one in agreement.documents)):
        raise Problem(422, "signed_file_alone")
    last = max((one.position for one in agreement.documents), default=0)
    document = Document(
        id=taken.key, workspace_id=agreement.workspace_id, position=last + 1, name=name, pages=taken.pages,
        signatures=taken.signatures, suggestions=taken.suggestions,
        key=taken.normal.key, sha256=taken.normal.sha256, size=taken.normal.size, original_key=taken.original.key,
        original_sha256=taken.original.sha256, original_size=taken.original.size, created_at=database_now(session),
    )  # fmt: skip
    agreement.documents.append(document)
    agreement.version += 1
    session.flush()
    trash.keep(session, (document.key, document.original_key))
    return document.id


def add_copy(runtime: Runtime, at: Standing, key: UUID, document: Mapping[str, Any]) -> UUID:
    """Add a document that was taken in before and whose files are copied under its keys; raises like `upload`."""
    normal = Stored(document["key"], document["size"], document["sha256"])
    original = Stored(document["original_key"], document["original_size"], document["original_sha256"])
    suggested = document["suggestions"] or []
    taken = _TakenIn(key, original, normal, document["pages"], document["signatures"], suggested)
    with runtime.db.transaction(at.owner) as session:
        return _add(session, at.agreement_id, document["name"], taken)
