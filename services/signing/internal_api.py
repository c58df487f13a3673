"""What *agreement* asks: the end of a ceremony, new links, the history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from chassis.access import access, runtime
from chassis.tokens import Kind, Principal
from services.signing import close, decline, history, resend, schemas

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
