"""The embedded mode's mailbox, as JSON and as a page. Outside the embedded mode there is nothing here."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from flask import Response, g
from flask_smorest import Blueprint
from jinja2 import Environment, PackageLoader, StrictUndefined

from chassis.access import access, runtime
from chassis.problem import not_found
from chassis.tokens import Kind
from services.notify import mailbox
from services.notify.page_words import PAGE
from services.notify.schemas import MailboxList, MailboxMail, MailboxQuery

ANYBODY = (Kind.ANONYMOUS, Kind.USER, Kind.LINK)
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

blueprint = Blueprint("mailbox", __name__, url_prefix="/api/v1/mailbox", description="Mails of the embedded mode")
pages = Blueprint("mailbox_pages", __name__, url_prefix="/mailbox")


@blueprint.route("", methods=["GET"])
@blueprint.arguments(MailboxQuery, location="query")
@blueprint.response(200, MailboxList)
@access(*ANYBODY, workspace=False)
def list_mails(query: dict[str, Any]) -> Any:
    """The newest mails."""
    _only_embedded()
    live = runtime()
    return {"messages": mailbox.list_messages(live.db, live.sealer, query.get("to"), query.get("since"))}


@blueprint.route("/<uuid:key>", methods=["GET"])
@blueprint.response(200, MailboxMail)
@access(*ANYBODY, workspace=False)
def get_mail(key: UUID) -> Any:
    """One mail."""
    _only_embedded()
    return mailbox.get_message(runtime().db, runtime().sealer, key)


@pages.route("", methods=["GET"])
@access(*ANYBODY, workspace=False)
def show_list() -> Response:
    """The newest mails, to look at."""
    _only_embedded()
    return _page(messages=mailbox.list_messages(runtime().db, runtime().sealer, None, None), message=None)


@pages.route("/<uuid:key>", methods=["GET"])
@access(*ANYBODY, workspace=False)
def show_mail(key: UUID) -> Response:
    """One mail; its HTML stays in a frame that runs nothing."""
    _only_embedded()
    return _page(messages=[], message=mailbox.get_message(runtime().db, runtime().sealer, key))


def _only_embedded() -> None:
    if not runtime().settings.embedded:
        raise not_found()


def _page(**values: Any) -> Response:
    text = _templates().get_template("mailbox.html").render(language=g.language, words=PAGE[g.language], **values)
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return Response(text, headers=headers, content_type="text/html; charset=utf-8")


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("services.notify"), autoescape=True, undefined=StrictUndefined)
