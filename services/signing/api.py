"""The signing page's API: by link, or by account."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any
from uuid import UUID

from flask import Response, request, send_file
from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.ids import parse_public_id, public_id
from chassis.problem import Problem, not_found
from chassis.tokens import Kind
from services.signing import (
    access_code,
    consent,
    decline,
    downloads,
    fill,
    finish,
    mailed_code,
    pages,
    phone,
    pictures,
    schemas,
    show,
    view,
)

blueprint = Blueprint("signing", __name__, url_prefix="/api/v1/signing", description="Sign what one was sent")
signer = access(Kind.LINK, Kind.USER, workspace=False)
LARGEST_IMAGE = 5 << 20


@blueprint.get("/<ref>")
@blueprint.response(200, schemas.StateOut)
@signer
def get_state(ref: str) -> Any:
    """How the agreement stands for the signer; changes nothing."""
    return show.show(runtime(), ref, principal())


@blueprint.post("/<ref>/open")
@blueprint.response(200, schemas.StateOut)
@signer
def open_agreement(ref: str) -> Any:
    """Record that the signer has opened the agreement."""
    view.view(runtime(), ref, principal())
    return show.show(runtime(), ref, principal())


@blueprint.post("/<ref>/checks/access-code")
@blueprint.arguments(schemas.CodeIn)
@blueprint.response(200, schemas.StateOut)
@signer
def check_access_code(body: dict[str, str], ref: str) -> Any:
    """Try the access code."""
    access_code.try_access_code(runtime(), ref, principal(), body["code"]).demand_passed()
    return show.show(runtime(), ref, principal())


@blueprint.post("/<ref>/checks/email-code")
@blueprint.response(202, schemas.MailedOut)
@signer
def send_email_code(ref: str) -> Any:
    """Have a code mailed."""
    return mailed_code.send_code(runtime(), ref, principal())


@blueprint.post("/<ref>/checks/email-code/verify")
@blueprint.arguments(schemas.CodeIn)
@blueprint.response(200, schemas.StateOut)
@signer
def check_email_code(body: dict[str, str], ref: str) -> Any:
    """Try the mailed code."""
    mailed_code.try_mailed_code(runtime(), ref, principal(), body["code"]).demand_passed()
    return show.show(runtime(), ref, principal())


@blueprint.post("/<ref>/consent")
@blueprint.arguments(schemas.ConsentIn)
@blueprint.response(200, schemas.StateOut)
@signer
def give_consent(body: dict[str, str], ref: str) -> Any:
    """Accept the use of electronic signatures."""
    consent.consent(runtime(), ref, principal(), body["version"], body["language"])
    return show.show(runtime(), ref, principal())


@blueprint.get("/<ref>/pages/<int:page>/image")
@blueprint.arguments(schemas.PageQuery, location="query")
@blueprint.response(200, content_type="image/webp")
@signer
def page_image(query: dict[str, int], ref: str, page: int) -> Response:
    """A page as a picture; pages count from 0."""
    stream, tag = pages.image(runtime(), ref, principal(), page, query["width"])
    return send_file(stream, "image/webp", etag=tag, max_age=0)


@blueprint.get("/<ref>/pages/<int:page>/text")
@blueprint.response(200, schemas.TextOut)
@signer
def page_text(ref: str, page: int) -> Any:
    """The text of a page; pages count from 0."""
    return {"text": pages.text(runtime(), ref, principal(), page)}


@blueprint.put("/<ref>/fields/<field>")
@blueprint.doc(requestBody=schemas.VALUES)
@blueprint.response(200, schemas.StateOut)
@signer
def put_field(ref: str, field: str) -> Any:
    """Put a value into a field: JSON, or a picture as multipart ``image``."""
    fill.fill(runtime(), ref, principal(), _field_key(field), _value())
    return show.show(runtime(), ref, principal())


@blueprint.delete("/<ref>/fields/<field>")
@blueprint.response(200, schemas.StateOut)
@signer
def delete_field(ref: str, field: str) -> Any:
    """Take a field's value out."""
    fill.clear(runtime(), ref, principal(), _field_key(field))
    return show.show(runtime(), ref, principal())


