"""The pages for people without an account: where a mailed link leads, verification, and drawing on a phone.

Looking at them changes nothing: mail scanners open links, too. Who is logged in signs at ``/sign/<agreement id>``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import requests
from flask import Response, g, redirect, request
from flask_smorest import Blueprint
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from chassis.access import access, principal, runtime
from chassis.ids import digest
from chassis.problem import Problem, not_found
from chassis.tokens import Kind, Principal
from gateway import bundle, console, cookies
from gateway.authenticate import LINK
from gateway.csrf import token_for
from gateway.proxy import relay
from gateway.routes import LINK_ROUTE
from gateway.words import PAGES

blueprint = Blueprint("pages", __name__)
everybody = access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)
SIGNING, VERIFY, DRAW = "src/signing/main.tsx", "src/verify/main.tsx", "src/draw/main.tsx"
FIRST_WIDTH = 800
COLOUR, HEX = "#0052d9", re.compile(r"#[0-9a-f]{6}")


@blueprint.route("/sign/<ref>", methods=["GET"])
@everybody
def sign(ref: str) -> Answer:
    """The signing page, by a mailed link or, logged in, by an agreement's id."""
    by_id = ref.startswith("agr_")
    if by_id and principal().kind is not Kind.USER:
        return redirect(f"/login?next=/sign/{ref}", 303)
    status, told = _state(ref)
    state = told if status == 200 else None
    boot: dict[str, Any] = {
        "ref": ref if by_id else "link",
        "link": "" if by_id else ref,
        "csrf": _csrf() if by_id else "",
    }
    language = _language(state)
    boot |= {"state": state, "problem": None if state else told.get("code"), "language": language}
    title = state["title"] if state else PAGES[language]["sign"]
    look = (state or {}).get("look") or {}
    return _page(SIGNING, status, language, title, boot, first=_first(ref, by_id, state, language), look=look)


@blueprint.route("/sign/<link>/<any(document, certificate, bundle):which>", methods=["GET"])
@everybody
def download(link: str, which: str) -> Response:
    """The finished document, its certificate, or all as a ZIP, for the holder of a link."""
    return relay(_ask(link, f"/files/{which}"))


@blueprint.route("/sign/<link>/pages/<int:page>", methods=["GET"])
@everybody
def page_image(link: str, page: int) -> Response:
    """A page's picture for the holder of a link: an image element cannot send a header."""
    width = request.args.get("width", FIRST_WIDTH, int)
    return relay(_ask(link, f"/pages/{page}/image?width={width}"))


@blueprint.route("/sign/<link>/fields/<field>", methods=["GET"])
@everybody
def field_image(link: str, field: str) -> Response:
    """The picture in a field of the link's holder."""
    if not field.removeprefix("fld_").isalnum():
        raise not_found()
    return relay(_ask(link, f"/fields/{field}/image"))


@blueprint.route("/verify", methods=["GET"])
@blueprint.route("/verify/<agreement>", methods=["GET"])
@everybody
def verify(agreement: str = "") -> Response:
    """Check a PDF, or see what the QR code of a certificate stands for."""
    language = console.language()
    return _page(VERIFY, 200, language, PAGES[language]["verify"], {"agreement": agreement, "language": language})


@blueprint.route("/draw/<secret>", methods=["GET"])
@everybody
def draw(secret: str) -> Response:
    """Draw a signature on a phone for a page that is open elsewhere."""
    language = console.language()
    return _page(DRAW, 200, language, PAGES[language]["draw"], {"secret": secret, "language": language})


def _state(ref: str) -> tuple[int, dict[str, Any]]:
    """How the agreement stands, or the problem of not being told so, with its status."""
    try:
        with _ask(ref, "") as answer:
            if answer.status_code >= 500:
                return 503, {"code": "unavailable"}
            return answer.status_code, answer.json()
    except Problem as problem:
        return problem.status, {"code": problem.code}


def _ask(ref: str, path: str) -> requests.Response:
    asker, headers = principal(), {"Accept-Language": str(g.language)}
    if "If-None-Match" in request.headers:
        headers["If-None-Match"] = request.headers["If-None-Match"]
    if asker.kind is Kind.USER and ref.startswith("agr_"):
        return runtime().client.forward("signing", "GET", f"/api/v1/signing/{ref}{path}", asker, headers)
    if not LINK.fullmatch(ref):
        raise not_found()
    who = Principal(Kind.LINK, digest(ref), browser=asker.browser, ip=asker.ip, user_agent=asker.user_agent)
    return runtime().client.forward("signing", "GET", LINK_ROUTE + path, who, headers)


def _csrf() -> str:
    return token_for(cookies.session_cookie() or "")


def _language(state: dict[str, Any] | None) -> str:
    """What was chosen in this browser, else the recipient's own, else what the browser asks for."""
    if request.cookies.get("signet-language") in console.LANGUAGES or state is None:
        return console.language()
    own = (state.get("recipient") or {}).get("language")
    return own if own in console.LANGUAGES else console.language()


def _first(ref: str, by_id: bool, state: dict[str, Any] | None, language: str) -> dict[str, Any] | None:
    """What is shown before any script runs: the sender's message, and the first page's picture."""
    if not state or not state.get("pages"):
        return None
    page = state["pages"][0]
    address = f"/api/v1/signing/{ref}/pages/0/image" if by_id else f"/sign/{ref}/pages/0"
    height = round(FIRST_WIDTH * page["height"] / page["width"])
    return {
        "src": f"{address}?width={FIRST_WIDTH}", "width": FIRST_WIDTH, "height": height, "message": state["message"],
        "sender": state["sender"]["name"], "colon": ": " if language == "en" else "：",
    }  # fmt: skip


def _page(
    source: str, status: int, language: str, title: str, boot: dict[str, Any], first: dict[str, Any] | None = None,
    look: Mapping[str, Any] = MappingProxyType({}),
) -> Response:  # fmt: skip
    text = json.dumps(boot, ensure_ascii=False).replace("<", "\\u003c")
    css = Markup(_css(source) + _own_colour(look))  # noqa: S704
    return console.render(
        "page.html", source, status, title=title, page_language=language, boot=Markup(text), first=first,  # noqa: S704
        css=css, logo=look.get("logo"), icon=console.ICON, noscript=PAGES[language]["noscript"],
        words=bundle.entry(f"src/words/{language}/signing.json").script, colour=look.get("colour") or COLOUR,
    )  # fmt: skip


def _own_colour(look: Mapping[str, Any]) -> str:
    """The sender's colour in place of ours."""
    colour = look.get("colour") or ""
    return f":root{{--brand:{colour}}}" if HEX.fullmatch(colour) else ""


@cache
def _css(source: str) -> str:
    """The style sheets of an entry; they stand in the page, so that nothing waits for another request."""
    return "".join(_read(address) for address in bundle.entry(source).styles)


def _read(address: str) -> str:
    return Path(bundle.FOLDER / address.removeprefix(bundle.ADDRESS)).read_text(encoding="utf-8")
