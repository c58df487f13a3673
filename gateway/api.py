"""The gateway's own part of the API: sessions, and the description of all of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response, g, jsonify, make_response
from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.ids import parse_public_id, public_id
from chassis.tokens import Kind
from gateway import cookies, sessions
from gateway.csrf import token_for
from gateway.models import Membership, Session, Workspace
from gateway.parts import parts_of
from gateway.schemas import Choice, Login, SessionState, SignedInList
from gateway.sessions import Current

blueprint = Blueprint("session", __name__, url_prefix="/api/v1", description="Logging in and out")


@blueprint.route("/session", methods=["POST"])
@blueprint.arguments(Login)
@blueprint.response(201, SessionState)
@access(Kind.ANONYMOUS, Kind.LINK, workspace=False, idempotent=False)
def log_in(login: dict[str, Any]) -> Any:
    """Log in. The session before, if there is one, ends."""
    live, who, asked_at = runtime(), principal(), datetime.now(UTC)
    answer = live.client.call("identity", "POST", "/internal/authenticate", {**login, "ip": who.ip})
    secret, current = sessions.open_session(live.db, answer, asked_at, who.ip, who.user_agent)
    if before := cookies.session_cookie():
        sessions.end_by_secret(live.db, before)
    g.set_session = secret
    return _state(current, secret)


@blueprint.route("/session", methods=["GET"])
@blueprint.response(200, SessionState)
@access(Kind.USER, workspace=False)
def get_session() -> Any:
    """Who is logged in, where, and the token that unsafe requests need."""
    return _state(g.current, cookies.session_cookie() or "")


@blueprint.route("/session", methods=["DELETE"])
@blueprint.response(204)
@access(Kind.USER, workspace=False)
def log_out() -> None:
    """Log out."""
    sessions.end_session(runtime().db, principal().account, g.current.session.id)
    g.set_session = ""


@blueprint.route("/session/workspace", methods=["PUT"])
@blueprint.arguments(Choice)
@blueprint.response(200, SessionState)
@access(Kind.USER, workspace=False)
def switch(choice: dict[str, Any]) -> Any:
    """Work in another of one's workspaces."""
    current = sessions.switch_workspace(runtime().db, g.current, choice["workspace_id"])
    return _state(current, cookies.session_cookie() or "")


@blueprint.route("/sessions", methods=["GET"])
@blueprint.response(200, SignedInList)
@access(Kind.USER, workspace=False)
def list_all() -> Any:
    """Everywhere this person is logged in."""
    found = sessions.list_sessions(runtime().db, principal().account)
    return {"sessions": [_signed_in(session) for session in found]}


@blueprint.route("/sessions/<session_id>", methods=["DELETE"])
@blueprint.response(204)
@access(Kind.USER, workspace=False)
def end(session_id: str) -> None:
    """End one of one's sessions."""
    sessions.end_session(runtime().db, principal().account, parse_public_id("ses", session_id))


@blueprint.route("/openapi.json", methods=["GET"])
@access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)
def describe() -> Any:
    """This description."""
    response = make_response(jsonify(parts_of(runtime()).description.get()))
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@blueprint.after_request
def hand_over(response: Response) -> Response:
    """Put the session's cookie on the answer, or take it away."""
    secret = g.pop("set_session", None)
    if secret:
        cookies.set_session(response, secret)
    elif secret == "":
        cookies.clear_session(response)
    return response


def _state(current: Current, secret: str) -> dict[str, Any]:
    account = current.account
    names = ("email", "name", "language", "time_zone", "date_format")
    return {
        "csrf_token": token_for(secret), "session_id": current.public_id,
        "account": {"account_id": public_id("acc", account.id), **{name: getattr(account, name) for name in names}},
        "workspace": current.here and _workspace(*current.here),
        "workspaces": [_workspace(*pair) for pair in current.memberships],
    }  # fmt: skip


def _workspace(member: Membership, workspace: Workspace) -> dict[str, Any]:
    return {
        "workspace_id": workspace.public_id, "name": workspace.name, "region": workspace.region,
        "roles": sorted(member.roles),
    }  # fmt: skip


def _signed_in(session: Session) -> dict[str, Any]:
    names = ("created_at", "last_seen_at", "ip", "user_agent")
    current = session.id == g.current.session.id
    return {"session_id": public_id("ses", session.id), "current": current, **{n: getattr(session, n) for n in names}}
