"""What a draft needs before it can be sent."""

from __future__ import annotations

from datetime import datetime

from chassis.problem import Problem
from services.agreement.limits import LONGEST_DEADLINE
from services.agreement.models import Agreement


def demand_complete(agreement: Agreement, now: datetime) -> None:
    """Raise the 422 problem of the first thing that is missing."""
    if not agreement.documents:
        raise Problem(422, "document_missing")
    if not agreement.recipients:
        raise Problem(422, "recipient_missing")
    nameless = [one.name or one.email or one.role for one in agreement.recipients if not one.name or not one.email]
    if nameless:
        raise Problem(422, "recipient_incomplete", recipients=nameless)
    _demand_signatures(agreement)
    if agreement.deadline <= now:
        raise Problem(422, "deadline_passed")
    if agreement.deadline > now + LONGEST_DEADLINE:
        raise Problem(422, "deadline_too_far")


def _demand_signatures(agreement: Agreement) -> None:
    signing = {field.recipient_id for field in agreement.fields if field.kind == "signature"}
    without = [one.name for one in agreement.recipients if one.id not in signing]
    if without:
        raise Problem(422, "signature_field_missing", recipients=without)
