"""Where a browser goes to log in by an issuer, and where the issuer sends it back to. Both only redirect.

From inside the profile people go there by `gateway.proving`; they come back here, too.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import redirect, request
from flask_smorest import Blueprint
from werkzeug.wrappers import Response

from chassis.access import access, principal, runtime
from chassis.problem import Problem, not_found
from chassis.tokens import Kind
from gateway import entering, flows, pending, proving
from gateway.addresses import local
from gateway.oidc import Issuer, IssuerAway, NotAfresh, Refused
from gateway.parts import parts_of
from gateway.providers import Provider

log = logging.getLogger(__name__)
blueprint = Blueprint("oidc", __name__, url_prefix="/oidc")
blueprint.after_request(entering.hand_over)
everybody = access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)
SECOND_FACTOR_PAGE, REGISTER_PAGE, LINK_PAGE = "/login/second-factor", "/register/continue", "/login/link"


@blueprint.route("/<name>/login", methods=["GET"])
@everybody
def begin(name: str) -> Response:
    """Go to the issuer; ``return_to`` is where to go at the end, an address of ours."""
    issuer = _issuer(name)
    try:
        start = issuer.start()
    except IssuerAway as error:
        return _failed("oidc_away", error)
    flows.keep(runtime(), principal().browser, name, start, local(request.args.get("return_to", "/")))
    return redirect(start.url, 303)


@blueprint.route("/<name>/callback", methods=["GET"])
@everybody
def come_back(name: str) -> Response:
    """Come back from the issuer: logged in, or to the page of the next step, or to the profile."""
    issuer, told = _issuer(name), request.args
    flow = flows.take(runtime(), principal().browser, name, told.get("state", ""))
    if flow is None or told.get("iss", issuer.provider.issuer) != issuer.provider.issuer:  # RFC 9207 §2.4
        return _failed("oidc_state")
    if "error" in told or not told.get("code"):
        return _failed("oidc_denied", flow=flow)
    try:
        claims = issuer.finish(told["code"], flow["nonce"], flow["verifier"], flow.get("since"))
        return redirect(_onward(issuer.provider, claims, flow), 303)
    except IssuerAway as error:
        return _failed("oidc_away", error, flow)
    except NotAfresh as error:
        return _failed("oidc_not_afresh", error, flow)
    except Refused as error:
        return _failed("oidc_refused", error, flow)
    except Problem as problem:
        return _failed(problem.code, problem, flow)


def _onward(provider: Provider, claims: dict[str, Any], flow: dict[str, Any]) -> str:
    if "purpose" not in flow:
        return _next(provider, claims, flow["return_to"])
    return proving.back(flow["return_to"], proving.finish(flow, identity_of(provider, claims)))


def _next(provider: Provider, claims: dict[str, Any], return_to: str) -> str:
    """Where to go with somebody the issuer vouches for."""
    identity, asked_at = identity_of(provider, claims), datetime.now(UTC)
    body = {"identity": identity, "ip": principal().ip}
    found = runtime().client.call("identity", "POST", "/internal/external-logins", body)
    match found["outcome"]:
        case "known":
            answer = found["account"]
            if entering.wants_second_factor(answer, asked_at, return_to):
                return SECOND_FACTOR_PAGE
            entering.open_for(answer, asked_at)
            return return_to
        case "register" | "link" as step:
            waiting = {"identity": identity, "name": name_of(claims), "return_to": return_to}
            pending.begin(runtime(), principal().browser, step, waiting, asked_at)
            return REGISTER_PAGE if step == pending.REGISTER else LINK_PAGE
        case _:
            raise Problem(422, "oidc_unverified")


def identity_of(provider: Provider, claims: dict[str, Any]) -> dict[str, Any]:
    """Who somebody is there. An address counts only when the issuer says that it has checked it."""
    email, vouched = claims.get("email"), claims.get("email_verified")
    verified = vouched is True or vouched == "true" or (vouched is None and provider.trusted_email)
    named = isinstance(email, str) and verified and len(email) <= 254
    return {
        "provider": provider.name, "title": provider.title, "issuer": provider.issuer, "subject": claims["sub"],
        "verified": named, **({"email": email} if named else {}),
    }  # fmt: skip


def name_of(claims: dict[str, Any]) -> str:
    """The person's name as one clean line, empty when the issuer does not tell one."""
    name = claims.get("name")
    line = "".join(char if char.isprintable() else " " for char in name) if isinstance(name, str) else ""
    return " ".join(line.split())[:100].strip()


def _issuer(name: str) -> Issuer:
    found = parts_of(runtime()).issuers.get(name)
    if found is None:
        raise not_found()
    return found


def _failed(code: str, error: Exception | None = None, flow: dict[str, Any] | None = None) -> Response:
    log.warning("logging in by an issuer failed: %s %s", code, error or "")
    if flow and "purpose" in flow:
        return redirect(proving.back(flow["return_to"], code), 303)
    return redirect(f"/login?{urlencode({'error': code})}", 303)
