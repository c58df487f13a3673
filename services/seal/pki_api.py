"""What anybody may fetch to check a certificate of ours: issuers, revocation lists, OCSP, time stamps."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from flask import Response, request
from flask_smorest import Blueprint

from chassis.access import access, runtime
from chassis.database import EVERYONE
from chassis.tokens import Kind
from services.seal import ocsp, tsa
from services.seal.crl import current_list, find_authority

pki = Blueprint("pki", __name__, url_prefix="/pki", description="Certificates, revocation, time stamps")
ANYBODY = (Kind.ANONYMOUS, Kind.USER, Kind.LINK)
LARGEST_REQUEST = 8192  # bytes that are read of a request; what is longer is none
CACHED = {"Cache-Control": "public, max-age=3600"}


@pki.route("/ca/<uuid:key>.cer", methods=["GET"])
@pki.response(200, content_type="application/pkix-cert")
@access(*ANYBODY, workspace=False)
def authority_certificate(key: UUID) -> Any:
    """The certificate of an authority."""
    with runtime().db.read(EVERYONE) as session:
        return Response(find_authority(session, key).der, content_type="application/pkix-cert", headers=CACHED)


@pki.route("/crl/<uuid:key>.crl", methods=["GET"])
@pki.response(200, content_type="application/pkix-crl")
@access(*ANYBODY, workspace=False)
def revocation_list(key: UUID) -> Any:
    """The revocation list of an authority (RFC 5280)."""
    return Response(current_list(runtime().db, runtime().parts, key), content_type="application/pkix-crl")


@pki.route("/ocsp", methods=["POST"])
@pki.response(200, content_type="application/ocsp-response")
@access(*ANYBODY, workspace=False, idempotent=False)
def ocsp_post() -> Any:
    """The state of a certificate (RFC 6960, A.1)."""
    return _ocsp(request.stream.read(LARGEST_REQUEST))


@pki.route("/ocsp/<path:encoded>", methods=["GET"])
@pki.response(200, content_type="application/ocsp-response")
@access(*ANYBODY, workspace=False)
def ocsp_get(encoded: str) -> Any:
    """The state of a certificate, the request in the address (RFC 6960, A.1)."""
    return _ocsp(_decoded(encoded))


@pki.route("/tsa", methods=["POST"])
@pki.response(200, content_type="application/timestamp-reply")
@access(*ANYBODY, workspace=False, idempotent=False)
def timestamp() -> Any:
    """A time stamp (RFC 3161, 3.4)."""
    answer = tsa.respond(runtime(), request.stream.read(LARGEST_REQUEST), "public")
    return Response(answer, content_type="application/timestamp-reply")


def _ocsp(asked: bytes) -> Response:
    with runtime().db.read(EVERYONE) as session:
        answer = ocsp.respond(session, runtime().parts, asked)
    return Response(answer, content_type="application/ocsp-response")


def _decoded(text: str) -> bytes:
    """Base64 as clients write it into addresses: escaped once or twice, with or without padding; empty for none."""
    plain = unquote(text).rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


@pki.record
def _keep_slashes(state: Any) -> None:
    """Base64 may have two slashes in a row: an address is answered as it stands, never by a redirect."""
    state.app.url_map.merge_slashes = False
