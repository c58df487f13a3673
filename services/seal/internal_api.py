"""What other services ask: the CSC API v2 for *signing*, and which seals an account may use."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE
from chassis.tokens import Kind
from services.seal.credentials import describe_credential, list_credentials
from services.seal.grants import Use, granted_seals, use_seal
from services.seal.schemas import (
    CredentialQuery,
    CredentialsQuery,
    GrantsQuery,
    SealUseIn,
    Signatures,
    SignHash,
    UsableSeal,
    UsableSeals,
)
from services.seal.sign_hash import require_algorithm, sign_hashes

csc = Blueprint("csc", __name__, url_prefix="/internal/csc/v2")
internal = Blueprint("internal", __name__, url_prefix="/internal")


@csc.route("/credentials/list", methods=["POST"])
@csc.arguments(CredentialsQuery)
@csc.response(200)
@access(Kind.SERVICE, callers={"signing"})
def credentials_list(query: dict[str, Any]) -> Any:
    return list_credentials(runtime(), query["page_token"], query["max_results"])


@csc.route("/credentials/info", methods=["POST"])
@csc.arguments(CredentialQuery)
@csc.response(200)
@access(Kind.SERVICE, callers={"signing"})
def credentials_info(query: dict[str, Any]) -> Any:
    return describe_credential(runtime(), query["credential"])


@csc.route("/signatures/signHash", methods=["POST"])
@csc.arguments(SignHash)
@csc.response(200, Signatures)
@access(Kind.SERVICE, callers={"signing"})
def sign_hash(body: dict[str, Any]) -> Any:
    require_algorithm(body["hash_oid"], body["sign_oid"])
    with runtime().db.transaction(EVERYONE) as session:
        caller = principal().subject
        made = sign_hashes(session, runtime().parts, body["credential"], body["hashes"], caller)
    return {"signatures": made}


@internal.route("/grants", methods=["GET"])
@internal.arguments(GrantsQuery, location="query")
@internal.response(200, UsableSeals)
@access(Kind.SERVICE, callers={"signing"})
def grants(query: dict[str, Any]) -> Any:
    with runtime().db.read(EVERYONE) as session:
        return {"seals": granted_seals(session, query["account_id"])}


@internal.route("/seals/<uuid:seal>/use", methods=["POST"])
@internal.arguments(SealUseIn)
@internal.response(200, UsableSeal)
@access(Kind.SERVICE, callers={"signing"})
def use(body: dict[str, Any], seal: UUID) -> Any:
    with runtime().db.transaction(EVERYONE) as session:
        return use_seal(session, Use(seal, body["account_id"], body["agreement_id"], body["field_id"]))
