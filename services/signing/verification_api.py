"""The public verification API: upload a file, or ask what an id on a certificate of completion stands for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from flask import g, request
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from chassis.access import access, runtime
from chassis.problem import Problem
from chassis.tokens import Kind
from services.signing import verifications

blueprint = Blueprint(
    "verification", __name__, url_prefix="/api/v1/verifications", description="Check a file, logged in or not"
)
everybody = access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False, idempotent=False)
RAW = ("application/pdf", "application/octet-stream")
BINARY = {"type": "string", "format": "binary"}
UPLOAD = {
    "required": True,
    "content": {
        "multipart/form-data": {"schema": {"type": "object", "properties": {"file": BINARY}, "required": ["file"]}},
        "application/pdf": {"schema": BINARY},
    },
}


class VerificationReasonOut(Schema):
    code = fields.String()
    detail = fields.String()
    field = fields.String()
    sentence = fields.String()


class VerifiedSignatureOut(Schema):
    """A signature as it stands in the file itself."""

    field = fields.String()
    role = fields.String(metadata={"description": "certification, approval or time_stamp"})
    signer = fields.String()
    issuer = fields.String()
    claimed_time = fields.String(allow_none=True)
    trusted_time = fields.String(allow_none=True, metadata={"description": "proven by a time stamp"})
    level = fields.String(metadata={"description": "PAdES baseline: B-B, B-T, B-LT, B-LTA"})
    intact = fields.Boolean()
    valid = fields.Boolean()
    trusted = fields.Boolean()
    coverage = fields.String(metadata={"description": "entire_file, revision or unclear"})
    changes = fields.List(fields.String(), metadata={"description": "what came after it, as codes"})
    docmdp = fields.Integer(allow_none=True)


class VerificationOut(Schema):
    verdict = fields.String(metadata={"description": "authentic, not_authentic or unknown"})
    kind = fields.String(metadata={"description": "agreement, or other for a file signed elsewhere"})
    level = fields.String()
    sha256 = fields.String()
    size = fields.Integer()
    verified_at = fields.String()
    on_record = fields.Boolean(metadata={"description": "this very file was handed over here"})
    removed_at = fields.AwareDateTime(
        allow_none=True, metadata={"description": "since when the workspace keeps no copy of its own any more"}
    )
    reasons = fields.List(fields.Nested(VerificationReasonOut))
    signatures = fields.List(fields.Nested(VerifiedSignatureOut))


class AgreementSummaryOut(Schema):
    """What can be told to anybody of a completed agreement: no names."""

    agreement_id = fields.String()
    signers = fields.Integer()
    completed_at = fields.AwareDateTime()
    document_sha256 = fields.String()
    certificates = fields.Dict(keys=fields.String(), values=fields.String())
    level = fields.String(metadata={"description": "PAdES baseline level: B-LTA; B-B before time stamps were made"})
    removed_at = fields.AwareDateTime(
        allow_none=True, metadata={"description": "since when the workspace keeps no copy of its own any more"}
    )


@blueprint.post("")
@blueprint.doc(requestBody=UPLOAD)
@blueprint.response(200, VerificationOut)
@everybody
def verify() -> Any:
    """Verify a PDF of 60 MiB at most: multipart `file`, or the PDF itself as the body. Nothing of it is kept."""
    with _uploaded() as source:
        return verifications.verify_upload(runtime(), source, g.language)


@blueprint.get("/<agreement_id>")
@blueprint.response(200, AgreementSummaryOut)
@everybody
def summary(agreement_id: str) -> Any:
    """How an agreement stands, by the id in the QR code of its certificate."""
    return verifications.summary(runtime(), agreement_id)


@contextmanager
def _uploaded() -> Iterator[IO[bytes]]:
    if request.mimetype in RAW:
        yield request.stream
        return
    file = request.files.get("file")
    if file is None:
        raise Problem(422, "file_missing")
    with file.stream as source:
        yield source
