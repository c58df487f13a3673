"""Fields that a document asks for by tags in its text, by its own form, or by words; applied when somebody says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.problem import Problem
from chassis.service import Runtime
from chassis.storage import fetch, scratch_folder
from services.agreement import jobs
from services.agreement.documents import find
from services.agreement.fields import VALUES, put_fields
from services.agreement.judging import judged
from services.agreement.limits import FIELDS, RENDER
from services.agreement.models import Document, Recipient
from services.agreement.standing import Standing, get

SAME = 0.002
Row = dict[str, Any]


def of_document(runtime: Runtime, at: Standing, document_id: UUID | None) -> list[Row]:
    """What was found when the document was uploaded."""
    with runtime.db.read(at.owner) as session:
        return find(get(session, at.agreement_id), document_id).suggestions or []


def apply(
    runtime: Runtime, at: Standing, sources: Iterable[str], signers: Mapping[int, UUID], words: Sequence[Row]
) -> int:
    """Add the fields of these sources (tag, form) and those right after each word; returns how many were added.

    Signer n is who is named in ``signers``, else the n-th recipient. What stands in the same place is not added twice.
    Raises 422 recipient_missing, signer_missing, too_many_fields, and like `put_fields`.
    """
    with runtime.db.read(at.owner) as session:
        agreement = get(session, at.agreement_id)
        documents = [one for one in agreement.documents if not one.signed]
        old = [{"id": one.id, **{name: getattr(one, name) for name in VALUES}} for one in agreement.fields]
        people = list(agreement.recipients)
    if not people:
        raise Problem(422, "recipient_missing")
    wanted = [(one, row) for one in documents for row in one.suggestions or [] if row["source"] in set(sources)]
    asked = [_row(one, row, _who(people, signers, row["signer"])) for one, row in wanted]
    asked += [row for one in documents for row in _by_words(runtime, one, words)]
    rows = [*old]
    for row in asked:
        if not any(_same(row, one) for one in rows):
            rows.append(row)
    if len(rows) > FIELDS:
        raise Problem(422, "too_many_fields", limit=FIELDS)
    put_fields(runtime, at, rows)
    return len(rows) - len(old)


def _who(people: Sequence[Recipient], signers: Mapping[int, UUID], number: int) -> UUID:
    if number in signers:
        return signers[number]
    if number > len(people):
        raise Problem(422, "signer_missing", signer=number)
    return people[number - 1].id


def _row(document: Document, found: Mapping[str, Any], recipient: UUID) -> Row:
    names = ("kind", "page", "x", "y", "width", "height", "required", "label", "longest")
    values = {name: found[name] for name in names}
    return {**values, "default": None, "format": None, "document_id": document.id, "recipient_id": recipient}


def _by_words(runtime: Runtime, document: Document, words: Sequence[Row]) -> list[Row]:
    if not words:
        return []
    asked = [(one["text"], one["kind"], number) for number, one in enumerate(words)]
    with scratch_folder() as folder:
        source = fetch(runtime.storage, document.key, folder / "document.pdf")
        found = judged(jobs.keywords, source, asked, limits=RENDER)
    return [_row(document, one, words[one["signer"]]["recipient_id"]) for one in found]


def _same(one: Row, other: Row) -> bool:
    names = ("document_id", "page", "kind")
    near = all(abs(one[name] - other[name]) < SAME for name in ("x", "y"))
    return near and all(one[name] == other[name] for name in names)
