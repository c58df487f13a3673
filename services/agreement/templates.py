"""A workspace's own templates: saved from an agreement, renamed, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.doorbell import ring_after_commit
from chassis.ids import new_key
from chassis.outbox import emit
from chassis.problem import Problem, not_found
from chassis.service import Runtime
from chassis.storage import Missing, fetch, scratch_folder
from chassis.tokens import Principal
from contracts.rights import Right, allows
from services.agreement import jobs, trash
from services.agreement.fields import VALUES
from services.agreement.judging import judged
from services.agreement.limits import RENDER
from services.agreement.models import Agreement, Document, Recipient, Template, Trash
from services.agreement.standing import Standing, get

SIGNER = {"en": "Signer {}", "zh-Hans": "签署人 {}", "zh-Hant": "簽署人 {}"}
STORED = ("name", "sha256", "size", "original_sha256", "original_size", "pages", "signatures", "suggestions")
MOST = 200


def save(runtime: Runtime, at: Standing, name: str) -> UUID:
    """Keep an agreement's documents, roles, fields and settings under a name, without its people.

    Raises 422 document_missing or too_many_templates.
    """
    with runtime.db.read(at.owner) as session:
        agreement = get(session, at.agreement_id)
        if not agreement.documents:
            raise Problem(422, "document_missing")
        if len(session.scalars(select(Template.id)).all()) >= MOST:
            raise Problem(422, "too_many_templates", limit=MOST)
        template = _template(agreement, at.who, name)
        template.created_at = database_now(session)
    _copy(runtime, agreement, template)
    with runtime.db.transaction(at.owner) as session:
        session.add(template)
        trash.keep(session, _keys(template))
        _tell(session, "agreement.template_saved.v1", template, at.who)
    return template.id


def _template(agreement: Agreement, who: Principal, name: str) -> Template:
    key, people = new_key(), {one.id: place for place, one in enumerate(agreement.recipients)}
    documents = {one.id: place for place, one in enumerate(agreement.documents)}
    began = agreement.sent_at or agreement.created_at
    names = ("title", "message", "ordered", "reminders", "stamp_margin", "allow_reassign")
    return Template(
        id=key, workspace_id=agreement.workspace_id, name=name, created_by=who.account,
        creator_name=(who.name or who.email)[:200],
        settings={
            **{one: getattr(agreement, one) for one in names},
            "deadline_after": max((agreement.deadline - began).total_seconds(), 86_400.0),
        },
        roles=[_role(agreement, place, one) for place, one in enumerate(agreement.recipients)],
        documents=[_document(key, place, one) for place, one in enumerate(agreement.documents)],
        fields=[
            {
                **{value: getattr(one, value) for value in VALUES if not value.endswith("_id")},
                "role": people[one.recipient_id], "document": documents[one.document_id],
            }
            for one in agreement.fields
        ],
    )  # fmt: skip


def _role(agreement: Agreement, place: int, one: Recipient) -> dict[str, Any]:
    """A role keeps what its check is; an access code belongs to a person and is set anew."""
    called = one.role or SIGNER[agreement.initiator_language].format(place + 1)
    check = "none" if one.check == "access_code" else one.check
    return {"role": called, "position": one.position, "language": one.language, "check": check}


def _document(template: UUID, place: int, one: Document) -> dict[str, Any]:
    base = f"templates/{template}/{place}"
    return {
        **{name: getattr(one, name) for name in STORED}, "key": f"{base}.pdf", "original_key": f"{base}-original.pdf",
    }  # fmt: skip


def _copy(runtime: Runtime, agreement: Agreement, template: Template) -> None:
    trash.announce(runtime, agreement.workspace_id, _keys(template))
    with scratch_folder() as folder:
        for source, target in zip(agreement.documents, template.documents, strict=True):
            for name in ("key", "original_key"):
                runtime.storage.put(target[name], fetch(runtime.storage, getattr(source, name), folder / name))


def _keys(template: Template) -> list[str]:
    return [one[name] for one in template.documents for name in ("key", "original_key")]


def listed(session: Session) -> list[Template]:
    """The workspace's own, newest first; the session has the scope of the workspace."""
    return list(session.scalars(select(Template).order_by(Template.id.desc()).limit(MOST)))


def find(session: Session, key: UUID | None) -> Template:
    """One of the workspace's own; raises not_found."""
    template: Template | None = session.scalar(select(Template).where(Template.id == key)) if key else None
    if template is None:
        raise not_found()
    return template


def may_change(template: Template, who: Principal) -> bool:
    """Its maker and admins may rename and delete it."""
    return allows(who.roles, Right.CHANGE_ALL_TEMPLATES) or template.created_by == who.account


def rename(runtime: Runtime, who: Principal, key: UUID | None, name: str) -> None:
    """Give a template another name; raises not_found, 403 forbidden."""
    assert who.workspace is not None
    with runtime.db.transaction(who.workspace) as session:
        template = _changeable(session, who, key)
        before, template.name = template.name, name
        if before != name:
            _tell(session, "agreement.template_renamed.v1", template, who, before)


def remove(runtime: Runtime, who: Principal, key: UUID | None) -> None:
    """Delete a template and its files; agreements made from it stay. Raises not_found, 403 forbidden."""
    assert who.workspace is not None
    with runtime.db.transaction(who.workspace) as session:
        template = _changeable(session, who, key)
        now = database_now(session)
        session.add_all(Trash(key=one, due_at=now) for one in _keys(template))
        ring_after_commit(session, trash.LOOP.name)
        _tell(session, "agreement.template_deleted.v1", template, who)
        session.delete(template)


def _tell(session: Session, type: str, template: Template, who: Principal, before: str | None = None) -> None:
    """Every template belongs to the whole workspace, so its changes are in the workspace's audit log."""
    workspace = template.workspace_id
    data = {
        "template_id": str(template.id), "workspace_id": str(workspace), "name": template.name, "name_before": before,
        "by": who.told(),
    }  # fmt: skip
    emit(session, type, subject=new_key(), sequence=1, data=data, workspace=workspace)


def _changeable(session: Session, who: Principal, key: UUID | None) -> Template:
    template = find(session, key)
    if not may_change(template, who):
        raise Problem(403, "forbidden")
    return template


def picture(runtime: Runtime, name: str, page: int, width: int, source: Callable[[], bytes]) -> Callable[[], IO[bytes]]:
    """How to open the WebP of a page (from 0) of a PDF, drawn once and kept under ``name``."""
    key = f"previews/{name}/{page}-{width}.webp"

    def open_image() -> IO[bytes]:
        try:
            return runtime.storage.open(key)
        except Missing:
            drawn = judged(jobs.page_image_of, source(), page, width, limits=RENDER)
        with scratch_folder() as folder:
            (folder / "page.webp").write_bytes(drawn)
            runtime.storage.put(key, folder / "page.webp")
        return runtime.storage.open(key)

    return open_image
