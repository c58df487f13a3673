"""A person at the API: one browser's cookies, the CSRF token, problems as exceptions."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

import requests

Found = TypeVar("Found")
PATIENCE = 240.0  # seconds; a suite that is killed again and again on a busy machine takes long to answer


class Refused(Exception):
    """The suite answered with a problem; ``document`` is what it said."""

    def __init__(self, status: int, document: dict[str, Any]) -> None:
        super().__init__(f"{status} {document.get('code')}: {document.get('title')}")
        self.status, self.document = status, document


class Browser:
    """One person's session. A request that meets a suite just being restarted is made again with the same key."""

    def __init__(self, url: str, link: str | None = None) -> None:
        self._url, self._session = url, requests.Session()
        self._session.trust_env = False
        if link:
            self._session.headers["Signing-Link"] = link

    def log_in(self, email: str, password: str) -> Any:
        """Open a session; raises `Refused` when the credentials are wrong."""
        answer = self.post("/api/v1/session", {"email": email, "password": password})
        self._session.headers["X-CSRF-Token"] = answer["csrf_token"]
        return answer

    def get(self, path: str, **params: Any) -> Any:
        return self._json("GET", path, params=params)

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        return self._json("POST", path, json={} if body is None and not options else body, headers=headers, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> Any:
        return self._json("PUT", path, json=body, **options)

    def download(self, path: str) -> bytes:
        """The bytes of a file."""
        return self._send("GET", path).content

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        """One request and its answer, whatever it is."""
        return self._session.request(method, self._url + path, timeout=120, **options)

    def _json(self, method: str, path: str, **options: Any) -> Any:
        response = self._send(method, path, **options)
        return response.json() if response.content else None

    def _send(self, method: str, path: str, **options: Any) -> requests.Response:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                response = self.ask(method, path, **options)
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                response = None
            if response is not None and response.status_code not in (503, 429) and not _twin_runs(response):
                return _checked(response)
            if time.monotonic() > end:
                raise Refused(503, {"code": "unavailable", "title": f"{self._url} does not answer"})
            time.sleep(0.25)


def _twin_runs(response: requests.Response) -> bool:
    return response.status_code == 409 and response.json().get("code") == "idempotency_in_progress"


def _checked(response: requests.Response) -> requests.Response:
    if response.ok:
        return response
    problem = "json" in response.headers.get("Content-Type", "")
    raise Refused(response.status_code, response.json() if problem else {"title": response.text[:200]})


def wait_for(look: Callable[[], Found | None], what: str, patience: float = PATIENCE) -> Found:
    """Ask until there is an answer; raises TimeoutError naming what was waited for."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if (found := look()) is not None:
            return found
        time.sleep(0.1)
    raise TimeoutError(f"{what} did not come within {patience:.0f} s")
