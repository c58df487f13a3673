"""Routes of the lists."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE, Scope
from chassis.tokens import Kind
from services.agreement import dump
from services.agreement import lists as verbs
from services.agreement.api.common import PREFIX
from services.agreement.schemas import ListQuery
from services.agreement.views import CountsView, ListView

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
    """How many agreements each category holds; 10,000 says 10,000 or more."""
    with runtime().db.read(_here()) as session:
        return verbs.counts(session, principal(), _soon_days())


def _here() -> Scope:
    workspace = principal().workspace
    assert workspace is not None
    return workspace


def _soon_days() -> int:
    days: int = runtime().settings.expiring_days  # type: ignore[attr-defined]
    return days
