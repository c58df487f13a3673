"""The HTTP API of adding many people at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Response, g, request
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from chassis.access import access, principal, runtime
from chassis.ids import parse_public_id
from chassis.spreadsheet import as_csv
from chassis.storage import scratch_folder
from chassis.tokens import Kind
from contracts.rights import Right
from services.workspace import audit, uploads
from services.workspace.api import here
from services.workspace.imports import lists
from services.workspace.importschemas import (
    FormatQuery,
    ImportFile,
    ImportRowPage,
    ImportRowQuery,
    ImportView,
    TypedRows,
)
from services.workspace.memberapi import inviter
from services.workspace.models import Import, ImportRow
from services.workspace.sheets.read import Person
from services.workspace.sheets.words import HEADINGS, REASONS, SHEET
from services.workspace.sheets.write import as_xlsx, template_csv, template_xlsx

public = Blueprint(
    "imports", __name__, url_prefix="/api/v1/workspace/imports", description="Adding many people at once"
)
admins = access(Kind.USER, right=Right.MANAGE_MEMBERS)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@public.get("/template")
@public.arguments(FormatQuery, location="query")
@admins
def download_template(query: dict[str, str]) -> Response:
    """The table to fill in, in the reader's language."""
    if query["format"] == "csv":
        return as_file("members.csv", "text/csv; charset=utf-8", template_csv(g.language))
    with scratch_folder() as folder:
        template_xlsx(g.language, folder / "t.xlsx")
        return as_file("members.xlsx", XLSX, (folder / "t.xlsx").read_bytes())


@public.post("")
@public.arguments(TypedRows)
@public.response(201, ImportView)
@admins
def begin_by_hand(values: dict[str, Any]) -> Any:
    """Have rows checked that were typed; nobody is invited before the list is finished."""
    people = [Person(number, **row) for number, row in enumerate(values["rows"], start=1)]
    with runtime().db.transaction(here()) as session:
        return shown(session, lists.begin(session, here(), inviter(), people))


@public.post("/files")
@public.arguments(ImportFile, location="form")
@public.response(201, ImportView)
@admins
def begin_by_file(values: dict[str, str]) -> Any:
    """Have the rows of an XLSX or CSV file (``file``) checked."""
    people = uploads.people(request.files.get("file"), values.get("encoding"))
    with runtime().db.transaction(here()) as session:
        return shown(session, lists.begin(session, here(), inviter(), people))


@public.post("/<import_id>/files")
@public.arguments(ImportFile, location="form")
@public.response(200, ImportView)
@admins
def continue_by_file(values: dict[str, str], import_id: str) -> Any:
    """Add the rows of a further file in place of the failures; whom the list has already is left aside."""
    with runtime().db.read(here()) as session:
        found(session, import_id)
    people = uploads.people(request.files.get("file"), values.get("encoding"))
    with runtime().db.transaction(here()) as session:
        list_ = found(session, import_id, lock=True)
        lists.add(session, list_, people)
        return shown(session, list_)


@public.get("/<import_id>")
@public.response(200, ImportView)
@admins
def show(import_id: str) -> Any:
    """How a list stands, and how far inviting has come."""
    with runtime().db.read(here()) as session:
        return shown(session, found(session, import_id))


@public.get("/<import_id>/rows")
@public.arguments(ImportRowQuery, location="query")
@public.response(200, ImportRowPage)
@admins
def list_rows(query: dict[str, Any], import_id: str) -> Any:
    """The rows that can be added, or those that cannot, with the reasons."""
    with runtime().db.read(here()) as session:
        rows = lists.rows(session, found(session, import_id), **query)
    return {"items": [_row(one) for one in rows]}


@public.get("/<import_id>/failures")
@public.arguments(FormatQuery, location="query")
@admins
def download_failures(query: dict[str, str], import_id: str) -> Response:
    """The rows that cannot be added as a table with the reasons, to be corrected and given again."""
    with runtime().db.read(here()) as session:
        table = _failures(lists.failures(session, found(session, import_id)))
    if query["format"] == "csv":
        return as_file("failures.csv", "text/csv; charset=utf-8", b"".join(as_csv(table)))
    with scratch_folder() as folder:
        as_xlsx(table, folder / "f.xlsx", SHEET[g.language])
        return as_file("failures.xlsx", XLSX, Path(folder / "f.xlsx").read_bytes())


@public.post("/<import_id>/finish")
@public.response(202, ImportView)
@admins
def finish(import_id: str) -> Any:
    """Invite everybody of the list who can be added; again, those for whom no seat was left are tried once more."""
    with runtime().db.transaction(here()) as session:
        list_ = found(session, import_id, lock=True)
        if people := lists.finish(session, list_):
            audit.record(session, here(), principal(), "import_finished", str(people), people=people)
        return shown(session, list_)


@public.delete("/<import_id>")
@public.response(204)
@admins
def drop(import_id: str) -> None:
    """Throw a list away from which nobody was invited."""
    with runtime().db.transaction(here()) as session:
        lists.drop(session, found(session, import_id, lock=True))


def found(session: Session, import_id: str, *, lock: bool = False) -> Import:
    """A list of the current workspace; raises the 404 problem."""
    return lists.find(session, parse_public_id("imp", import_id), lock=lock)


def shown(session: Session, list_: Import) -> dict[str, Any]:
    """A list as the API tells it."""
    names = ("id", "status", "created_at", "finished_at")
    counts = lists.counts(session, list_)
    told = {name: getattr(counts, name) for name in ("good", "bad", "invited", "failed", "left")}
    return {**{name: getattr(list_, name) for name in names}, **told}


def _row(row: ImportRow) -> dict[str, Any]:
    names = ("line", "name", "email", "roles", "phone", "outcome")
    return {**{name: getattr(row, name) for name in names}, "reasons": _reasons(row)}


def _reasons(row: ImportRow) -> list[dict[str, str]]:
    return [{"code": code, "message": REASONS[code][g.language]} for code in lists.why(row)]


def _failures(rows: Iterable[ImportRow]) -> list[list[str]]:
    columns = ("name", "email", "roles", "phone", "line", "reason")
    table = [[HEADINGS[column][g.language] for column in columns]]
    for row in rows:
        why = " ".join(one["message"] for one in _reasons(row))
        table.append([row.name, row.email, row.roles, row.phone, str(row.line), why])
    return table


def as_file(name: str, kind: str, data: bytes) -> Response:
    """A file to download."""
    return Response(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
