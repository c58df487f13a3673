"""The two small pages for people: the front page, and where a mailed link leads. They change nothing."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from functools import cache
from typing import Any

import requests
from flask import Response, g
from flask_smorest import Blueprint
from jinja2 import Environment, PackageLoader, StrictUndefined

from chassis.access import access, principal, runtime
from chassis.ids import digest
from chassis.problem import Problem, not_found
from chassis.tokens import Kind, Principal
from gateway.authenticate import LINK
from gateway.proxy import relay
from gateway.routes import LINK_ROUTE
from gateway.words import INDEX, SIGN, STATES

blueprint = Blueprint("pages", __name__)


@blueprint.route("/", methods=["GET"])
@access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)
def index() -> Response:
    """What this is, and where its parts are."""
    words = INDEX[g.language]
    return _page("index.html", 200, words["title"], words=words, embedded=runtime().settings.embedded)


@blueprint.route("/sign/<link>", methods=["GET"])
@access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)
def sign(link: str) -> Response:
    """What a mailed link is about; mail scanners open it, so looking at it records nothing."""
    try:
        status, shown = 200, _look(link)
    except Problem as problem:
        status, shown = problem.status, None
    return _page(
        "sign.html", status, SIGN[g.language]["title"], words=SIGN[g.language], shown=shown, status=status, link=link
    )


@blueprint.route("/sign/<link>/<any(document, certificate):which>", methods=["GET"])
@access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)
def download(link: str, which: str) -> Response:
    """The finished document, or its certificate, for the holder of a link."""
    return relay(_ask(link, f"{LINK_ROUTE}/files/{which}"))


def _look(link: str) -> dict[str, str]:
    """Title, sender, deadline and state, as *signing* tells the holder of the link; raises its problem."""
    with _ask(link, LINK_ROUTE) as answer:
        if answer.status_code != 200:
            raise Problem(404 if answer.status_code < 500 else 503, "unavailable")
        return _shown(answer.json())


def _ask(link: str, path: str) -> requests.Response:
    if not LINK.fullmatch(link):
        raise not_found()
    asker = principal()
    who = Principal(Kind.LINK, digest(link), browser=asker.browser, ip=asker.ip, user_agent=asker.user_agent)
    return runtime().client.forward("signing", "GET", path, who, {"Accept-Language": g.language})


def _shown(told: dict[str, Any]) -> dict[str, str]:
    sender = told.get("sender") or {}
    state = str(told.get("state") or told.get("status") or "")
    return {
        "title": told.get("title") or "",
        "sender": sender if isinstance(sender, str) else str(sender.get("name") or ""),
        "state": STATES.get(state, {}).get(g.language, ""),
        "deadline": _moment(told["deadline"]) if told.get("deadline") else "",
        "finished": "yes" if state == "completed" or told.get("completed_at") else "",
    }


def _moment(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _page(template: str, code: int, title: str, **values: Any) -> Response:
    nonce = secrets.token_urlsafe(16)
    text = _templates().get_template(template).render(language=g.language, title=title, nonce=nonce, **values)
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store", "Vary": "Accept-Language"}
    return Response(text, code, headers, content_type="text/html; charset=utf-8")


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("gateway"), autoescape=True, undefined=StrictUndefined)
