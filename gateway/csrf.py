"""Requests that change something must come from our own pages, or from no browser at all."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from flask import request

from chassis.access import runtime
from chassis.ids import digest
from chassis.problem import Problem

SAFE = {"GET", "HEAD", "OPTIONS"}


def token_for(secret: str) -> str:
    """A session's CSRF token: it follows from the secret, which a page cannot read, and tells nothing about it."""
    return digest(f"csrf {secret}")


def check_origin() -> None:
    """Raise a 403 problem when the browser says that the request comes from another site."""
    if request.method not in SAFE and not _ours():
        raise Problem(403, "csrf_failed")


def check_token(secret: str) -> None:
    """Raise a 403 problem unless the request carries the session's token."""
    told = request.headers.get("X-CSRF-Token", "")
    if request.method not in SAFE and not hmac.compare_digest(told.encode(), token_for(secret).encode()):
        raise Problem(403, "csrf_failed")


def _ours() -> bool:
    home = origin(runtime().settings.public_url)
    if (said := request.headers.get("Origin")) is not None:
        return said == home
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site in ("same-origin", "none")
    referer = request.headers.get("Referer")
    return referer is None or origin(referer) == home


def origin(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
