"""The cookies: the session's secret, a random word that tells one browser from another, and the language chosen."""

from __future__ import annotations

import re

from flask import Response, g, request

from chassis.access import runtime
from chassis.ids import digest, new_secret
from chassis.problem import LANGUAGES

YEAR = 365 * 86400
LANGUAGE = "signet-language"
SECRET = re.compile(r"(ses|brw)_[A-Za-z0-9_-]{43}")


def secure() -> bool:
    """Whether people reach the suite by https."""
    return runtime().settings.public_url.startswith("https://")


def session_cookie() -> str | None:
    """The session's secret in the request, if it looks like one."""
    return _read("signet")


def browser_digest() -> str:
    """The digest of this browser's cookie; a browser without one is given one with the answer."""
    value = _read("signet-browser")
    if value is None:
        value = g.new_browser = new_secret("brw")
    return digest(value)


def set_session(response: Response, secret: str) -> None:
    """Hand a browser its session."""
    _write(response, "signet", secret, None)


def clear_session(response: Response) -> None:
    """Take a browser's session cookie away."""
    _write(response, "signet", "", 0)


def set_language(response: Response, language: str) -> None:
    """Remember a language in this browser; our pages read and write it, too."""
    response.set_cookie(LANGUAGE, language, max_age=YEAR, path="/", secure=secure(), samesite="Lax")


def chosen_language() -> str | None:
    """The language that was chosen in this browser."""
    told = request.cookies.get(LANGUAGE, "")
    return told if told in LANGUAGES else None


def set_new_browser(response: Response) -> Response:
    """Hand a new browser its cookie, unless caches may hand the answer on to others."""
    if (value := g.pop("new_browser", None)) and not response.cache_control.public:
        _write(response, "signet-browser", value, YEAR)
    return response


def _name(plain: str) -> str:
    return f"__Host-{plain}" if secure() else plain


def _read(plain: str) -> str | None:
    value = request.cookies.get(_name(plain), "")
    return value if SECRET.fullmatch(value) else None


def _write(response: Response, plain: str, value: str, age: int | None) -> None:
    response.set_cookie(_name(plain), value, max_age=age, path="/", secure=secure(), httponly=True, samesite="Lax")
