"""Who asks: a session, a signing link, or nobody we know. Nothing else in a request is believed."""

from __future__ import annotations

import re

from flask import g, request

from chassis.access import permit, rule_of, runtime
from chassis.ids import digest
from chassis.problem import Problem, not_found
from chassis.tokens import Kind, Principal
from gateway import cookies, csrf
from gateway.client_address import client_address, inside, limited_as
from gateway.limits import class_of
from gateway.parts import parts_of, settings_of
from gateway.routes import LINK_ROUTE, route_of, under
from gateway.sessions import Current, find_session

LINK = re.compile(r"sgl_[A-Za-z0-9_-]{43}")
LOGIN = re.compile(r"/api/v1/session(/(second-factor|passkey|link|registration|invitation)(/.+)?)?")


PENDING = "/api/v1/session/pending"
WORKSPACE = "Workspace"  # the header by which a page tells in which workspace it was drawn
PERSONAL = ("session", "sessions", "account", "language", "workspaces", "invitations")


def authenticate() -> None:
    """Set `g.principal` and `g.current`, apply limits, CSRF protection and the route's rule; raises problems."""
    g.principal, g.current = Principal(Kind.ANONYMOUS), None
    rule = rule_of(request.endpoint)
    if rule is None:
        _guard_metrics()
        return
    ip = client_address(settings_of(runtime()).trusted_proxies)
    _limit(limited_as(ip))
    csrf.check_origin()
    g.principal = _principal(ip)
    if not request.path.startswith("/api/"):
        g.language = cookies.chosen_language() or (g.current.account.language if g.current else g.language)
    permit(rule, g.principal)


def _principal(ip: str) -> Principal:
    browser, user_agent = cookies.browser_digest(), request.headers.get("User-Agent", "")[:300]
    link, current = _link(), _session()
    if link and (current is None or under(request.path, LINK_ROUTE)):
        return Principal(Kind.LINK, digest(link), browser=browser, ip=ip, user_agent=user_agent)
    g.current = current
    if current is None:
        return Principal(Kind.ANONYMOUS, browser=browser, ip=ip, user_agent=user_agent)
    _limit(current.public_id)
    _demand_same_workspace(current)
    return speak_for(current, browser, ip, user_agent)


def speak_for(current: Current, browser: str, ip: str, user_agent: str) -> Principal:
    """The principal of a session, with the roles its person has at this moment."""
    member, workspace = current.here or (None, None)
    return Principal(
        Kind.USER, str(current.account.id), workspace and workspace.id, frozenset(member.roles if member else ()),
        current.account.email, current.account.name, browser, ip, user_agent, current.public_id,
    )  # fmt: skip


def _demand_same_workspace(current: Current) -> None:
    """A page of another workspace than the session works in by now must neither change that one nor show it as its own.

    The person may have changed over in another tab, or was led out of a workspace that was closed.
    """
    told, here = request.headers.get(WORKSPACE), current.here
    personal = any(under(request.path, f"/api/v1/{name}") for name in PERSONAL)
    if told and told != (here and here[1].public_id) and not personal:
        raise Problem(409, "workspace_changed")


def _link() -> str | None:
    link = request.headers.get("Signing-Link")
    if link is not None and not LINK.fullmatch(link):
        raise not_found()
    return link


def _session() -> Current | None:
    secret = cookies.session_cookie()
    if secret is None or _left_aside():
        return None
    current = find_session(runtime().db, secret)
    if current and not (request.headers.get("Signing-Link") and under(request.path, LINK_ROUTE)):
        csrf.check_token(secret)
    return current


def _left_aside() -> bool:
    route = route_of(request.path, embedded=True)
    login = request.method == "POST" and LOGIN.fullmatch(request.path)
    return bool((route and route.anonymous) or login or (request.method, request.path) == ("DELETE", PENDING))


def _limit(who: str) -> None:
    g.limits = parts_of(runtime()).limiter.check(class_of(request.method, request.path), who)


def _guard_metrics() -> None:
    settings = settings_of(runtime())
    direct = "X-Forwarded-For" not in request.headers
    if request.endpoint == "metrics" and not (direct and inside(request.remote_addr or "", settings.metrics_networks)):
        raise not_found()
