"""What the routes share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO, Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, request

from chassis.access import principal, runtime
from chassis.ids import parse_public_id
from chassis.storage import CHUNK
from services.agreement import dump, keeping
from services.agreement.standing import Standing, get, managed, standing

PREFIX = "/api/v1/agreements"


def seen(agreement_id: str) -> Standing:
    """What the caller is to an agreement they see; raises not_found."""
    return standing(runtime().db, principal(), parse_public_id("agr", agreement_id))


def own(agreement_id: str) -> Standing:
    """What the caller is to an agreement they manage; raises not_found, forbidden."""
    return managed(runtime().db, principal(), parse_public_id("agr", agreement_id))


def detail(at: Standing) -> dict[str, Any]:
    """The agreement as it is now."""
    with runtime().db.read(at.owner) as session:
        agreement = get(session, at.agreement_id)
        return dump.detail(agreement, at) | keeping.told(session, agreement, at)


def document_key(document_id: str) -> UUID | None:
    """The key of a document's public id, None when it is none."""
    return parse_public_id("doc", document_id)


def stream(open_source: Callable[[], IO[bytes]], content_type: str, etag: str, **headers: str) -> Response:
    """Hand a stream out in pieces, or 304 without opening it when the caller has it already (RFC 9110 §13.1.2)."""
    common = {**headers, "X-Content-Type-Options": "nosniff"}
    if request.if_none_match.contains(etag):
        common.pop("Content-Length", None)
        response = Response(status=304, headers=common)
    else:
        source = open_source()
        response = Response(_pieces(source), content_type=content_type, headers=common)
        response.call_on_close(source.close)
    response.set_etag(etag)
    return response


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    with source:
        while piece := source.read(CHUNK):
            yield piece


def disposition(filename: str) -> str:
    """A Content-Disposition for saving under this name, whatever it holds (RFC 6266 §4.3, RFC 8187)."""
    safe = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', "_", filename)
    plain = re.sub(r"[^A-Za-z0-9 ._()-]", "_", safe)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
