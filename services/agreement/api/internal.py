"""Routes for other services."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from chassis.access import access, runtime
from chassis.tokens import Kind
from services.agreement.handover import count_open
from services.agreement.sending import sending_state
from services.agreement.views import OpenView, StateView

internal = Blueprint("agreement_internal", __name__, url_prefix="/internal/agreements")


@internal.get("/open/<uuid:workspace>")
@internal.response(200, OpenView)
@access(Kind.SERVICE, callers={"workspace"})
def count_open_ones(workspace: UUID) -> Any:
    """How many agreements of a workspace are being signed."""
    with runtime().db.read(workspace) as session:
        return {"open": count_open(session, workspace)}


@internal.get("/<uuid:agreement_id>/state")
@internal.response(200, StateView)
@access(Kind.SERVICE, callers={"billing"})
def state(agreement_id: UUID) -> Any:
    """draft, sent (also when it has ended since) or missing."""
    return {"state": sending_state(runtime(), agreement_id)}
