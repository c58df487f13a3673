"""The HTTP API of the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Response, g
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from chassis.access import access, runtime
from chassis.ids import parse_public_id, public_id
from chassis.spreadsheet import as_csv
from chassis.storage import scratch_folder
from chassis.tokens import Kind
from chassis.validation import Line, StrictSchema
from contracts.rights import Right
from services.workspace import audit
from services.workspace.api import here
from services.workspace.audit import ACTIONS, GROUPS, SYSTEM, Wanted
from services.workspace.auditwords import HEADINGS, WORDS, told, written
from services.workspace.importapi import XLSX, as_file
from services.workspace.memberschemas import TEXT
from services.workspace.models import AuditEntry
from services.workspace.sheets.write import as_xlsx

public = Blueprint("audit", __name__, url_prefix="/api/v1/workspace/audit", description="Who changed what")
DETAIL = {"type": "object", "properties": {"name": TEXT, "value": TEXT}, "required": ["name", "value"]}


class WantedQuery(StrictSchema):
    """``by`` is an account's id, or ``system`` for what nobody did; a ``group`` has several actions."""

    action = fields.String(validate=validate.OneOf(ACTIONS))
    group = fields.String(validate=validate.OneOf(GROUPS))
    by = fields.String(validate=validate.Length(1, 40))
    since = fields.AwareDateTime(format="iso")
    until = fields.AwareDateTime(format="iso")
    search = Line(load_default="", longest=100, shortest=0)


class AuditQuery(WantedQuery):
    """``cursor`` is the one of the page before."""

    cursor = fields.String(load_default="", validate=validate.Length(max=40))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class AuditExportQuery(WantedQuery):
    format = fields.String(load_default="xlsx", validate=validate.OneOf(["xlsx", "csv"]))


class AuditKind(Schema):
    action = fields.String()
    title = fields.String()


class AuditGroup(Schema):
    group = fields.String()
    title = fields.String()
    kinds = fields.List(fields.Nested(AuditKind))


class AuditPerson(Schema):
    by = fields.String()
    name = fields.String()
    email = fields.String()


class AuditFilters(Schema):
    """What the log can be filtered by, named in the reader's language."""

    groups = fields.List(fields.Nested(AuditGroup))
    people = fields.List(fields.Nested(AuditPerson))


class AuditEntryView(Schema):
    """``actor_name`` says that it was the system where nobody did it."""

    id = fields.Function(lambda entry: public_id("aud", entry.id), metadata=TEXT)
    at = fields.AwareDateTime(format="iso")
    actor_name = fields.Function(lambda entry: who(entry), metadata=TEXT)
    actor_email = fields.String()
    ip = fields.String()
    action = fields.String()
    title = fields.Function(lambda entry: say(entry.action), metadata=TEXT)
    subject = fields.String()
    detail = fields.Dict()
    details = fields.Method("say_details", metadata={"type": "array", "items": DETAIL})

    def say_details(self, entry: AuditEntry) -> list[dict[str, str]]:
        """The details as the reader says them."""
        return told(entry.detail, g.language)


class AuditPage(Schema):
    entries = fields.List(fields.Nested(AuditEntryView))
    cursor = fields.String(allow_none=True)


@public.get("")
@public.arguments(AuditQuery, location="query")
@public.response(200, AuditPage)
@access(Kind.USER, right=Right.READ_AUDIT_LOG)
def list_entries(query: dict[str, Any]) -> Any:
    """Who changed what in this workspace, the newest first."""
    before, limit = parse_public_id("aud", query.pop("cursor")), query.pop("limit")
    with runtime().db.read(here()) as session:
        found = audit.page(session, wanted(query), before, limit)
    return {"entries": found, "cursor": public_id("aud", found[-1].id) if len(found) == limit else None}


@public.get("/filters")
@public.response(200, AuditFilters)
@access(Kind.USER, right=Right.READ_AUDIT_LOG)
def list_filters() -> Any:
    """The kinds of changes in their groups, and everybody who has changed something."""
    with runtime().db.read(here()) as session:
        found = audit.people(session)
    groups = [
        {"group": group, "title": say(group), "kinds": [{"action": one, "title": say(one)} for one in actions]}
        for group, actions in GROUPS.items()
    ]
    return {"groups": groups, "people": [_person(*row) for row in found]}


def _person(account: UUID, name: str, email: str) -> dict[str, str]:
    return {"by": public_id("acc", account), "name": name or email, "email": email}


@public.get("/export")
@public.arguments(AuditExportQuery, location="query")
@access(Kind.USER, right=Right.READ_AUDIT_LOG)
def export(query: dict[str, Any]) -> Response:
    """The same as a table, in the reader's language; times are UTC."""
    kind = query.pop("format")
    table = _table(audit.everything(runtime().db, here(), wanted(query)))
    if kind == "csv":
        return as_file("audit.csv", "text/csv; charset=utf-8", b"".join(as_csv(table)))
    with scratch_folder() as folder:
        as_xlsx(table, folder / "a.xlsx", say("title"))
        return as_file("audit.xlsx", XLSX, (folder / "a.xlsx").read_bytes())


def wanted(query: dict[str, Any]) -> Wanted:
    """The asked filters; an account that cannot be is one that has done nothing."""
    by = query.pop("by", None)
    return Wanted(**query, by=by if by in (None, SYSTEM) else parse_public_id("acc", by) or UUID(int=0))


def say(word: str) -> str:
    """A word in the reader's language."""
    return WORDS[word][g.language]


def who(entry: AuditEntry) -> str:
    """Who did it."""
    return entry.actor_name if entry.actor_id else say("system")


def _table(entries: Iterator[AuditEntry]) -> Iterator[list[str]]:
    yield list(HEADINGS[g.language])
    for one in entries:
        detail = written(one.detail, g.language)
        at = one.at.strftime("%Y-%m-%d %H:%M:%S")
        yield [at, who(one), one.actor_email, one.ip, say(one.action), one.subject, detail]
