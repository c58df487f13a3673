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
from services.seal import images
from services.seal.credentials import root_certificates
from services.seal.grants import add_grants, granted_members, set_grants, withdraw
from services.seal.images import LARGEST
from services.seal.schemas import (
    DesignIn,
    Grants,
    GrantsAddition,
    GrantsChange,
    NewDesigned,
    NewSeal,
    NewSealFiles,
    SealChange,
    SealPage,
    SealQuery,
    SealView,
    UsePage,
    UsesQuery,
    whole_id,
)
from services.seal.seals import (
    PREFIX,
    Reader,
    change_seal,
    create_designed,
    create_seal,
    delete_seal,
    find_seal,
    list_seals,
    lock_seal,
)
from services.seal.uses import list_uses

seals = Blueprint("seals", __name__, url_prefix="/api/v1/seals", description="Seals and who may use them")
certificates = Blueprint("certificates", __name__, url_prefix="/api/v1/certificates", description="What to trust")


def reader() -> Reader:
    """The person who asks, in their current workspace."""
    who = principal()
    assert who.workspace is not None
    return Reader(who, who.workspace, allows(who.roles, Right.MANAGE_SEALS))


@seals.route("", methods=["GET"])
@seals.arguments(SealQuery, location="query")
@seals.response(200, SealPage)
@access(Kind.USER, right=Right.USE_SEALS)
def list_(query: dict[str, Any]) -> Any:
    with runtime().db.read(reader().workspace) as session:
        return list_seals(session, reader(), query["search"], query["cursor"], query["limit"], query["deleted"])


@seals.route("", methods=["POST"])
@seals.arguments(NewSeal, location="form")
@seals.arguments(NewSealFiles, location="files")
@seals.response(201, SealView)
@access(Kind.USER, right=Right.MANAGE_SEALS)
def create(form: dict[str, Any], files: dict[str, Any]) -> Any:
    data = files["image"].stream.read(LARGEST + 1)
    return create_seal(runtime(), reader(), form["name"], data, form.get("width_mm"), form.get("height_mm"))


@seals.route("/designed", methods=["POST"])
@seals.arguments(NewDesigned)
@seals.response(201, SealView)
@access(Kind.USER, right=Right.MANAGE_SEALS)
def create_from_words(body: dict[str, Any]) -> Any:
    """A seal made from words."""
    return create_designed(runtime(), reader(), body["name"], body["design"])


@seals.route("/preview", methods=["POST"])
@seals.arguments(DesignIn)
@seals.response(200, content_type="image/png")
@access(Kind.USER, right=Right.MANAGE_SEALS)
def preview(body: dict[str, Any]) -> Any:
    """How a seal made from words would look; nothing is kept."""
    return _picture(images.preview(body["design"]))


@seals.route("/image-preview", methods=["POST"])
@seals.arguments(NewSealFiles, location="files")
@seals.response(200, content_type="image/png")
@access(Kind.USER, right=Right.MANAGE_SEALS)
def image_preview(files: dict[str, Any]) -> Any:
    """How a seal made from an image would look; nothing is kept."""
    return _picture(images.clean(files["image"].stream.read(LARGEST + 1)).png)


def _picture(png: bytes) -> Response:
    return Response(png, content_type="image/png", headers={"Cache-Control": "no-store"})


@seals.route("/<string:seal>", methods=["GET"])
@seals.response(200, SealView)
@access(Kind.USER, right=Right.USE_SEALS)
def get(seal: str) -> Any:
    with runtime().db.read(reader().workspace) as session:
        return find_seal(session, reader(), whole_id(PREFIX, seal))


@seals.route("/<string:seal>", methods=["PATCH"])
@seals.arguments(SealChange)
@seals.response(200, SealView)
@access(Kind.USER, right=Right.MANAGE_SEALS)
def change(body: dict[str, Any], seal: str) -> Any:
    with runtime().db.transaction(reader().workspace) as session:
        key = whole_id(PREFIX, seal)
        return change_seal(session, key, principal(), body.get("name"), body.get("width_mm"), body.get("height_mm"))


@seals.route("/<string:seal>", methods=["DELETE"])
@seals.response(204)
@access(Kind.USER, right=Right.MANAGE_SEALS)
def delete(seal: str) -> None:
    with runtime().db.transaction(reader().workspace) as session:
        delete_seal(session, whole_id(PREFIX, seal), principal())


@seals.route("/<string:seal>/image", methods=["GET"])
@seals.response(200, content_type="image/png")
@access(Kind.USER, right=Right.USE_SEALS)
def image(seal: str) -> Any:
    with runtime().db.read(reader().workspace) as session:
        found = find_seal(session, reader(), whole_id(PREFIX, seal), even_deleted=True)
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
        set_grants(session, found, body["account_ids"], principal())
        session.flush()
        return {"members": granted_members(session, found.id)}


@seals.route("/<string:seal>/grants", methods=["POST"])
@seals.arguments(GrantsAddition)
@seals.response(200, Grants)
@access(Kind.USER, right=Right.MANAGE_SEALS)
def more_grants(body: dict[str, Any], seal: str) -> Any:
    """Let more members use a seal."""
    with runtime().db.transaction(reader().workspace) as session:
        found = lock_seal(session, whole_id(PREFIX, seal))
        add_grants(session, found, body["account_ids"], principal())
        session.flush()
        return {"members": granted_members(session, found.id)}


@seals.route("/<string:seal>/grants/<string:account>", methods=["DELETE"])
@seals.response(204)
@access(Kind.USER, right=Right.MANAGE_SEALS)
def end_grant(seal: str, account: str) -> None:
    """Take a seal away from a member; from now on they cannot use it, also on a page that is open."""
    with runtime().db.transaction(reader().workspace) as session:
        found = lock_seal(session, whole_id(PREFIX, seal))
        withdraw(session, found, whole_id("acc", account), principal())


@seals.route("/<string:seal>/uses", methods=["GET"])
@seals.arguments(UsesQuery, location="query")
@seals.response(200, UsePage)
@access(Kind.USER, right=Right.MANAGE_SEALS)
def uses(query: dict[str, Any], seal: str) -> Any:
    """Who used a seal, in which agreement, when; the newest first. Also of a seal that was deleted."""
    with runtime().db.read(reader().workspace) as session:
        found = find_seal(session, reader(), whole_id(PREFIX, seal), even_deleted=True)
        return list_uses(session, found.id, query["cursor"], query["limit"])


@certificates.route("/root", methods=["GET"])
@certificates.response(200, content_type="application/x-pem-file")
@access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)
def root() -> Any:
    found = [load_der_x509_certificate(der).public_bytes(Encoding.PEM) for der in root_certificates(runtime())]
    return Response(b"".join(found), content_type="application/x-pem-file")
