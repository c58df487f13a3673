"""Routes about how long ended agreements are kept."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.tokens import Kind
from contracts.rights import Right
from services.agreement import keeping
from services.agreement.api.common import PREFIX, detail, own
from services.agreement.schemas import Nothing, OutlookQuery
from services.agreement.views import AgreementView, OutlookView

retention = Blueprint("retention", __name__, url_prefix=PREFIX, description="How long ended agreements are kept")


@retention.get("/retention")
@retention.arguments(OutlookQuery, location="query")
@retention.response(200, OutlookView)
@access(Kind.USER, right=Right.MANAGE_WORKSPACE)
def outlook(query: dict[str, Any]) -> Any:
    """What would be removed, and when, if the workspace kept ended agreements for so many days. Changes nothing."""
    return keeping.outlook(runtime(), principal(), query["days"])


@retention.put("/<agreement_id>/hold")
@retention.arguments(Nothing)
@retention.response(200, AgreementView)
@access(Kind.USER, right=Right.MANAGE_WORKSPACE)
def hold(_: Any, agreement_id: str) -> Any:
    """Keep an ended agreement for ever, whatever the workspace has set."""
    at = own(agreement_id)
    keeping.hold(runtime(), at)
    return detail(at)


@retention.delete("/<agreement_id>/hold")
@retention.response(200, AgreementView)
@access(Kind.USER, right=Right.MANAGE_WORKSPACE)
def lift_hold(agreement_id: str) -> Any:
    """Keep it no longer than the others; it is removed a month from now at the earliest."""
    at = own(agreement_id)
    keeping.lift(runtime(), at)
    return detail(at)
