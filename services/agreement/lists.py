"""The lists: nine categories, filters, search, and paging that stays where it was while agreements come and go.

Keys are UUIDv7, so their order is that of creation: a page is a range of an index, newest first, and its cursor the
last key. An admin's list is the workspace's lines and the own ones from elsewhere, merged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from chassis.database import database_now
from chassis.ids import parse_public_id, public_id
from chassis.problem import Problem
from chassis.tokens import Principal
from contracts.rights import Right, allows
from services.agreement.models import COMPLETED, DRAFT, OPEN, Listing
from services.agreement.shelves import searchable

Condition = ColumnElement[bool]
SLACK = timedelta(minutes=1)
COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Category:
    """``mine`` are found on one's own lines; the others on all one sees. ``holds`` gets the moment of "soon"."""

    mine: bool
    holds: Callable[[Principal, datetime], Condition]


def _not_my_turn(who: Principal) -> Condition:
    own = aliased(Listing)
    turn = (own.viewer == who.account) & (own.agreement_id == Listing.agreement_id) & own.my_turn
    return ~exists(select(own.id).where(turn))


CATEGORIES: Mapping[str, Category] = {
    "all": Category(False, lambda who, soon: and_(True)),
    "inbox": Category(True, lambda who, soon: Listing.received == True),  # noqa: E712 an index wants "="
    "sent": Category(True, lambda who, soon: Listing.sent == True),  # noqa: E712
    "completed": Category(False, lambda who, soon: Listing.status == COMPLETED),
    "action_required": Category(True, lambda who, soon: Listing.my_turn == True),  # noqa: E712
    "waiting_for_others": Category(False, lambda who, soon: Listing.status.in_(OPEN) & _not_my_turn(who)),
    "expiring_soon": Category(False, lambda who, soon: Listing.status.in_(OPEN) & (Listing.deadline <= soon)),
    "verification_failed": Category(False, lambda who, soon: Listing.locked == True),  # noqa: E712
    "drafts": Category(False, lambda who, soon: Listing.status == DRAFT),
}


@dataclass(frozen=True, slots=True)
class Page:
    """Lines newest first; ``cursor`` asks for those after them, None at the end."""

    lines: list[Listing]
    cursor: str | None


def page(session: Session, who: Principal, soon_days: int, query: Mapping[str, Any]) -> Page:
    """One page of a category; the session has the scope of the present workspace."""
    limit: int = query["limit"]
    found: list[Listing] = []
    for wanted in _wanted(session, who, soon_days, query, select(Listing)):
        found += session.scalars(wanted).all()
    found.sort(key=lambda line: line.agreement_id, reverse=True)
    more = len(found) > limit
    return Page(found[:limit], cursor_of(found[limit - 1].agreement_id) if more else None)


def keys(session: Session, who: Principal, soon_days: int, query: Mapping[str, Any]) -> list[UUID]:
    """The agreements of a page alone, newest first; the last one's cursor asks for those after them."""
    found: list[UUID] = []
    for wanted in _wanted(session, who, soon_days, query, select(Listing.agreement_id)):
        found += session.scalars(wanted).all()
    return sorted(found, reverse=True)[: query["limit"]]


def cursor_of(key: UUID) -> str:
    """Asks for what comes after an agreement."""
    return public_id("cur", key)


def _wanted(
    session: Session, who: Principal, soon_days: int, query: Mapping[str, Any], what: Select[Any]
) -> Iterator[Select[Any]]:
    category, soon = CATEGORIES[query["category"]], database_now(session) + timedelta(days=soon_days)
    conditions = [category.holds(who, soon), *_filters(query)]
    for source in _sources(who, category):
        yield what.where(*source, *conditions).order_by(Listing.agreement_id.desc()).limit(query["limit"] + 1)


def counts(session: Session, who: Principal, soon_days: int) -> dict[str, int]:
    """How many agreements each category holds; counting stops at `COUNTED`, so that it stays fast on millions."""
    soon = database_now(session) + timedelta(days=soon_days)
    return {name: _count(session, who, category, soon) for name, category in CATEGORIES.items()}


def _count(session: Session, who: Principal, category: Category, soon: datetime) -> int:
    total = 0
    for source in _sources(who, category):
        lines = select(Listing.agreement_id).where(*source, category.holds(who, soon)).limit(COUNTED - total)
        total += session.scalar(select(func.count()).select_from(lines.subquery())) or 0
    return total


def _sources(who: Principal, category: Category) -> list[list[Condition]]:
    here, own = Listing.workspace_id == who.workspace, Listing.viewer == who.account
    if category.mine or not allows(who.roles, Right.SEE_ALL_AGREEMENTS):
        return [[here, own]]
    return [[here, Listing.viewer == who.workspace], [here, own, Listing.away == True]]  # noqa: E712 an index wants "="


def _filters(query: Mapping[str, Any]) -> list[Condition]:
    tests: Mapping[str, Callable[[Any], Condition]] = {
        "cursor": lambda text: Listing.agreement_id < _cursor(text),
        "initiator": lambda key: Listing.initiator_id == key,
        "status": lambda status: Listing.status == status,
        "created_from": lambda at: and_(Listing.created_at >= at, Listing.agreement_id >= _bound(at - SLACK)),
        "created_to": lambda at: and_(Listing.created_at <= at, Listing.agreement_id <= _bound(at + SLACK)),
        "completed_from": lambda at: Listing.completed_at >= at,
        "completed_to": lambda at: Listing.completed_at <= at,
        "q": lambda text: Listing.search.contains(searchable(text), autoescape=True),
    }
    return [test(query[name]) for name, test in tests.items() if query.get(name) is not None]


def _cursor(text: str) -> UUID:
    key = parse_public_id("cur", text)
    if key is None:
        raise Problem(422, "cursor_invalid")
    return key


def _bound(at: datetime) -> UUID:
    """The lowest UUIDv7 of a moment."""
    return UUID(int=max(0, int(at.timestamp() * 1000)) << 80)
