"""The public API: seals of the current workspace, and the root certificate for everybody."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from flask import Response, request
from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.tokens import Kind
from contracts.rights import Right, allows
from services.seal.credentials import root_certificates
from services.seal.grants import granted_members, set_grants
from services.seal.images import LARGEST
from services.seal.schemas import (
    Grants,
    GrantsChange,
    NewSeal,
    NewSealFiles,
    SealChange,
    SealOut,
    SealPage,
    SealQuery,
    whole_id,
)
from services.seal.seals import PREFIX, Reader, change_seal, create_seal, delete_seal, find_seal, list_seals, lock_seal

seals = Blueprint("seals", __name__, url_prefix="/api/v1/seals", description="Seals and who may use them")
certificates = Blueprint("certificates", __name__, url_prefix="/api/v1/certificates", description="What to trust")


def reader() -> Reader:
    """The person who asks, in their current workspace."""
    who = principal()
    assert who.workspace is not None
    return Reader(who.account, who.workspace, allows(who.roles, Right.MANAGE_SEALS))


@seals.route("", methods=["GET"])
@seals.arguments(SealQuery, location="query")
@seals.response(200, SealPage)
@access(Kind.USER, right=Right.USE_SEALS)
def list_(query: dict[str, Any]) -> Any:
    with runtime().db.read(reader().workspace) as session:
        return list_seals(session, reader(), query["search"], query["cursor"], query["limit"])


@seals.route("", methods=["POST"])
@seals.arguments(NewSeal, location="form")
@seals.arguments(NewSealFiles, location="files")
@seals.response(201, SealOut)
@access(Kind.USER, right=Right.MANAGE_SEALS)
def create(form: dict[str, Any], files: dict[str, Any]) -> Any:
    data = files["image"].stream.read(LARGEST + 1)
    return create_seal(runtime(), reader(), form["name"], data, form.get("width_mm"), form.get("height_mm"))


@seals.route("/<string:seal>", methods=["GET"])
@seals.response(200, SealOut)
@access(Kind.USER, right=Right.USE_SEALS)
def get(seal: str) -> Any:
    with runtime().db.read(reader().workspace) as session:
        return find_seal(session, reader(), whole_id(PREFIX, seal))


@seals.route("/<string:seal>", methods=["PATCH"])
@seals.arguments(SealChange)
@seals.response(200, SealOut)
@access(Kind.USER, right=Right.MANAGE_SEALS)
def change(body: dict[str, Any], seal: str) -> Any:
    with runtime().db.transaction(reader().workspace) as session:
        key = whole_id(PREFIX, seal)
        return change_seal(session, key, body.get("name"), body.get("width_mm"), body.get("height_mm"))


@seals.route("/<string:seal>", methods=["DELETE"])
@seals.response(204)
@access(Kind.USER, right=Right.MANAGE_SEALS)
def delete(seal: str) -> None:
    with runtime().db.transaction(reader().workspace) as session:
        delete_seal(session, whole_id(PREFIX, seal))


@seals.route("/<string:seal>/image", methods=["GET"])
@seals.response(200, content_type="image/png")
@access(Kind.USER, right=Right.USE_SEALS)
def image(seal: str) -> Any:
    with runtime().db.read(reader().workspace) as session:
        found = find_seal(session, reader(), whole_id(PREFIX, seal))
    with runtime().storage.open(found.image_key) as source:
        response = Response(source.read(), content_type="image/png")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(found.image_sha256)
    return response.make_conditional(request)


@seals.route("/<string:seal>/grants", methods=["GET"])
@seals.response(200, Grants)
@access(Kind.USER, right=Right.MANAGE_SEALS)
def grants(seal: str) -> Any:
    with runtime().db.read(reader().workspace) as session:
        found = find_seal(session, reader(), whole_id(PREFIX, seal))
        return {"members": granted_members(session, found.id)}


@seals.route("/<string:seal>/grants", methods=["PUT"])
@seals.arguments(GrantsChange)
@seals.response(200, Grants)
@access(Kind.USER, right=Right.MANAGE_SEALS)
def change_grants(body: dict[str, Any], seal: str) -> Any:
    with runtime().db.transaction(reader().workspace) as session:
        found = lock_seal(session, whole_id(PREFIX, seal))
        set_grants(session, found, body["account_ids"], reader().account)
        session.flush()
        return {"members": granted_members(session, found.id)}


@certificates.route("/root", methods=["GET"])
@certificates.response(200, content_type="application/x-pem-file")
@access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)
def root() -> Any:
    found = [load_der_x509_certificate(der).public_bytes(Encoding.PEM) for der in root_certificates(runtime())]
    return Response(b"".join(found), content_type="application/x-pem-file")
