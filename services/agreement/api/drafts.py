"""Routes that make and change drafts."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.tokens import Kind
from contracts.rights import Right
from services.agreement import drafts as verbs
from services.agreement import fields, recipients
from services.agreement.api.common import PREFIX, detail, own, seen
from services.agreement.schemas import Draft, Fields, Recipients
from services.agreement.standing import managed
from services.agreement.views import AgreementView

drafts = Blueprint("drafts", __name__, url_prefix=PREFIX, description="Agreements and drafts")


@drafts.post("")
@drafts.arguments(Draft)
@drafts.response(201, AgreementView)
@access(Kind.USER, right=Right.START_AGREEMENTS)
def start(values: dict[str, Any]) -> Any:
    """Make a draft."""
    key = verbs.start(runtime(), principal(), g.language, values)
    return detail(managed(runtime().db, principal(), key))


@drafts.get("/<agreement_id>")
@drafts.response(200, AgreementView)
@access(Kind.USER)
def show(agreement_id: str) -> Any:
    """One agreement with its recipients, documents, fields and what the caller may do."""
    return detail(seen(agreement_id))


@drafts.patch("/<agreement_id>")
@drafts.arguments(Draft)
@drafts.response(200, AgreementView)
@access(Kind.USER)
def change(values: dict[str, Any], agreement_id: str) -> Any:
    """Change the values that are given."""
    at = own(agreement_id)
    verbs.change(runtime(), at, values)
    return detail(at)


@drafts.delete("/<agreement_id>")
@drafts.response(204)
@access(Kind.USER)
def discard(agreement_id: str) -> None:
    """Delete a draft."""
    verbs.discard(runtime(), own(agreement_id))


@drafts.put("/<agreement_id>/recipients")
@drafts.arguments(Recipients)
@drafts.response(200, AgreementView)
@access(Kind.USER)
def put_recipients(values: dict[str, Any], agreement_id: str) -> Any:
    """Replace the recipients; ids that are given back stay."""
    at = own(agreement_id)
    recipients.put_recipients(runtime(), at, values["recipients"])
    return detail(at)


@drafts.put("/<agreement_id>/fields")
@drafts.arguments(Fields)
@drafts.response(200, AgreementView)
@access(Kind.USER)
def put_fields(values: dict[str, Any], agreement_id: str) -> Any:
    """Replace the fields; ids that are given back stay. Pages are counted from 0, places are fractions of the page."""
    at = own(agreement_id)
    fields.put_fields(runtime(), at, values["fields_"])
    return detail(at)
