"""What *agreement* asks: the end of a ceremony, new links, the history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, send_file
from flask_smorest import Blueprint

from chassis.access import access, runtime
from chassis.tokens import Kind, Principal
from services.signing import bundle, close, decline, erase, history, resend, schemas
from services.signing.downloads import size_of

blueprint = Blueprint("ceremonies", __name__, url_prefix="/internal/ceremonies", description="For agreement")
agreement = access(Kind.SERVICE, callers={"agreement"})


@blueprint.post("/<uuid:agreement_id>/close")
@blueprint.arguments(schemas.CloseIn)
@blueprint.response(200, schemas.OutcomeOut)
@agreement
def close_ceremony(body: dict[str, Any], agreement_id: UUID) -> Any:
    """Close it; the answer says what it is now: closed, completed or declined."""
    who = Principal(Kind.SERVICE, ip=body["ip"] or "", user_agent=body["user_agent"] or "")
    return {"outcome": close.close(runtime(), agreement_id, body["kind"], body["reason"], body["by"], who)}


@blueprint.post("/<uuid:agreement_id>/resend")
@blueprint.arguments(schemas.ResendIn)
@blueprint.response(202)
@agreement
def resend_link(body: dict[str, UUID], agreement_id: UUID) -> None:
    """A new link for a signer; the earlier ones end."""
    resend.resend(runtime(), agreement_id, body["recipient_id"])


@blueprint.post("/<uuid:agreement_id>/decline")
@blueprint.arguments(schemas.DeclineIn)
@blueprint.response(200, schemas.OutcomeOut)
@agreement
def decline_for(body: dict[str, str], agreement_id: UUID) -> Any:
    """Decline for a person whose verified address is a signer's."""
    who = Principal(
        Kind.USER, email=body["email"], ip=body["ip"], user_agent=body["user_agent"], browser=body["browser"]
    )
    decline.decline_for(runtime(), agreement_id, who, body["reason"])
    return {"outcome": "declined"}


@blueprint.get("/<uuid:agreement_id>/history")
@blueprint.response(200, schemas.HistoryOut)
@agreement
def get_history(agreement_id: UUID) -> Any:
    """The audit trail."""
    return history.history(runtime(), agreement_id)


@blueprint.get("/<uuid:agreement_id>/files/audit")
@blueprint.response(200, content_type="application/json")
@agreement
def get_audit(agreement_id: UUID) -> Response:
    """The audit trail of a completed ceremony as a file, with the anchors it has by now."""
    return Response(bundle.audit_text(runtime(), agreement_id), content_type="application/json")


@blueprint.get("/<uuid:agreement_id>/files/bundle")
@blueprint.response(200, content_type="application/zip")
@agreement
def get_bundle(agreement_id: UUID) -> Response:
    """Everything about a completed ceremony as a ZIP."""
    made = bundle.bundle(runtime(), agreement_id)
    response = send_file(made, "application/zip", max_age=0, etag=False)
    response.content_length = size_of(made)
    return response


@blueprint.post("/erase")
@blueprint.arguments(schemas.EraseIn)
@blueprint.response(200, schemas.ErasedOut)
@access(Kind.SERVICE, callers={"identity"})
def erase_person(body: dict[str, str]) -> Any:
    """Erase a person by their address; what is still open is left and counted."""
    return erase.erase(runtime(), body["email"])
