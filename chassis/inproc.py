"""HTTP without a socket: a `requests` transport that calls WSGI applications of the same process."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse


class BodyReader(io.RawIOBase):
    """A WSGI result as a raw stream, read as far as it is asked for."""

    def __init__(self, chunks: Iterator[bytes], close: Callable[[], None]) -> None:
        self._chunks, self._close, self._rest = chunks, close, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        if not self.closed:
            self._close()
        super().close()


class WsgiTransport(BaseAdapter):
    """Serves ``inproc://<name>/…`` from the application of that name."""

    def __init__(self, apps: Mapping[str, Any]) -> None:
        super().__init__()
        self._apps = apps

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        parts = urlsplit(request.url or "")
        started: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            started.update(status=status, headers=headers)

        app = self._apps.get(parts.hostname or "")
        if app is None:
            raise requests.ConnectionError(f"nothing is called {parts.hostname}", request=request)
        result = app(_environ(request), start_response)
        chunks = iter(result)
        first = next(chunks, b"")
        reader = BodyReader(_chain(first, chunks), getattr(result, "close", lambda: None))
        return _response(self, request, started, io.BufferedReader(reader, 1 << 16))

    def close(self) -> None:
        return None


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _environ(request: requests.PreparedRequest) -> dict[str, Any]:
    parts = urlsplit(request.url or "")
    body = request.body
    stream: Any = (
        io.BytesIO(body.encode() if isinstance(body, str) else body or b"") if not hasattr(body, "read") else body
    )
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method, "SCRIPT_NAME": "", "PATH_INFO": unquote(parts.path, "latin-1"),
        "QUERY_STRING": parts.query, "SERVER_NAME": parts.hostname, "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": stream,
        "wsgi.errors": io.StringIO(), "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    for name, value in request.headers.items():
        key = name.upper().replace("-", "_")
        text = value.decode("latin-1") if isinstance(value, bytes) else value
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = text
    return environ


def _response(
    adapter: BaseAdapter, request: requests.PreparedRequest, started: Mapping[str, Any], body: Any
) -> requests.Response:
    code, _, reason = started["status"].partition(" ")
    headers = HTTPHeaderDict(started["headers"])
    raw = HTTPResponse(body=body, headers=headers, status=int(code), reason=reason, preload_content=False)
    response = requests.Response()
    response.status_code, response.reason, response.raw = int(code), reason, raw
    response.headers = requests.structures.CaseInsensitiveDict(headers.items())
    response.url, response.request = request.url or "", request
    response.connection = adapter  # type: ignore[assignment]
    return response
