"""The HTTP API of logos."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from flask_smorest.fields import Upload

from chassis.access import access, principal, runtime
from chassis.tokens import Kind
from chassis.validation import StrictSchema
from contracts.rights import Right
from services.workspace import audit, look, service
from services.workspace.api import here
from services.workspace.schemas import CurrentWorkspaceView

public = Blueprint("logo", __name__, url_prefix="/api/v1/workspace/logo", description="The logo of a workspace")
served = Blueprint("logos", __name__, url_prefix="/logos", description="Logos, for signing pages and mails")
KEPT = "public, max-age=31536000, immutable"


class LogoFiles(StrictSchema):
    image = Upload(required=True)


@public.put("")
@public.arguments(LogoFiles, location="files")
@public.response(200, CurrentWorkspaceView)
@access(Kind.USER, right=Right.MANAGE_WORKSPACE)
def put_logo(files: dict[str, Any]) -> Any:
    """Show this PNG, JPEG or SVG on signing pages and in mails; 2 MiB at most."""
    png = look.cleaned(files["image"].stream.read(look.LARGEST + 1))
    with runtime().db.transaction(here()) as session:
        return _changed(session, "logo_changed", look.keep(session, here(), png))


@public.delete("")
@public.response(200, CurrentWorkspaceView)
@access(Kind.USER, right=Right.MANAGE_WORKSPACE)
def remove_logo() -> Any:
    """Show no logo any more."""
    with runtime().db.transaction(here()) as session:
        return _changed(session, "logo_removed", None)


def _changed(session: Any, action: str, logo: dict[str, Any] | None) -> Any:
    workspace, _, changed = service.change(session, here(), None, {"logo": logo})
    if changed:
        audit.record(session, here(), principal(), action, workspace.name)
    return workspace


@served.get("/<string:name>.png")
@served.response(200, content_type="image/png")
@access(Kind.ANONYMOUS, Kind.USER, Kind.LINK, workspace=False)
def show_logo(name: str) -> Response:
    """A logo; its address changes with it."""
    return Response(look.found(runtime(), name), content_type="image/png", headers={"Cache-Control": KEPT})
