"""Routes for other services."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from chassis.access import access, runtime
from chassis.tokens import Kind
from services.agreement.holding import hold_sending
from services.agreement.sending import sending_state
from services.agreement.views import OpenView, StateView

internal = Blueprint("agreement_internal", __name__, url_prefix="/internal/agreements")


@internal.post("/hold/<uuid:workspace>")
@internal.response(200, OpenView)
@access(Kind.SERVICE, callers={"workspace"})
def hold(workspace: UUID) -> Any:
    """How many agreements of a workspace are being signed; with none, it sends nothing for two minutes."""
    with runtime().db.transaction(workspace) as session:
        return {"open": hold_sending(session, workspace)}


@internal.get("/<uuid:agreement_id>/state")
@internal.response(200, StateView)
@access(Kind.SERVICE, callers={"billing"})
def state(agreement_id: UUID) -> Any:
    """draft, sent (also when it has ended since) or missing."""
    return {"state": sending_state(runtime(), agreement_id)}
