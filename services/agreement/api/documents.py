"""Routes of an agreement's documents and of its finished files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from flask import Response, g, redirect, request
from flask_smorest import Blueprint
from marshmallow import ValidationError

from chassis.access import access, runtime
from chassis.problem import Problem
from chassis.storage import CHUNK
from chassis.tokens import Kind
from chassis.validation import error_list
from services.agreement import documents as verbs
from services.agreement import dump, files, pages, suggestions, uploads
from services.agreement.api.common import PREFIX, detail, disposition, document_key, own, seen, stream
from services.agreement.schemas import FileName, FileQuery, ImageQuery, Order, Suggested
from services.agreement.standing import get
from services.agreement.views import AgreementView, DocumentView, SuggestionsView, TextView

documents = Blueprint("documents", __name__, url_prefix=PREFIX, description="Documents of an agreement")
BINARY = {"type": "string", "format": "binary"}
UPLOAD = {
    "required": True,
    "content": {
        "multipart/form-data": {"schema": {"type": "object", "properties": {"file": BINARY}, "required": ["file"]}},
        "application/pdf": {"schema": BINARY},
    },
}
RAW = ("application/pdf", "application/octet-stream")


@documents.post("/<agreement_id>/documents")
@documents.doc(requestBody=UPLOAD)
@documents.response(201, DocumentView)
@access(Kind.USER)
def upload(agreement_id: str) -> Any:
    """Add a PDF of 60 MiB at most: multipart `file`, or the PDF itself as the body with `?name=`."""
    at = own(agreement_id)
    with _uploaded() as (name, source):
        key = uploads.upload(runtime(), at, name, source)
    with runtime().db.read(at.owner) as session:
        return dump.document(verbs.find(get(session, at.agreement_id), key))


@contextmanager
def _uploaded() -> Iterator[tuple[str, IO[bytes]]]:
    if request.mimetype in RAW:
        yield _file_name(request.args.get("name")), request.stream
        return
    file = request.files.get("file")
    if file is None:
        raise Problem(422, "file_missing")
    with file.stream as source:
        yield _file_name(request.args.get("name") or file.filename), source


def _file_name(given: str | None) -> str:
    last = (given or "").replace("\\", "/").rsplit("/", 1)[-1]
    try:
        loaded: dict[str, str] = FileName().load({"name": last} if last else {})
    except ValidationError as error:
        raise Problem(422, "validation_failed", errors=error_list(error.messages, g.language)) from error
    return loaded["name"]


@documents.delete("/<agreement_id>/documents/<document_id>")
@documents.response(204)
@access(Kind.USER)
def remove(agreement_id: str, document_id: str) -> None:
    """Delete a document and the fields on it."""
    verbs.remove(runtime(), own(agreement_id), document_key(document_id))


@documents.put("/<agreement_id>/documents/order")
@documents.arguments(Order)
@documents.response(200, AgreementView)
@access(Kind.USER)
def reorder(values: dict[str, Any], agreement_id: str) -> Any:
    """Put the documents in this order."""
    at = own(agreement_id)
    verbs.reorder(runtime(), at, values["document_ids"])
    return detail(at)


@documents.get("/<agreement_id>/documents/<document_id>/pages/<int:page>/image")
@documents.arguments(ImageQuery, location="query")
@documents.response(200, content_type="image/webp")
@access(Kind.USER)
def page_image(values: dict[str, int], agreement_id: str, document_id: str, page: int) -> Response:
    """The picture of a page, counted from 0, as WebP."""
    at, key, width = seen(agreement_id), document_key(document_id), values["width"]
    source = pages.page_image(runtime(), at, key, page, width)
    headers = {"Cache-Control": "private, max-age=3600"}
    return stream(source, "image/webp", f"{key}-{page}-{width}", **headers)


@documents.get("/<agreement_id>/documents/<document_id>/pages/<int:page>/text")
@documents.response(200, TextView)
@access(Kind.USER)
def page_text(agreement_id: str, document_id: str, page: int) -> Any:
    """The text of a page, counted from 0."""
    return {"text": pages.page_text(runtime(), seen(agreement_id), document_key(document_id), page)}


@documents.get("/<agreement_id>/documents/<document_id>/suggestions")
@documents.response(200, SuggestionsView)
@access(Kind.USER)
def suggested(agreement_id: str, document_id: str) -> Any:
    """The fields the document asks for by tags such as `{{sign:1}}` in its text, and by its own form."""
    return {"suggestions": suggestions.of_document(runtime(), own(agreement_id), document_key(document_id))}


@documents.post("/<agreement_id>/fields/suggested")
@documents.arguments(Suggested)
@documents.response(200, AgreementView)
@access(Kind.USER)
def apply_suggested(values: dict[str, Any], agreement_id: str) -> Any:
    """Add the suggested fields of the `sources`, and one right after each place where a keyword stands.

    Signer n of a tag is who `signers` names, else the n-th recipient.
    """
    at, signers = own(agreement_id), {one["signer"]: one["recipient_id"] for one in values["signers"]}
    suggestions.apply(runtime(), at, values["sources"], signers, values["keywords"])
    return detail(at)


@documents.get("/<agreement_id>/files/<any(document,certificate):kind>")
@documents.arguments(FileQuery, location="query")
@documents.response(200, content_type="application/pdf")
@access(Kind.USER)
def finished(values: dict[str, str], agreement_id: str, kind: str) -> Any:
    """The finished document, or its certificate of completion in `language`, else in the reader's."""
    found = files.finished(runtime(), seen(agreement_id), kind, values["language"] or g.language)
    storage = runtime().storage
    address = storage.link(found.key, found.filename)
    if address:
        return redirect(address, 302)
    headers = {"Content-Disposition": disposition(found.filename), "Content-Length": str(found.size)}
    return stream(lambda: storage.open(found.key), found.content_type, found.sha256, **headers)


@documents.get("/<agreement_id>/files/<any(audit,bundle):kind>")
@documents.response(200, content_type="application/octet-stream")
@access(Kind.USER)
def made(agreement_id: str, kind: str) -> Response:
    """`audit`: the audit trail as JSON. `bundle`: everything as a ZIP that can be verified offline."""
    found = files.made(runtime(), seen(agreement_id), kind)
    headers = {"Content-Disposition": disposition(found.filename), "X-Content-Type-Options": "nosniff"}
    if length := found.answer.headers.get("Content-Length"):
        headers["Content-Length"] = length
    response = Response(found.answer.iter_content(CHUNK), content_type=found.content_type, headers=headers)
    response.call_on_close(found.answer.close)
    return response
