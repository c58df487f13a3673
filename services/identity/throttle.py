"""Counts what somebody does in a span of time, exactly, and refuses what is too much."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_network
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import digest
from chassis.problem import Problem
from services.identity.models import Throttle


def insert_into(session: Session, table: Any) -> Any:
    """An INSERT of the session's database that can say what happens on a conflict."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return dialect.insert(table)


def of(what: str, ip: str) -> str:
    """The name of a count for an IP address: IPv4 as it is, IPv6 as the /64 that one customer has."""
    network = str(ip_network(f"{ip}/64", strict=False)) if ":" in ip else ip
    return f"{what} from {network}"


def count(session: Session, what: str, limit: int, span: timedelta) -> None:
    """Count once more; raises a 429 problem when that makes more than ``limit`` within ``span``."""
    if note(session, what, span) > limit:
        raise too_many(span)


def note(session: Session, what: str, span: timedelta) -> int:
    """Count once more; how often it was within ``span``."""
    now = database_now(session)
    over = Throttle.started_at <= now - span
    statement = insert_into(session, Throttle).values(key=digest(what), started_at=now, count=1)
    statement = statement.on_conflict_do_update(
        index_elements=[Throttle.key],
        set_={
            "count": case((over, 1), else_=Throttle.count + 1),
            "started_at": case((over, now), else_=Throttle.started_at),
        },
    ).returning(Throttle.count)
    times: int = session.execute(statement).scalar_one()
    return times


def full(session: Session, what: str, limit: int, span: timedelta) -> bool:
    """Whether ``limit`` is reached; counts nothing."""
    begun = database_now(session) - span
    query = select(Throttle.count).where(Throttle.key == digest(what), Throttle.started_at > begun)
    return (session.scalar(query) or 0) >= limit


def too_many(span: timedelta) -> Problem:
    """The 429 problem for what was done too often."""
    seconds = int(span.total_seconds())
    return Problem(429, "too_many_requests", headers={"Retry-After": str(seconds)}, retry_after=seconds)