@blueprint.get("/<ref>/fields/<field>/image")
@blueprint.response(200, content_type="image/png")
@signer
def field_image(ref: str, field: str) -> Response:
    """The picture in a field of one's own."""
    stream, tag = pages.field_image(runtime(), ref, principal(), _field_key(field))
    return send_file(stream, "image/png", etag=tag, max_age=0)


@blueprint.get("/<ref>/seals")
@blueprint.response(200, schemas.SealsOut)
@signer
def seals(ref: str) -> Any:
    """The seals the signer may stamp with."""
    show.show(runtime(), ref, principal())
    return {"seals": [{**one, "id": one["public_id"]} for one in pictures.granted_seals(runtime(), principal())]}


@blueprint.get("/<ref>/seals/<seal>/image")
@blueprint.response(200, content_type="image/png")
@signer
def seal_image(ref: str, seal: str) -> Response:
    """The picture of a seal the signer may stamp with."""
    show.show(runtime(), ref, principal())
    stream, tag = pictures.seal_image(runtime(), principal(), seal)
    return send_file(stream, "image/png", etag=tag, max_age=0)


@blueprint.get("/<ref>/signatures")
@blueprint.response(200, schemas.SavedListOut)
@signer
def signatures(ref: str) -> Any:
    """The signer's own saved signatures, for who is logged in."""
    show.show(runtime(), ref, principal())
    return {"signatures": [_saved(one) for one in pictures.saved_signatures(runtime(), principal())]}


@blueprint.post("/<ref>/typed")
@blueprint.arguments(schemas.TypedIn)
@blueprint.response(200, content_type="image/png")
@signer
def typed_preview(body: dict[str, str], ref: str) -> Response:
    """How a name looks in a style, as it would stand in the document; changes nothing."""
    return Response(pictures.preview(runtime(), ref, principal(), body), mimetype="image/png")


@blueprint.post("/<ref>/fields/<field>/phone")
@blueprint.response(201, schemas.PhoneOut)
@signer
def offer_phone(ref: str, field: str) -> Any:
    """Let a phone draw into a signature field: an address and its QR code, good once and for ten minutes."""
    return phone.offer(runtime(), ref, principal(), _field_key(field))


@blueprint.post("/<ref>/finish")
@blueprint.response(200, schemas.StateOut)
@signer
def finish_signing(ref: str) -> Any:
    """Sign: what was filled in is final."""
    finish.finish(runtime(), ref, principal())
    return show.show(runtime(), ref, principal())


@blueprint.post("/<ref>/decline")
@blueprint.arguments(schemas.ReasonIn)
@blueprint.response(200, schemas.StateOut)
@signer
def decline_signing(body: dict[str, str], ref: str) -> Any:
    """Decline: the agreement ends."""
    decline.decline(runtime(), ref, principal(), body["reason"])
    return show.show(runtime(), ref, principal())


@blueprint.get("/<ref>/files/<any(document,certificate,bundle):which>")
@blueprint.arguments(schemas.FileQuery, location="query")
@blueprint.response(200, content_type="application/octet-stream")
@signer
def get_file(query: dict[str, str], ref: str, which: str) -> Response:
    """The finished document, its certificate of completion, or `bundle`: all as a ZIP that can be verified offline."""
    found = downloads.download(runtime(), ref, principal(), which, query["language"], request.method == "GET")
    response = send_file(
        found.stream, found.content_type, as_attachment=True, download_name=found.filename,
        etag=found.sha256 or False, max_age=0,
    )  # fmt: skip
    response.content_length = found.size
    return response


def _saved(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": public_id("sig", UUID(row["signature_id"])), "default": row["default"]}


def _field_key(text: str) -> UUID:
    key = parse_public_id("fld", text)
    if key is None:
        raise not_found()
    return key


def _value() -> dict[str, Any]:
    if request.mimetype != "multipart/form-data":
        value: dict[str, Any] = blueprint.ARGUMENTS_PARSER.parse(schemas.ValueIn, request, location="json")
        return value
    with ExitStack() as uploads:
        for one in request.files.values():
            uploads.callback(one.close)
        return {"image": _image()}


def _image() -> bytes:
    if list(request.files) != ["image"] or request.form:
        raise Problem(422, "value_not_accepted")
    data: bytes = request.files["image"].stream.read(LARGEST_IMAGE + 1)
    if len(data) > LARGEST_IMAGE:
        raise Problem(413, "too_large")
    return data
