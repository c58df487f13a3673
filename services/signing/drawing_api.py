"""The API of the phone that draws a signature for a page open elsewhere; its secret is all it needs."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from chassis.access import access, runtime
from chassis.tokens import Kind
from services.signing import phone, schemas

blueprint = Blueprint("drawing", __name__, url_prefix="/api/v1/drawings", description="Draw a signature on a phone")
everybody = access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)


@blueprint.post("/look")
@blueprint.arguments(schemas.SecretIn)
@blueprint.response(200, schemas.DrawingOut)
@everybody
def look(body: dict[str, str]) -> Any:
    """What is to be signed, and by whom."""
    return phone.look(runtime(), body["secret"])


@blueprint.post("")
@blueprint.arguments(schemas.DrawingIn)
@blueprint.response(204)
@everybody
def draw(body: dict[str, Any]) -> None:
    """Hand the drawing to the page that asked for it; works once."""
    secret = body.pop("secret")
    phone.draw(runtime(), secret, body)
