"""What other services ask: the CSC API v2 for *signing*, and which seals an account may use."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE
from chassis.tokens import Kind
from services.seal.credentials import describe_credential, describe_service, list_credentials, root_certificates
from services.seal.grants import Use, granted_seals, use_seal
from services.seal.one_time import Act, issue_one_time
from services.seal.revoke import revoke_credential, revoke_serial
from services.seal.schemas import (
    CredentialQuery,
    CredentialsQuery,
    GrantsQuery,
    OneTimeCredential,
    OneTimeOrder,
    Revocation,
    Revoked,
    RootsOut,
    SealUsesIn,
    Signatures,
    SignHash,
    Timestamp,
    TimestampOrder,
    UsableSeals,
    ValidationDataOut,
    ValidationQuery,
)
from services.seal.sign_hash import sign_hashes
from services.seal.tsa import timestamp
from services.seal.validation_data import validation_data

csc = Blueprint("csc", __name__, url_prefix="/internal/csc/v2")
internal = Blueprint("internal", __name__, url_prefix="/internal")


@csc.route("/info", methods=["POST"])
@csc.response(200)
@access(Kind.SERVICE, callers={"signing"})
def info() -> Any:
    return describe_service(runtime())


@csc.route("/credentials/list", methods=["POST"])
@csc.arguments(CredentialsQuery)
@csc.response(200)
@access(Kind.SERVICE, callers={"signing"})
def credentials_list(query: dict[str, Any]) -> Any:
    return list_credentials(query["page_token"], query["max_results"])


@csc.route("/credentials/info", methods=["POST"])
@csc.arguments(CredentialQuery)
@csc.response(200)
@access(Kind.SERVICE, callers={"signing"})
def credentials_info(query: dict[str, Any]) -> Any:
    return describe_credential(runtime(), query["credential"], query["certificates"])


@csc.route("/signatures/signHash", methods=["POST"])
@csc.arguments(SignHash)
@csc.response(200, Signatures)
@access(Kind.SERVICE, callers={"signing"})
def sign_hash(body: dict[str, Any]) -> Any:
    with runtime().db.transaction(EVERYONE) as session:
        made = sign_hashes(
            session, runtime().parts, body["credential"], body["hashes"], body["hash_oid"], body["sign_oid"],
            principal().subject,
        )  # fmt: skip
    return {"signatures": made}


@csc.route("/signatures/timestamp", methods=["POST"])
@csc.arguments(TimestampOrder)
@csc.response(200, Timestamp)
@access(Kind.SERVICE, callers={"signing"})
def signatures_timestamp(body: dict[str, Any]) -> Any:
    return {"timestamp": timestamp(runtime(), body["hash"], body["hash_oid"], body["nonce"], principal().subject)}


@internal.route("/credentials/one-time", methods=["POST"])
@internal.arguments(OneTimeOrder)
@internal.response(200, OneTimeCredential)
@access(Kind.SERVICE, callers={"signing"})
def one_time(body: dict[str, Any]) -> Any:
    act = Act(body["act_id"], body["workspace_id"], body["name"], body["attempt"])
    with runtime().db.transaction(EVERYONE) as session:
        return {"credential": issue_one_time(session, runtime().parts, act)}


@internal.route("/certificates/revoke", methods=["POST"])
@internal.arguments(Revocation)
@internal.response(200, Revoked)
@access(Kind.SERVICE, callers={"signing"})
def revoke(body: dict[str, Any]) -> Any:
    with runtime().db.transaction(EVERYONE) as session:
        if "credential" in body:
            return {"revoked": revoke_credential(session, body["credential"], body["reason"])}
        return {"revoked": revoke_serial(session, body["serial"], body["reason"])}


@internal.route("/validation-data", methods=["POST"])
@internal.arguments(ValidationQuery)
@internal.response(200, ValidationDataOut)
@access(Kind.SERVICE, callers={"signing"})
def validation(body: dict[str, Any]) -> Any:
    with runtime().db.transaction(EVERYONE) as session:
        return validation_data(session, runtime().parts, body["certificates"])


@internal.route("/roots", methods=["GET"])
@internal.response(200, RootsOut)
@access(Kind.SERVICE, callers={"signing"})
def roots() -> Any:
    return {"certificates": root_certificates(runtime())}


@internal.route("/grants", methods=["GET"])
@internal.arguments(GrantsQuery, location="query")
@internal.response(200, UsableSeals)
@access(Kind.SERVICE, callers={"signing"})
def grants(query: dict[str, Any]) -> Any:
    with runtime().db.read(EVERYONE) as session:
        return {"seals": granted_seals(session, query["account_id"])}


@internal.route("/seal-uses", methods=["POST"])
@internal.arguments(SealUsesIn)
@internal.response(200, UsableSeals)
@access(Kind.SERVICE, callers={"signing"})
def use(body: dict[str, Any]) -> Any:
    """Record all stamps of an act, or none of them."""
    stamps = sorted(body["stamps"], key=lambda one: (str(one["seal_id"]), str(one["field_id"])))
    account, agreement, title = body["account_id"], body["agreement_id"], body["title"]
    with runtime().db.transaction(EVERYONE) as session:
        uses = [Use(one["seal_id"], account, agreement, one["field_id"], title) for one in stamps]
        return {"seals": [use_seal(session, one) for one in uses]}
