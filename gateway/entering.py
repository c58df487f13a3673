"""The last step of every login: a session, or first the second factor."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, g, jsonify

from chassis.access import principal, runtime
from chassis.ids import public_id
from contracts.rights import rights_of
from gateway import cookies, pending, sessions
from gateway.csrf import token_for
from gateway.models import Membership, Workspace
from gateway.schemas import PendingState
from gateway.sessions import Current


def enter(answer: dict[str, Any], asked_at: datetime, return_to: str = "/") -> Any:
    """What to answer to somebody *identity* recognised: the session's state, or 202 with the step that is next."""
    if wants_second_factor(answer, asked_at, return_to):
        return pending_answer()
    return open_for(answer, asked_at)


def wants_second_factor(answer: dict[str, Any], asked_at: datetime, return_to: str) -> bool:
    """Have the login wait for the second factor if its account has one."""
    if not answer["second_factors"]:
        return False
    told = {"account": answer, "return_to": return_to}
    pending.begin(runtime(), principal().browser, pending.SECOND_FACTOR, told, asked_at)
    return True


def open_for(answer: dict[str, Any], asked_at: datetime) -> dict[str, Any]:
    """Open a session, ending the one this browser had; its state."""
    live, who = runtime(), principal()
    secret, current = sessions.open_session(live.db, answer, asked_at, who.ip, who.user_agent)
    if before := cookies.session_cookie():
        sessions.end_by_secret(live.db, before)
    pending.drop(live, who.browser)
    g.set_session, g.set_language = secret, current.account.language
    return state_of(current, secret)


def pending_answer() -> Response:
    """202 with what the login waits for."""
    response = jsonify(PendingState().dump(pending_state()))
    response.status_code = 202
    return response


def pending_state() -> dict[str, Any]:
    """What this browser's login waits for; the step is None when nothing is pending."""
    found = pending.find(runtime(), principal().browser)
    told = found.told if found else {}
    person = told.get("account") or told.get("identity") or {}
    return {
        "step": found.step if found else None, "methods": person.get("second_factors", []),
        "email": person.get("email"), "name": told.get("name") or person.get("name"),
        "provider": person.get("title"), "return_to": told.get("return_to"),
    }  # fmt: skip


def state_of(current: Current, secret: str) -> dict[str, Any]:
    """A session as its person sees it."""
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
        "roles": sorted(member.roles), "rights": rights_of(member.roles),
    }  # fmt: skip


def hand_over(response: Response) -> Response:
    """Put the session's cookie on the answer, or take it away; remember the account's language in this browser."""
    secret = g.pop("set_session", None)
    if secret:
        cookies.set_session(response, secret)
    elif secret == "":
        cookies.clear_session(response)
    if language := g.pop("set_language", None):
        cookies.set_language(response, language)
    return response
