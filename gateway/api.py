"""The gateway's own part of the API: sessions, and the description of all of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from flask import g, jsonify, make_response
from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.ids import parse_public_id, public_id
from chassis.problem import unavailable
from chassis.tokens import Kind
from gateway import cookies, sessions
from gateway.devices import device_of
from gateway.entering import enter, hand_over, state_of
from gateway.models import Session
from gateway.parts import parts_of
from gateway.schemas import Choice, LanguageChoice, Login, PendingState, SessionState, SignedInList

blueprint = Blueprint("session", __name__, url_prefix="/api/v1", description="Logging in and out")
blueprint.after_request(hand_over)


@blueprint.route("/session", methods=["POST"])
@blueprint.arguments(Login)
@blueprint.response(201, SessionState)
@blueprint.alt_response(202, schema=PendingState, description="The login waits for the second factor.")
@access(Kind.ANONYMOUS, Kind.LINK, workspace=False, idempotent=False)
def log_in(login: dict[str, Any]) -> Any:
    """Log in. The session before, if there is one, ends. With two-factor login on, the answer is 202 and the step."""
    asked_at = datetime.now(UTC)
    answer = runtime().client.call("identity", "POST", "/internal/authenticate", {**login, "ip": principal().ip})
    return enter(answer, asked_at)


@blueprint.route("/session", methods=["GET"])
@blueprint.response(200, SessionState)
@access(Kind.USER, workspace=False)
def get_session() -> Any:
    """Who is logged in, where, and the token that unsafe requests need."""
    return state_of(g.current, cookies.session_cookie() or "")


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
    return state_of(current, cookies.session_cookie() or "")


@blueprint.route("/sessions", methods=["GET"])
@blueprint.response(200, SignedInList)
@access(Kind.USER, workspace=False)
def list_all() -> Any:
    """Everywhere this person is logged in."""
    found = sessions.list_sessions(runtime().db, principal().account)
    return {"sessions": [_signed_in(session) for session in found]}


@blueprint.route("/sessions", methods=["DELETE"])
@blueprint.response(204)
@access(Kind.USER, workspace=False)
def end_others() -> None:
    """End all of one's sessions but this one."""
    sessions.end_others(runtime().db, principal().account, g.current.session.id)


@blueprint.route("/sessions/<session_id>", methods=["DELETE"])
@blueprint.response(204)
@access(Kind.USER, workspace=False)
def end(session_id: str) -> None:
    """End one of one's sessions."""
    sessions.end_session(runtime().db, principal().account, parse_public_id("ses", session_id))


@blueprint.route("/language", methods=["PUT"])
@blueprint.arguments(LanguageChoice)
@blueprint.response(204)
@access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)
def choose_language(choice: dict[str, str]) -> None:
    """Read in another language: remembered in this browser and, logged in, as one's preference."""
    if principal().kind is Kind.USER:
        address, headers = "/api/v1/account/preferences", {"Content-Type": "application/json"}
        with runtime().client.forward("identity", "PUT", address, principal(), headers, json.dumps(choice)) as answer:
            if answer.status_code != 200:
                raise unavailable()
    g.set_language = choice["language"]


@blueprint.route("/openapi.json", methods=["GET"])
@access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)
def describe() -> Any:
    """This description."""
    response = make_response(jsonify(parts_of(runtime()).description.get()))
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _signed_in(session: Session) -> dict[str, Any]:
    names = ("created_at", "last_seen_at", "ip", "user_agent")
    current = session.id == g.current.session.id
    told = {name: getattr(session, name) for name in names}
    device, place = device_of(session.user_agent), parts_of(runtime()).places.of(session.ip, g.language)
    return {"session_id": public_id("ses", session.id), "current": current, "device": device, "place": place, **told}
