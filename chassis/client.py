"""Calls between services: internal HTTP with a token of one's own, a time-out, and retries where they are safe."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from chassis.outbox import correlation
from chassis.problem import Problem, unavailable
from chassis.tokens import Kind, Principal, TokenIssuer

log = logging.getLogger(__name__)
TIMEOUT = (2.0, 8.0)
Transports = Mapping[str, BaseAdapter]


class NoCookies(requests.cookies.RequestsCookieJar):
    """A cookie jar that stores nothing, so that one caller's cookie never reaches the next."""

    def set_cookie(self, cookie: Any, *args: Any, **kwargs: Any) -> None:
        return None


def plain_session(transports: Transports | None) -> requests.Session:
    """A session without cookies, environment proxies or redirects; ``transports`` serve schemes such as ``inproc://``."""
    session = requests.Session()
    session.trust_env = False
    session.cookies = NoCookies()
    session.mount("http://", HTTPAdapter(pool_connections=16, pool_maxsize=64))
    for prefix, adapter in (transports or {}).items():
        session.mount(prefix, adapter)
    return session


class ServiceClient:
    """Calls other services under this service's own name."""

    def __init__(self, issuer: TokenIssuer, urls: Mapping[str, str], transports: Transports | None = None) -> None:
        self._issuer, self._urls = issuer, urls
        self._session = plain_session(transports)

    def call(
        self, service: str, method: str, path: str, json: Any = None, *, key: str | None = None, params: Any = None
    ) -> Any:
        """The JSON answer of another service, None when it has no body.

        A GET, and any call with an idempotency ``key``, is tried again once when the service does not answer. Raises
        the service's own `Problem`, or a 503 when it cannot be reached.
        """
        tries = 2 if method == "GET" or key else 1
        for left in range(tries - 1, -1, -1):
            try:
                response = self._send(service, method, path, json, key, params)
            except requests.RequestException as error:
                log.warning("%s does not answer: %s", service, error)
                if not left:
                    raise unavailable() from error
                continue
            if response.status_code < 500 or not left:
                return _answer(response)
        raise unavailable()

    def forward(
        self,
        service: str,
        method: str,
        path: str,
        who: Principal,
        headers: Mapping[str, str],
        data: Any = None,
        seconds: float = 8.0,
    ) -> requests.Response:
        """A service's answer to somebody else's request, its body not yet read; the caller closes it.

        Only the gateway's key may speak for people. ``seconds`` is how long the answer may take to begin. Raises a 503
        problem when the service cannot be reached; a GET or HEAD whose connection breaks is tried again once.
        """
        sent = {**headers, "Authorization": f"Bearer {self._issuer.mint(service, who)}"}
        url, timeout = self._urls[service] + path, (TIMEOUT[0], seconds)
        for left in (1, 0) if method in ("GET", "HEAD") else (0,):
            try:
                return self._session.request(
                    method, url, data=data, headers=sent, timeout=timeout, allow_redirects=False, stream=True
                )
            except requests.RequestException as error:
                log.warning("%s does not answer: %s", service, error)
                if not left or isinstance(error, requests.Timeout):
                    raise unavailable() from error
        raise unavailable()

    def close(self) -> None:
        """Give back the connections that are kept open."""
        self._session.close()

    def _send(self, service: str, method: str, path: str, json: Any, key: str | None, params: Any) -> requests.Response:
        token = self._issuer.mint(service, Principal(Kind.SERVICE, self._issuer.name))
        headers = {"Authorization": f"Bearer {token}", "X-Correlation-Id": correlation.get() or ""}
        if key:
            headers["Idempotency-Key"] = key
        query = f"?{urlencode(params, doseq=True)}" if params else ""  # requests drops params for inproc:// addresses
        url = self._urls[service] + path + query
        return self._session.request(method, url, json=json, headers=headers, timeout=TIMEOUT, allow_redirects=False)


def _answer(response: requests.Response) -> Any:
    if response.ok:
        return response.json() if response.content else None
    document = response.json() if "json" in response.headers.get("Content-Type", "") else {}
    if response.status_code >= 500 or document.get("code") in (None, "idempotency_in_progress"):
        raise unavailable()
    extra = {k: v for k, v in document.items() if k not in ("type", "title", "status", "code")}
    wait = {name: response.headers[name] for name in ("Retry-After",) if name in response.headers}
    raise Problem(response.status_code, document["code"], headers=wait, **extra)
