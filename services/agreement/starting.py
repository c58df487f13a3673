"""Starts an agreement from a template: documents, roles as recipients, fields."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.ids import new_key
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.storage import fetch, scratch_folder
from chassis.tokens import Principal
from services.agreement import drafts, fields, presets, recipients, trash, uploads
from services.agreement.models import Template
from services.agreement.standing import Standing, get, managed

People = Sequence[Mapping[str, Any]]
PLAIN = {"required": True, "label": "", "default": None, "format": None, "longest": None}


def from_preset(runtime: Runtime, who: Principal, name: str, language: str, people: People) -> Standing:
    """A draft of a ready-made contract; ``people`` fill the roles, those that are not named stay empty."""
    preset, made = presets.PRESETS[name], presets.made(name, language)
    title = presets.in_language(preset.name, language)
    roles = [{"role": presets.in_language(words, language), "position": 1} for words in preset.roles.values()]
    keys = list(preset.roles)
    rows = [{**PLAIN, **one, "role": keys.index(one["role"]), "document": 0} for one in made.fields]
    at = _draft(runtime, who, language, {"title": title})
    with _discarded_on_error(runtime, at):
        document = uploads.upload(runtime, at, f"{title}.pdf", io.BytesIO(made.pdf))
        _fill(runtime, at, _people(roles, people, language), rows, [document])
    return at


def from_template(runtime: Runtime, who: Principal, template: Template, language: str, people: People) -> Standing:
    """A draft as the template was saved, with the deadline as far from now as it was then."""
    settings = dict(template.settings)
    days = timedelta(seconds=settings.pop("deadline_after"))
    at = _draft(runtime, who, language, {**settings, "deadline": datetime.now(UTC) + days})
    with _discarded_on_error(runtime, at):
        documents = [_copied(runtime, at, one) for one in template.documents]
        _fill(runtime, at, _people(template.roles, people, language), template.fields, documents)
    return at


def _draft(runtime: Runtime, who: Principal, language: str, values: Mapping[str, Any]) -> Standing:
    return managed(runtime.db, who, drafts.start(runtime, who, language, values))


class _discarded_on_error:
    """No half-made draft stays behind what was refused."""

    def __init__(self, runtime: Runtime, at: Standing) -> None:
        self._runtime, self._at = runtime, at

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind and issubclass(kind, Problem):
            drafts.discard(self._runtime, self._at)


def _people(roles: Sequence[Mapping[str, Any]], people: People, language: str) -> list[dict[str, Any]]:
    """The roles as recipients. Raises 422 role_unknown for people in none of them, and for two in one."""
    wanted = {one["role"]: one for one in people}
    if len(wanted) != len(people) or not set(wanted) <= {one["role"] for one in roles}:
        raise Problem(422, "role_unknown", roles=[one["role"] for one in roles])
    empty = {"name": "", "email": "", "check": "none", "language": language}
    named = ("name", "email", "language")
    return [
        {**empty, **role, **{name: one[name] for name in named if one.get(name)}}
        for role in roles
        for one in [wanted.get(role["role"], {})]
    ]


def _fill(
    runtime: Runtime, at: Standing, people: list[dict[str, Any]], rows: Sequence[Mapping[str, Any]],
    documents: Sequence[UUID],
) -> None:  # fmt: skip
    recipients.put_recipients(runtime, at, people)
    with runtime.db.read(at.owner) as session:
        by_place = {one.place: one.id for one in get(session, at.agreement_id).recipients}
    placed = [{**row, "recipient_id": by_place[row["role"]], "document_id": documents[row["document"]]} for row in rows]
    fields.put_fields(runtime, at, placed)


def _copied(runtime: Runtime, at: Standing, document: Mapping[str, Any]) -> UUID:
    """A template's document as the draft's own."""
    key = new_key()
    base = f"agreements/{at.agreement_id}/{key}"
    copies = {"original_key": f"{base}-original.pdf", "key": f"{base}.pdf"}
    trash.announce(runtime, at.owner, copies.values())
    with scratch_folder() as folder:
        for name, target in copies.items():
            runtime.storage.put(target, fetch(runtime.storage, document[name], folder / name))
    return uploads.add_copy(runtime, at, key, {**document, **copies})
