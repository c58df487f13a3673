"""Changes of who signs and until when: asked by *agreement* for the sender, and by a signer who hands over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from chassis.access import access, principal, runtime
from chassis.problem import LANGUAGES
from chassis.tokens import Kind, Principal
from chassis.validation import EmailAddress, Line, StrictSchema
from services.signing import correct, reassign

corrections = Blueprint("corrections", __name__, url_prefix="/internal/ceremonies", description="For agreement")
handing_over = Blueprint("handing_over", __name__, url_prefix="/api/v1/signing", description="Hand over")
BLUEPRINTS = (corrections, handing_over)


class SignerIn(StrictSchema):
    recipient_id = fields.UUID(required=True)
    name = Line(longest=100)
    email = EmailAddress()
    language = fields.String(validate=validate.OneOf(LANGUAGES))


class CorrectIn(StrictSchema):
    """What is not given stays; ``message`` is added to the one there is."""

    recipient = fields.Nested(SignerIn, allow_none=True)
    deadline = fields.AwareDateTime(format="iso", allow_none=True)
    message = Line(longest=5000, lines=True, allow_none=True)
    ip = fields.String(load_default="")
    user_agent = fields.String(load_default="")


class CorrectedOut(Schema):
    recipient = fields.Dict(allow_none=True)
    deadline = fields.String(allow_none=True)
    message = fields.String(allow_none=True)
    at = fields.String()


class ReassignIn(StrictSchema):
    name = Line(longest=100, required=True)
    email = EmailAddress(required=True)
    language = fields.String(load_default="", validate=validate.OneOf(["", *LANGUAGES]))


class ReassignedOut(Schema):
    name = fields.String()
    email = fields.String()


@corrections.post("/<uuid:agreement_id>/correct")
@corrections.arguments(CorrectIn)
@corrections.response(200, CorrectedOut)
@access(Kind.SERVICE, callers={"agreement"})
def correct_sent(body: dict[str, Any], agreement_id: UUID) -> Any:
    """Correct a signer, the deadline or the message of an open ceremony."""
    who = Principal(Kind.SERVICE, ip=body["ip"], user_agent=body["user_agent"])
    return correct.correct(runtime(), agreement_id, body, who)


@handing_over.post("/<ref>/reassign")
@handing_over.arguments(ReassignIn)
@handing_over.response(200, ReassignedOut)
@access(Kind.LINK, Kind.USER, workspace=False)
def hand_over(body: dict[str, str], ref: str) -> Any:
    """Have somebody else sign in one's own place, if the sender allowed it; the own links are dead afterwards."""
    reassign.reassign(runtime(), ref, principal(), body["name"], body["email"], body["language"])
    return {"name": body["name"], "email": body["email"]}
