"""The HTTP API of personal signatures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, request
from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE
from chassis.ids import parse_public_id
from chassis.problem import Problem
from chassis.tokens import Kind
from services.identity import pictures, signatures
from services.identity.models import Signature
from services.identity.signatures import Image
from services.identity.signatureschemas import (
    FORMS,
    InternalSignatures,
    NewSignature,
    SignatureChange,
    SignatureList,
    SignatureView,
    TypedPreview,
    Upload,
)

public = Blueprint("signatures", __name__, url_prefix="/api/v1", description="Personal signatures")
internal = Blueprint("signatures_internal", __name__, url_prefix="/internal")
LARGEST = 5 << 20
FRAME = 64 << 10


@public.get("/account/signatures")
@public.response(200, SignatureList)
@access(Kind.USER, workspace=False)
def list_signatures() -> Any:
    return _list(principal().account)


@public.post("/account/signatures")
@public.doc(requestBody=FORMS)
@public.response(201, SignatureView)
@access(Kind.USER, workspace=False)
def add_signature() -> Any:
    """Add a typed or drawn signature (JSON), or an uploaded PNG or JPEG of at most 5 MiB (multipart)."""
    request.max_content_length = LARGEST + FRAME
    image = _uploaded() if request.mimetype == "multipart/form-data" else _made()
    return _view(signatures.add(runtime(), principal().account, image))


@public.get("/account/signatures/<signature_id>/image")
@public.response(200, content_type="image/png")
@access(Kind.USER, workspace=False)
def show_image(signature_id: str) -> Any:
    with runtime().db.read(EVERYONE) as session:
        found = signatures.find(session, principal().account, _key(signature_id))
    with runtime().storage.open(found.image_key) as source:
        return Response(source.read(), mimetype="image/png", headers={"X-Content-Type-Options": "nosniff"})


@public.get("/account/signatures/preview")
@public.arguments(TypedPreview, location="query")
@public.response(200, content_type="image/png")
@access(Kind.USER, workspace=False)
def preview(typed: dict[str, str]) -> Response:
    """How a name looks in a style; nothing is kept."""
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
    return Response(pictures.write_name(typed["name"], typed["style"]), mimetype="image/png", headers=headers)


@public.patch("/account/signatures/<signature_id>")
@public.arguments(SignatureChange)
@public.response(200, SignatureView)
@access(Kind.USER, workspace=False)
def change_signature(values: dict[str, Any], signature_id: str) -> Any:
    name, style, default = values.get("name"), values.get("style"), values.get("default", False)
    return _view(signatures.edit(runtime(), principal().account, _key(signature_id), name, style, default))


@public.delete("/account/signatures/<signature_id>")
@public.response(204)
@access(Kind.USER, workspace=False)
def delete_signature(signature_id: str) -> None:
    with runtime().db.transaction(EVERYONE) as session:
        signatures.delete(session, principal().account, _key(signature_id))


@internal.get("/accounts/<uuid:account_id>/signatures")
@internal.response(200, InternalSignatures)
@access(Kind.SERVICE, callers={"signing"})
def list_internal(account_id: UUID) -> Any:
    return _list(account_id)


def _uploaded() -> Image:
    form = public.ARGUMENTS_PARSER.parse(Upload, request, location="form")
    file = request.files.get("image")
    if file is None:
        raise Problem(422, "image_missing")
    data = file.stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Problem(413, "too_large")
    return Image("uploaded", form.get("name") or principal().name, pictures.clean(data, form["remove_white"]))


def _made() -> Image:
    values = public.ARGUMENTS_PARSER.parse(NewSignature, request, location="json")
    if values["kind"] == "typed":
        return Image("typed", values["name"], pictures.write_name(values["name"], values["style"]), values["style"])
    return Image("drawn", values.get("name") or principal().name, pictures.draw(values["strokes"], values["aspect"]))


def _list(account_id: UUID) -> dict[str, Any]:
    with runtime().db.read(EVERYONE) as session:
        default, rows = signatures.of_account(session, account_id)
    return {"signatures": [{"signature": row, "default": row.id == default} for row in rows]}


def _view(signature: Signature) -> dict[str, Any]:
    return next(row for row in _list(signature.account_id)["signatures"] if row["signature"].id == signature.id)


def _key(text: str) -> UUID | None:
    return parse_public_id("sig", text)
