"""Routes from sending to the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.ids import parse_public_id, public_id
from chassis.problem import Problem, translate
from chassis.tokens import Kind
from contracts.rights import Right
from services.agreement import closing, corrections, declining, handover, reminders, sending
from services.agreement.api.common import PREFIX, detail, own, seen
from services.agreement.history import history as history_of
from services.agreement.schemas import CorrectedRecipient, Correction, Handover, Nothing, Void, VoidMany
from services.agreement.standing import Standing
from services.agreement.views import (
    AgreementView,
    DeclineResults,
    HandedOverView,
    HistoryView,
    RemindedView,
    VoidResults,
)

lifecycle = Blueprint("lifecycle", __name__, url_prefix=PREFIX, description="Sending and what follows")


@lifecycle.post("/<agreement_id>/send")
@lifecycle.arguments(Nothing)
@lifecycle.response(200, AgreementView)
@access(Kind.USER)
def send(_: Any, agreement_id: str) -> Any:
    """Send a draft; uses one envelope. Sending again changes nothing."""
    at = own(agreement_id)
    sending.send(runtime(), at)
    return detail(at)


@lifecycle.post("/<agreement_id>/void")
@lifecycle.arguments(Void)
@lifecycle.response(200, AgreementView)
@access(Kind.USER)
def void(values: dict[str, str], agreement_id: str) -> Any:
    """Withdraw a sent agreement."""
    at = own(agreement_id)
    closing.void(runtime(), at, values["reason"])
    return detail(at)


@lifecycle.post("/void")
@lifecycle.arguments(VoidMany)
@lifecycle.response(200, VoidResults)
@access(Kind.USER)
def void_many(values: dict[str, Any]) -> Any:
    """Withdraw several; the answer tells what became of each."""
    found = [(name, _or_problem(own, name)) for name in dict.fromkeys(values["ids"])]
    return {"results": _explained(closing.void_many(runtime(), found, values["reason"]))}


@lifecycle.post("/decline")
@lifecycle.arguments(VoidMany)
@lifecycle.response(200, DeclineResults)
@access(Kind.USER)
def decline_many(values: dict[str, Any]) -> Any:
    """Decline several that wait for the caller; the answer tells what became of each."""
    found = [(name, _or_problem(seen, name)) for name in dict.fromkeys(values["ids"])]
    return {"results": _explained(declining.decline_many(runtime(), found, values["reason"]))}


def _explained(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    texts = current_app.extensions["messages"]
    return [{**one, "message": one["code"] and translate(one["code"], g.language, texts)} for one in results]


def _or_problem(find: Callable[[str], Standing], agreement_id: str) -> Standing | Problem:
    try:
        return find(agreement_id)
    except Problem as problem:
        return problem


@lifecycle.post("/<agreement_id>/remind")
@lifecycle.arguments(Nothing)
@lifecycle.response(202, RemindedView)
@access(Kind.USER)
def remind(_: Any, agreement_id: str) -> Any:
    """Remind those whose turn it is."""
    reminded = reminders.remind(runtime(), own(agreement_id))
    return {"recipient_ids": [public_id("rcp", key) for key in reminded]}


@lifecycle.post("/<agreement_id>/recipients/<recipient_id>/resend")
@lifecycle.arguments(Nothing)
@lifecycle.response(202, AgreementView)
@access(Kind.USER)
def resend(_: Any, agreement_id: str, recipient_id: str) -> Any:
    """Send a signer a new link; the old ones stop working, a lock is lifted."""
    at = own(agreement_id)
    reminders.resend(runtime(), at, parse_public_id("rcp", recipient_id))
    return detail(at)


@lifecycle.patch("/<agreement_id>/recipients/<recipient_id>")
@lifecycle.arguments(CorrectedRecipient)
@lifecycle.response(200, AgreementView)
@access(Kind.USER)
def correct_recipient(values: dict[str, Any], agreement_id: str, recipient_id: str) -> Any:
    """Correct a signer of a sent agreement who has not signed: a new link is mailed, the old ones stop working."""
    at = own(agreement_id)
    corrections.correct_recipient(runtime(), at, parse_public_id("rcp", recipient_id), values)
    return detail(at)


@lifecycle.post("/<agreement_id>/correct")
@lifecycle.arguments(Correction)
@lifecycle.response(200, AgreementView)
@access(Kind.USER)
def correct(values: dict[str, Any], agreement_id: str) -> Any:
    """Move the deadline of a sent agreement, or add to its message."""
    at = own(agreement_id)
    corrections.correct(runtime(), at, values)
    return detail(at)


@lifecycle.post("/handover")
@lifecycle.arguments(Handover)
@lifecycle.response(200, HandedOverView)
@access(Kind.USER, right=Right.HAND_OVER_AGREEMENTS)
def hand_over(values: dict[str, str]) -> Any:
    """Make a colleague the sender of every draft and open agreement of another, who may have left."""
    giver, taker = (parse_public_id("acc", values[name]) for name in ("from_account_id", "to_account_id"))
    return {"count": handover.hand_over(runtime(), principal(), giver, taker)}


@lifecycle.get("/<agreement_id>/history")
@lifecycle.response(200, HistoryView)
@access(Kind.USER)
def history(agreement_id: str) -> Any:
    """What happened, oldest first, and when the audit trail was time-stamped."""
    return history_of(runtime(), seen(agreement_id))
