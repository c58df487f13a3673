"""A toy service with one table, to try the chassis on."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

from cryptography.fernet import Fernet
from flask_smorest import Blueprint
from marshmallow import fields
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE, Tenant, new_base
from chassis.ids import new_key
from chassis.outbox import emit
from chassis.problem import not_found
from chassis.service import Runtime, Service
from chassis.settings import Settings
from chassis.tables import metadata
from chassis.tokens import Kind, Principal, TokenIssuer, new_token_key, public_keys
from chassis.validation import Line, StrictSchema
from contracts.catalogue import CATALOGUE

Base = new_base()
KEYS = {name: new_token_key(name) for name in ("gateway", "workspace", "billing")}
blueprint = Blueprint("notes", __name__, url_prefix="/api/v1/notes")
heard: list[str] = []


class Note(Tenant, Base):  # type: ignore[valid-type,misc]
    __tablename__ = "note"
    note_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    text: Mapped[str]


class NoteSchema(StrictSchema):
    text = Line(required=True, longest=20)
    note_id = fields.UUID(dump_only=True)


@blueprint.post("")
@blueprint.arguments(NoteSchema)
@blueprint.response(201, NoteSchema)
@access(Kind.USER)
def write(values: dict[str, str]) -> Note:
    scope = principal().workspace
    with runtime().db.transaction(scope) as session:
        note = Note(note_id=new_key(), workspace_id=scope, text=values["text"])
        session.add(note)
        emit(
            session,
            "workspace.changed.v1",
            subject=note.note_id,
            sequence=1,
            data=dict(CATALOGUE["workspace.changed.v1"].example),
        )
    return note


@blueprint.get("/<uuid:note_id>")
@blueprint.response(200, NoteSchema)
@access(Kind.USER)
def read(note_id: uuid.UUID) -> Note:
    with runtime().db.read(principal().workspace) as session:
        note = session.scalar(select(Note).where(Note.note_id == note_id))
    if note is None:
        raise not_found()
    return note


def hear(runtime: Runtime, session, event) -> None:
    heard.append(event.id)


def make(folder: Path, url: str | None = None) -> tuple[Service, Runtime]:
    """The toy under the name of workspace, with its tables made."""
    handlers = {"identity.account_registered.v1": hear}
    toy = Service("workspace", Base, folder, blueprints=[blueprint], handlers=handlers)
    environment = {
        "DATABASE_URL": url or f"sqlite:///{folder / 'toy'}.db", "BUS_URL": "memory://toy",
        "STORAGE_URL": f"folder://{folder / 'objects'}", "SERVICE_URLS": "billing=http://127.0.0.1:9",
        "TOKEN_KEY": json.dumps(KEYS["workspace"]), "TOKEN_TRUST": json.dumps(public_keys(list(KEYS.values()))),
        "SECRET_KEY": Fernet.generate_key().decode(), "PUBLIC_URL": "http://signet.test",
    }  # fmt: skip
    runtime = toy.start(Settings.load("workspace", environment))
    Base.metadata.create_all(runtime.db.engine)
    metadata.create_all(runtime.db.engine)
    return toy, runtime


def bearer(issuer: str, who: Principal, audience: str = "workspace") -> dict[str, str]:
    return {"Authorization": "Bearer " + TokenIssuer(KEYS[issuer]).mint(audience, who)}


__all__ = ["EVERYONE", "Note", "bearer", "heard", "make"]
