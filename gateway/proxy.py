"""Carries a request to its service and the answer back: only listed headers, bodies streamed with their length."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import quote

import requests
from flask import Response, g, request
from flask_smorest import Blueprint
from werkzeug.exceptions import RequestEntityTooLarge

from chassis.access import access, principal, runtime
from chassis.logs import request_id
from chassis.outbox import correlation, traceparent
from chassis.problem import not_found, unavailable
from chassis.tokens import Kind
from gateway.csrf import origin
from gateway.parts import parts_of
from gateway.routes import route_of

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
REQUEST_HEADERS = (
    "Content-Type", "Accept", "Accept-Language", "Idempotency-Key", "If-None-Match", "Range",
)  # fmt: skip
RESPONSE_HEADERS = (
    "Content-Type", "Content-Length", "Content-Disposition", "Content-Language", "Content-Range", "Content-Encoding",
    "Content-Security-Policy", "Cache-Control", "ETag", "Last-Modified", "Accept-Ranges", "Allow", "Retry-After",
    "Idempotent-Replayed", "Vary", "WWW-Authenticate",
)  # fmt: skip
CHUNK = 1 << 16
SECONDS, UPLOAD_SECONDS = 8.0, 60.0
UPLOADS = ("multipart/form-data", "application/pdf", "application/octet-stream")

blueprint = Blueprint("proxy", __name__)


class Body:
    """A request's body as a file of known length; ``len`` is what `requests` takes for Content-Length."""

    def __init__(self, source: IO[bytes], length: int) -> None:
        self._source, self.len = source, length

    def __len__(self) -> int:
        return self.len

    def read(self, size: int = -1) -> bytes:
        return self._source.read(size)

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self._source.read(CHUNK), b"")


@blueprint.route("/<path:rest>", methods=METHODS)
@access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False, idempotent=False)
def forward(rest: str) -> Response:
    """Answer with what the service of this address answers."""
    live = runtime()
    route = route_of(request.path, live.settings.embedded)
    if route is None:
        raise not_found()
    seconds = UPLOAD_SECONDS if request.mimetype in UPLOADS else SECONDS
    headers = {**_request_headers(route.signed), **(_bearer() if route.bearer else {})}
    answer = live.client.forward(route.service, request.method, _address(), principal(), headers, _body(), seconds)
    return relay(answer)


def _address() -> str:
    query = request.query_string.decode("latin-1")
    return quote(request.path, safe="/:@!$&'()*+,;=~") + (f"?{query}" if query else "")


def _request_headers(signed: str | None) -> dict[str, str]:
    hop_by_hop = {name.strip().lower() for name in request.headers.get("Connection", "").split(",")}
    wanted = (*REQUEST_HEADERS, signed) if signed else REQUEST_HEADERS
    listed = [name for name in wanted if name in request.headers and name.lower() not in hop_by_hop]
    own = {
        "Accept-Encoding": "identity", "User-Agent": "signet-gateway", "X-Request-Id": request_id.get() or "",
        "X-Correlation-Id": correlation.get() or "",
    }  # fmt: skip
    trace = {"traceparent": told} if (told := traceparent.get()) else {}
    return {**{name: request.headers[name] for name in listed}, **trace, **own}


def _bearer() -> dict[str, str]:
    """The caller's own word, under another name: Authorization is the suite's."""
    said = request.headers.get("Authorization")
    return {"Caller-Authorization": said} if said else {}


def _body() -> Body | None:
    length = request.content_length
    if length is None and request.headers.get("Transfer-Encoding"):
        return _spooled()
    return Body(request.stream, length) if length else None


def _spooled() -> Body:
    limit = request.max_content_length or 0
    spool = g.spool = tempfile.TemporaryFile(prefix="signet-body-")  # noqa: SIM115 - closed with the request
    shutil.copyfileobj(request.stream, spool, CHUNK)
    length = spool.tell()
    if length > limit:
        raise RequestEntityTooLarge
    spool.seek(0)
    return Body(spool, length)


def relay(answer: requests.Response) -> Response:
    """A service's answer as ours: listed headers, its body streamed, never kept by shared caches."""
    kind = answer.headers.get("Content-Type", "")
    location = answer.headers.get("Location")
    if (answer.status_code >= 500 and "json" not in kind) or (location and not _allowed(location)):
        answer.close()
        raise unavailable()
    headers = {name: answer.headers[name] for name in RESPONSE_HEADERS if name in answer.headers}
    if location:
        headers["Location"] = location
    if (kept := headers.get("Cache-Control")) and not re.search("private|no-store", kept):
        headers["Cache-Control"] = f"private, {kept}"
    response = Response(_chunks(answer.raw), answer.status_code, headers, direct_passthrough=True)
    if kept:
        response.vary.add("Cookie")  # what one account may look at is not shown to the next one in the same browser
    response.call_on_close(answer.close)
    return response


def _chunks(raw: Any) -> Iterator[bytes]:
    yield from raw.stream(CHUNK, decode_content=False)


def _allowed(location: str) -> bool:
    if location.startswith("/"):
        return not location.startswith(("//", "/\\"))
    return origin(location) in parts_of(runtime()).origins


@blueprint.teardown_app_request
def _drop_spool(error: BaseException | None) -> None:
    if spool := g.pop("spool", None):
        spool.close()
