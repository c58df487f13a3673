"""Routes of the lists."""

from __future__ import annotations

from typing import Any

from flask import Response, g
from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE, Scope
from chassis.ids import new_key, public_id
from chassis.spreadsheet import as_csv
from chassis.storage import scratch_folder
from chassis.tokens import Kind
from services.agreement import changes as change_verbs
from services.agreement import dump
from services.agreement import export as export_verbs
from services.agreement import initiators as initiator_verbs
from services.agreement import lists as verbs
from services.agreement.api.common import PREFIX, disposition, stream
from services.agreement.export_words import FILE_NAME, say
from services.agreement.schemas import ChangesQuery, ExportQuery, ListQuery
from services.agreement.views import ChangesView, CountsView, InitiatorsView, ListView

ASK_AGAIN = 4
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
lists = Blueprint("lists", __name__, url_prefix=PREFIX, description="Lists of agreements")


@lists.get("")
@lists.arguments(ListQuery, location="query")
@lists.response(200, ListView)
@access(Kind.USER)
def show(query: dict[str, Any]) -> Any:
    """A page of a category, newest first; `cursor` of the answer asks for the next."""
    with runtime().db.read(_here()) as session:
        page = verbs.page(session, principal(), _soon_days(), query)
    with runtime().db.read(EVERYONE) as session:
        return {"agreements": dump.rows(session, page.lines), "cursor": page.cursor}


@lists.get("/counts")
@lists.response(200, CountsView)
@access(Kind.USER)
def counts() -> Any:
    """How many agreements each category holds; 1,000 says 1,000 or more."""
    with runtime().db.read(_here()) as session:
        return verbs.counts(session, principal(), _soon_days())


@lists.get("/initiators")
@lists.response(200, InitiatorsView)
@access(Kind.USER)
def initiators() -> Any:
    """Who started what the caller sees, by name; 500 at most."""
    with runtime().db.read(_here()) as session, runtime().db.read(EVERYONE) as everyone:
        return {"initiators": initiator_verbs.initiators(session, everyone, principal())}


@lists.get("/changes")
@lists.arguments(ChangesQuery, location="query")
@lists.response(200, ChangesView)
@access(Kind.USER)
def changed(query: dict[str, str]) -> Any:
    """Which agreements changed since the cursor `since`; without one, the cursor of now. To be asked every `seconds`.

    With `more`, not all are named: load the list anew. An agreement may be named twice.
    """
    with runtime().db.read(_here()) as session:
        since = query["since"]
        found = change_verbs.changes(session, principal(), since) if since else change_verbs.start(session, principal())
    changed, removed = ([public_id("agr", key) for key in keys] for keys in (found.changed, found.removed))
    return {"changed": changed, "removed": removed, "more": found.more, "cursor": found.cursor, "seconds": ASK_AGAIN}


@lists.get("/export.<any(csv,xlsx):kind>")
@lists.arguments(ExportQuery, location="query")
@lists.response(200, content_type="application/octet-stream")
@access(Kind.USER)
def export(query: dict[str, Any], kind: str) -> Response:
    """The whole filtered list as a file, in the reader's language; an XLSX holds 20,000 agreements at most."""
    wanted = export_verbs.Export(principal(), _soon_days(), query, g.language, query["zone"])
    table = export_verbs.rows(runtime(), wanted)
    headers = {"Content-Disposition": disposition(f"{say(FILE_NAME, 'file', g.language)}.{kind}")}
    if kind == "csv":
        headers["X-Content-Type-Options"] = "nosniff"
        return Response(as_csv(table), content_type="text/csv; charset=utf-8", headers=headers)
    with scratch_folder() as folder:
        export_verbs.as_xlsx(table, folder / "list.xlsx")
        return stream((folder / "list.xlsx").open("rb").__enter__, XLSX, str(new_key()), **headers)


def _here() -> Scope:
    workspace = principal().workspace
    assert workspace is not None
    return workspace


def _soon_days() -> int:
    days: int = runtime().settings.expiring_days  # type: ignore[attr-defined]
    return days
