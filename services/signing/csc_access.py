"""How a request to a signing provider says who asks: a fixed token, or one fetched by OAuth 2.0 client credentials."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import requests

TIMEOUT = (3.0, 10.0)  # seconds to connect, and between two parts of an answer
EARLY_SECONDS = 60.0


class Access(Protocol):
    def token(self, session: requests.Session, *, fresh: bool = False) -> str:
        """A bearer token; with ``fresh`` not the one that was just refused. Raises `requests.RequestException`."""
        ...


@dataclass(frozen=True)
class FixedToken:
    """The token of configuration."""

    value: str = field(repr=False)

    def token(self, session: requests.Session, *, fresh: bool = False) -> str:
        return self.value


@dataclass
class ClientCredentials:
    """Tokens by OAuth 2.0 client credentials (RFC 6749 §4.4), each used until shortly before its end."""

    url: str
    client_id: str
    secret: str = field(repr=False)
    _kept: tuple[str, float] | None = field(default=None, init=False, repr=False)

    def token(self, session: requests.Session, *, fresh: bool = False) -> str:
        if fresh or self._kept is None or time.monotonic() >= self._kept[1]:
            self._kept = self._fetch(session)
        return self._kept[0]

    def _fetch(self, session: requests.Session) -> tuple[str, float]:
        form = {"grant_type": "client_credentials", "client_id": self.client_id, "client_secret": self.secret}
        answer = post(session, self.url, data=form)
        if not isinstance(value := answer.get("access_token"), str):
            raise requests.exceptions.InvalidJSONError("the answer has no access_token")
        return value, time.monotonic() + max(0.0, _seconds(answer.get("expires_in")) - EARLY_SECONDS)


def post(session: requests.Session, url: str, **options: Any) -> Mapping[str, Any]:
    """The JSON object a POST is answered with; every other answer is a `requests.RequestException`."""
    response = session.post(url, timeout=TIMEOUT, allow_redirects=False, **options)
    if response.status_code != requests.codes.ok:
        said = " ".join(response.text[:200].split())
        raise requests.HTTPError(f"{response.status_code} {said}", response=response)
    answer = response.json()
    if not isinstance(answer, dict):
        raise requests.exceptions.InvalidJSONError("the answer is not an object")
    return answer


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 3600.0
