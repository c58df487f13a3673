"""The console: one page for each of its addresses, and the files it is made of."""

from __future__ import annotations

import secrets
from functools import cache
from typing import Any

from flask import Response, g, request, send_from_directory
from flask_smorest import Blueprint
from jinja2 import Environment, PackageLoader, StrictUndefined

from chassis.access import access, runtime
from chassis.problem import not_found
from chassis.tokens import Kind
from gateway.bundle import FOLDER, entry
from gateway.parts import parts_of
from gateway.words import NOSCRIPT

SOURCE = "src/console/main.tsx"
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
ADDRESSES = (
    "/",
    "/login",
    "/login/second-factor",
    "/login/link",
    "/register",
    "/register/continue",
    "/forgot-password",
    "/invitation",
    "/terms",
    "/privacy",
    "/data-processing",
    "/agreements",
    "/agreements/new",
    "/agreements/<agreement>",
    "/agreements/<agreement>/<any(edit, fields, sent):step>",
    "/templates",
    "/management/workspace",
    "/management/workspace/log",
    "/management/seals",
    "/management/billing",
    "/management/billing/purchase",
    "/management/billing/orders/<order>",
    "/account/<any(profile, signatures, settings):part>",
)
YEAR = 31536000
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='4' fill='%230052d9'/%3E"
    "%3Cpath d='M7 21c5 0 5-11 9-11s1 11 5 11 2-4 4-4' fill='none' stroke='white' stroke-width='2.5'/%3E%3C/svg%3E"
)
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))

blueprint = Blueprint("console", __name__)


@access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)
def page(**_: str) -> Response:
    """The console's one page; what it shows follows from the address."""
    return render("console.html", SOURCE, noscript=NOSCRIPT[language()], icon=ICON)


for _address in ADDRESSES:
    blueprint.add_url_rule(_address, "page", page, methods=["GET"])


@blueprint.route("/static/assets/<path:name>", methods=["GET"])
@access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)
def asset(name: str) -> Response:
    """A built file. Its name changes with its content, so it is kept for ever."""
    for encoding, ending in ENCODINGS:
        if encoding in request.accept_encodings and (FOLDER / "assets" / (name + ending)).is_file():
            return _forever(name, ending, encoding)
    return _forever(name)


def _forever(name: str, ending: str = "", encoding: str = "") -> Response:
    if name.endswith((".br", ".gz")):
        raise not_found()
    response = send_from_directory(FOLDER / "assets", name + ending, mimetype=_kind(name), max_age=YEAR)
    response.cache_control.public = response.cache_control.immutable = True
    response.vary.add("Accept-Encoding")
    if encoding:
        response.content_encoding = encoding
    return response


def _kind(name: str) -> str | None:
    return "text/javascript" if name.endswith((".js", ".mjs")) else "font/woff2" if name.endswith(".woff2") else None


def language() -> str:
    """The language of a page: the one that was chosen in this browser, else the one it asks for."""
    chosen = request.cookies.get("signet-language", "")
    return chosen if chosen in LANGUAGES else str(g.language)


def policy(nonce: str) -> str:
    """The Content-Security-Policy of our pages. Page images may come from the object store itself."""
    stores = " ".join(sorted(parts_of(runtime()).origins))
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
        f"style-src-attr 'none'; img-src 'self' data: blob: {stores}; font-src 'self'; connect-src 'self' {stores}; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def render(template: str, source: str, status: int = 200, **values: Any) -> Response:
    """A page made of a template and an entry of the bundle."""
    nonce = secrets.token_urlsafe(16)
    text = templates().get_template(template)
    told = text.render(language=language(), nonce=nonce, entry=entry(source), **values)
    headers = {
        "Content-Security-Policy": policy(nonce),
        "Cache-Control": "no-store",
        "Vary": "Accept-Language, Cookie",
    }
    return Response(told, status, headers, content_type="text/html; charset=utf-8")


@cache
def templates() -> Environment:
    """The gateway's templates."""
    return Environment(loader=PackageLoader("gateway"), autoescape=True, undefined=StrictUndefined)
