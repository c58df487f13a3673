"""The steps of logging in after the first: second factor, passkey, first registration and linking by an issuer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import g
from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.tokens import Kind
from gateway import entering, pending
from gateway.entering import enter, open_for
from gateway.parts import parts_of
from gateway.schemas import (
    CodeMailed,
    FactorTry,
    InvitedForm,
    LinkConfirmation,
    PasskeyOptions,
    PasskeyTry,
    PendingState,
    PersonForm,
    ProviderList,
    SessionState,
)

blueprint = Blueprint("login", __name__, url_prefix="/api/v1/session", description="Logging in and out")
blueprint.after_request(entering.hand_over)
outsiders = access(Kind.ANONYMOUS, Kind.LINK, workspace=False, idempotent=False)
everybody = access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False, idempotent=False)
WAITS = {"schema": PendingState, "description": "The login waits for another step."}


@blueprint.route("/providers", methods=["GET"])
@blueprint.response(200, ProviderList)
@everybody
def list_providers() -> Any:
    """The issuers people may log in by; their ``login_url`` is for the browser to go to."""
    found = [issuer.provider for issuer in parts_of(runtime()).issuers.values()]
    rows = [
        {"name": one.name, "title": one.title, "issuer": one.issuer, "login_url": f"/oidc/{one.name}/login"}
        for one in found
    ]
    return {"providers": rows}


@blueprint.route("/pending", methods=["GET"])
@blueprint.response(200, PendingState)
@everybody
def show_pending() -> Any:
    """What this browser's login waits for."""
    return entering.pending_state()


@blueprint.route("/pending", methods=["DELETE"])
@blueprint.response(204)
@outsiders
def drop_pending() -> None:
    """Begin logging in anew."""
    pending.drop(runtime(), principal().browser)


@blueprint.route("/second-factor", methods=["POST"])
@blueprint.arguments(FactorTry)
@blueprint.response(201, SessionState)
@outsiders
def pass_second_factor(values: dict[str, str]) -> Any:
    """Log in by the code of the authenticator app, or a recovery code, after the first step."""
    waiting = pending.demand(runtime(), principal().browser, pending.SECOND_FACTOR)
    account = waiting.told["account"]["account_id"]
    answer = _identity("/second-factor", account_id=account, ip=principal().ip, **values)
    pending.end(runtime(), waiting.id)
    return open_for(answer, waiting.asked_at)


@blueprint.route("/second-factor/passkey/options", methods=["POST"])
@blueprint.response(200, PasskeyOptions)
@outsiders
def begin_second_passkey() -> Any:
    """What the browser needs for one of the account's passkeys, after the first step."""
    waiting = pending.demand(runtime(), principal().browser, pending.SECOND_FACTOR)
    account = waiting.told["account"]["account_id"]
    return _identity("/passkeys/options", browser=principal().browser, account_id=account)


@blueprint.route("/passkey/options", methods=["POST"])
@blueprint.response(200, PasskeyOptions)
@outsiders
def begin_passkey() -> Any:
    """What the browser needs to log in by a passkey alone; good for five minutes."""
    return _identity("/passkeys/options", browser=principal().browser)


@blueprint.route("/passkey", methods=["POST"])
@blueprint.arguments(PasskeyTry)
@blueprint.response(201, SessionState)
@outsiders
def log_in_by_passkey(values: dict[str, Any]) -> Any:
    """Log in by the passkey that answered; it stands for both steps."""
    asked_at, who = datetime.now(UTC), principal()
    answer = _identity("/passkeys/verify", browser=who.browser, ip=who.ip, **values)
    return open_for(answer, asked_at)


@blueprint.route("/registration", methods=["POST"])
@blueprint.arguments(PersonForm)
@blueprint.response(201, SessionState)
@outsiders
def register(values: dict[str, Any]) -> Any:
    """Complete a first login by an issuer: agree to the terms, say the region."""
    asked_at = datetime.now(UTC)
    waiting = pending.demand(runtime(), principal().browser, pending.REGISTER)
    person = {**values, "name": values.get("name") or waiting.told["name"]}
    told = {"identity": waiting.told["identity"], "ip": principal().ip}
    answer = _identity("/external-logins/registration", **told, person=person, language=g.language)
    pending.end(runtime(), waiting.id)
    return open_for(answer, asked_at)


@blueprint.route("/invitation", methods=["POST"])
@blueprint.arguments(InvitedForm)
@blueprint.response(201, SessionState)
@outsiders
def register_invited(values: dict[str, Any]) -> Any:
    """Accept an invitation without an account: it is made, joins the workspace, and is logged in."""
    asked_at, token, password = datetime.now(UTC), values.pop("token"), values.pop("password")
    invitee = runtime().client.call("workspace", "POST", "/internal/invitations/look", {"token": token})
    person = {
        **values,
        "name": values.get("name") or invitee["name"],
        "region": values.get("region", invitee["region"]),
    }
    told = {"email": invitee["email"], "password": password, "language": g.language, "ip": principal().ip}
    answer = _identity("/invited-registrations", **told, person=person)
    joining = {"token": token, **{name: answer[name] for name in ("account_id", "email", "name")}}
    runtime().client.call("workspace", "POST", "/internal/invitations/join", joining)
    return open_for(answer, asked_at)


@blueprint.route("/link/codes", methods=["POST"])
@blueprint.response(202, CodeMailed)
@outsiders
def mail_link_code() -> Any:
    """Mail a code to the owner of the account an issuer's address belongs to."""
    waiting = pending.demand(runtime(), principal().browser, pending.LINK)
    return _identity("/external-logins/link/codes", identity=waiting.told["identity"], ip=principal().ip)


@blueprint.route("/link", methods=["POST"])
@blueprint.arguments(LinkConfirmation)
@blueprint.response(201, SessionState)
@blueprint.alt_response(202, **WAITS)
@outsiders
def link(values: dict[str, str]) -> Any:
    """Confirm by password or mailed code that the account is one's own: the issuer's login is linked to it."""
    asked_at = datetime.now(UTC)
    waiting = pending.demand(runtime(), principal().browser, pending.LINK)
    told = {"identity": waiting.told["identity"], "ip": principal().ip}
    answer = _identity("/external-logins/link", **told, **values)
    pending.end(runtime(), waiting.id)
    return enter(answer, asked_at, waiting.told["return_to"])


def _identity(path: str, **body: Any) -> Any:
    return runtime().client.call("identity", "POST", f"/internal{path}", body)
