"""The Cloud Signature Consortium's API v2 for outsiders who hold one of CSC_ACCESS_TOKENS; off while there is none.

They sign as `platform` and get time stamps; one-time credentials and authorities are not theirs. Errors are in CSC's
form (CSC API v2, 10.1), and members that this service does not know are passed over, as others send them.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, cast

from flask import Response, g, jsonify, request
from flask_smorest import Blueprint

from chassis.access import access, runtime
from chassis.database import EVERYONE
from chassis.problem import Problem, not_found
from chassis.tokens import Kind
from services.seal.credentials import LISTED, describe_credential, describe_service, list_credentials
from services.seal.csc_schemas import OutsideCredential, OutsideCredentials, OutsideSignHash, OutsideTimestamp
from services.seal.schemas import Signatures, Timestamp
from services.seal.settings import SealSettings
from services.seal.sign_hash import sign_hashes
from services.seal.tsa import timestamp

outside = Blueprint("csc_outside", __name__, url_prefix="/csc/v2")
anybody = access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False, idempotent=False)
STATUSES = {404: 400, 409: 400, 422: 400}
ERRORS = {401: "invalid_token", 403: "access_denied", 500: "server_error", 503: "temporarily_unavailable"}
OPEN = "csc_outside.info"


@outside.before_request
def admit() -> None:
    """Know the caller by the token; raises a 404 problem while nobody has one, 401 for a wrong one."""
    known = cast(SealSettings, runtime().settings).csc_access_tokens
    if not known:
        raise not_found()
    if request.endpoint != OPEN:
        g.caller = _caller(known)


def _caller(known: tuple[str, ...]) -> str:
    scheme, _, told = request.headers.get("Caller-Authorization", "").partition(" ")
    fitting = [one for one in known if hmac.compare_digest(one.encode(), told.strip().encode())]
    if scheme.lower() != "bearer" or not fitting:
        raise Problem(401, "unauthenticated", headers={"WWW-Authenticate": "Bearer"})
    return f"csc:{hashlib.sha256(fitting[0].encode()).hexdigest()[:12]}"


@outside.after_request
def say_in_csc_form(response: Response) -> Response:
    """A problem as CSC's error and error_description; not while the API is off."""
    if response.mimetype != "application/problem+json" or not cast(SealSettings, runtime().settings).csc_access_tokens:
        return response
    problem = response.get_json()
    wrong = ", ".join(sorted({one["field"] for one in problem.get("errors", ())}))
    description = f"{problem['title']} {wrong}".strip()
    response.set_data(
        jsonify(error=ERRORS.get(response.status_code, "invalid_request"), error_description=description).data
    )
    response.status_code, response.content_type = (
        STATUSES.get(response.status_code, response.status_code),
        "application/json",
    )
    return response


@outside.route("/info", methods=["POST"])
@outside.response(200)
@anybody
def info() -> Any:
    return describe_service(runtime())


@outside.route("/credentials/list", methods=["POST"])
@outside.arguments(OutsideCredentials)
@outside.response(200)
@anybody
def credentials_list(query: dict[str, Any]) -> Any:
    page = list_credentials(query["page_token"], query["max_results"])
    if not query["with_info"]:
        return page
    names = page["credentialIDs"]
    return {**page, "credentialInfos": [{"credentialID": name, **_describe(name, query)} for name in names]}


@outside.route("/credentials/info", methods=["POST"])
@outside.arguments(OutsideCredential)
@outside.response(200)
@anybody
def credentials_info(query: dict[str, Any]) -> Any:
    return _describe(query["credential"], query)


@outside.route("/signatures/signHash", methods=["POST"])
@outside.arguments(OutsideSignHash)
@outside.response(200, Signatures)
@anybody
def sign_hash(body: dict[str, Any]) -> Any:
    _require_theirs(body["credential"])
    with runtime().db.transaction(EVERYONE) as session:
        made = sign_hashes(
            session, runtime().parts, body["credential"], body["hashes"], body["hash_oid"], body["sign_oid"], g.caller
        )
    return {"signatures": made}


@outside.route("/signatures/timestamp", methods=["POST"])
@outside.arguments(OutsideTimestamp)
@outside.response(200, Timestamp)
@anybody
def signatures_timestamp(body: dict[str, Any]) -> Any:
    return {"timestamp": timestamp(runtime(), body["hash"], body["hash_oid"], body["nonce"], g.caller)}


def _describe(credential: str, query: dict[str, Any]) -> dict[str, Any]:
    _require_theirs(credential)
    return describe_credential(runtime(), credential, query["certificates"])


def _require_theirs(credential: str) -> None:
    if credential not in LISTED:
        raise Problem(404, "credential_unknown")
