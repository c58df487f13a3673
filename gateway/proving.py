"""Going to an issuer from inside the profile: to prove that it is oneself, or to link a further login.

Either is begun by a request with the session's token, so that no other site can have somebody link its own login, and
is finished only in that session. The issuer is told to ask the person anew, and has to say that it has just done so.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask_smorest import Blueprint
from marshmallow import fields, validate

from chassis.access import access, principal, runtime
from chassis.problem import Problem, not_found
from chassis.tokens import Kind
from chassis.validation import StrictSchema
from gateway import flows
from gateway.addresses import local
from gateway.oidc import IssuerAway
from gateway.parts import parts_of
from gateway.schemas import Departure

blueprint = Blueprint("proving", __name__, url_prefix="/api/v1/session", description="Logging in and out")
PATHS = {"prove": "/internal/external-logins/proof", "link": "/internal/external-logins/further"}
DONE = {"prove": "proved", "link": "linked"}


class Errand(StrictSchema):
    """``return_to`` is where to come back to, an address of ours."""

    purpose = fields.String(required=True, validate=validate.OneOf(sorted(PATHS)))
    return_to = fields.String(load_default="/", validate=validate.Length(max=500))


@blueprint.route("/providers/<name>", methods=["POST"])
@blueprint.arguments(Errand)
@blueprint.response(201, Departure)
@access(Kind.USER, workspace=False, idempotent=False)
def depart(errand: dict[str, str], name: str) -> Any:
    """Begin to prove at an issuer that it is oneself, or to link a login there: the address to go to.

    The browser comes back to ``return_to`` with ``outcome``: proved, linked, or why not.
    """
    issuer = parts_of(runtime()).issuers.get(name)
    if issuer is None:
        raise not_found()
    try:
        start = issuer.start(afresh=True)
    except IssuerAway as error:
        raise Problem(503, "oidc_away") from error
    told = {"purpose": errand["purpose"], "session": principal().session}
    flows.keep(runtime(), principal().browser, name, start, local(errand["return_to"]), **told)
    return {"url": start.url}


def finish(flow: dict[str, Any], identity: dict[str, Any]) -> str:
    """Have *identity* keep what was proved or linked; the word for it. Raises the problems of that."""
    who = principal()
    if who.kind is not Kind.USER or who.session != flow["session"]:
        raise Problem(409, "oidc_state")
    body = {"identity": identity, "account_id": str(who.account), "session": who.session}
    runtime().client.call("identity", "POST", PATHS[flow["purpose"]], body)
    return DONE[flow["purpose"]]


def back(return_to: str, outcome: str) -> str:
    """The address to come back to, which tells how it went."""
    parts = urlsplit(return_to)
    query = [*((name, value) for name, value in parse_qsl(parts.query) if name != "outcome"), ("outcome", outcome)]
    return parts._replace(query=urlencode(query)).geturl()
