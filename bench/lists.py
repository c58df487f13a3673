"""How fast the lists are: ``python -m bench.lists [agreements] [sqlite|postgresql]`` fills a workspace and times them.

Every figure is the best of three in milliseconds, for an admin of the workspace who started half of it; ``--explain``
shows PostgreSQL's plans too.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import event, insert, text
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, Database
from chassis.ids import new_key
from chassis.migrations import migrate
from chassis.tokens import Kind, Principal
from services.agreement import changes, dump, initiators, lists
from services.agreement.app import service
from services.agreement.models import Agreement, Base, Listing, Recipient
from services.agreement.shelves import searchable
from tests.servers import Postgres

AT_ONCE, YEARS, MAY = 5000, timedelta(days=730), datetime(2026, 5, 1, tzinfo=UTC)
TITLES = ("Sales contract", "Non-disclosure agreement", "Lease of office", "销售合同", "保密协议", "勞動契約")
NAMES = ("Bob Lim", "Carol Tan", "王小明", "陈美玲", "Dave O'Neil", "林志遠")
COLLEAGUES = tuple((new_key(), name) for name in ("Ivan Chua", "Mei Lin", "陳大文", "Noor Aziz", "Pia Berg", "周杰"))
STATUSES = ("completed",) * 12 + ("sent",) * 4 + ("draft",) * 2 + ("voided", "expired")
QUERIES: Mapping[str, Mapping[str, Any]] = {
    **{f"page of {name}": {"category": name} for name in lists.CATEGORIES},
    "search, common words": {"q": "lease"},
    "search, one agreement": {"q": "no 77777"},
    "search, nothing": {"q": "zebra crossing"},
    "search, Chinese name": {"q": "小明"},
    "search, one character": {"q": "陈"},
    "search in completed, nothing": {"q": "zebra", "category": "completed"},
    "status voided": {"status": "voided"},
    "initiator": {"initiator": "me"},
    "initiator with few": {"initiator": "nobody"},
    "created in a week": {"created_from": MAY, "created_to": MAY + timedelta(days=7)},
    "completed in a week": {"completed_from": MAY, "completed_to": MAY + timedelta(days=7)},
}  # fmt: skip


def _key(at: datetime) -> UUID:
    return UUID(int=int(at.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62 | random.getrandbits(60))


def _rows(number: int, who: Principal, begin: datetime, step: timedelta) -> Iterator[tuple[type, dict[str, Any]]]:
    at, status, title = begin + step * number, random.choice(STATUSES), f"{random.choice(TITLES)} No {number}"
    initiator, name = (who.account, "Alice Tan") if number % 2 else random.choice(COLLEAGUES)
    key = _key(at)
    open_, done = status in ("sent", "completing"), status == "completed"
    deadline = datetime.now(UTC) + timedelta(days=random.uniform(0.5, 60)) if open_ else at + timedelta(days=14)
    assert who.workspace
    own = {"workspace_id": who.workspace}
    yield Agreement, {
        **own, "id": key, "version": 3, "status": status, "title": title, "message": "", "deadline": deadline,
        "reminders": [3, 1], "initiator_id": initiator, "initiator_name": name, "initiator_language": "en",
        "initiator_email": "alice@example.com", "created_at": at, "sent_at": at, "ordered": False,
        "completed_at": at + timedelta(days=2) if done else None,
    }  # fmt: skip
    people = random.sample(NAMES, 2)
    for place, name in enumerate(people):
        yield Recipient, {
            **own, "id": new_key(), "agreement_id": key, "place": place, "position": place + 1, "name": name,
            "email": f"p{place}@example.com", "language": "en", "check": "none",
            "signed_at": at + timedelta(days=1) if done else None,
        }  # fmt: skip
    words = searchable("\n".join([title, *people]))
    common = {
        **own, "agreement_id": key, "owner_id": who.workspace, "initiator_id": initiator, "status": status,
        "my_turn": False, "locked": open_ and number % 50 == 0, "created_at": at, "deadline": deadline,
        "completed_at": at + timedelta(days=2) if done else None, "changed_at": at, "search": words,
    }  # fmt: skip
    yield Listing, {**common, "id": new_key(), "viewer": who.workspace, "received": False, "sent": False}
    mine, received = initiator == who.account, number % 5 == 0
    flags = {"sent": mine and status != "draft", "received": received, "my_turn": received and open_}
    viewer = who.account if mine or received else initiator
    yield Listing, {**common, "id": new_key(), "viewer": viewer, **flags}


def fill(db: Database, who: Principal, count: int) -> None:
    """Write ``count`` agreements of the last two years with their lines."""
    random.seed(4)
    begin, step = datetime.now(UTC) - YEARS, YEARS / count
    for first in range(0, count, AT_ONCE):
        found: dict[type, list[dict[str, Any]]] = {}
        for number in range(first, min(first + AT_ONCE, count)):
            for table, row in _rows(number, who, begin, step):
                found.setdefault(table, []).append(row)
        with db.transaction(EVERYONE) as session:
            for table, rows in found.items():
                session.execute(insert(table), rows)
    if not db.is_sqlite:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("vacuum analyze"))
    else:
        with db.engine.connect() as connection:
            connection.execute(text("analyze"))


def _best(db: Database, who: Principal, work: Callable[[Session], object]) -> float:
    spent = []
    for _ in range(3):
        begin = time.perf_counter()
        with db.read(who.workspace or EVERYONE) as session:
            work(session)
        spent.append(time.perf_counter() - begin)
    return min(spent) * 1000


def measure(db: Database, who: Principal) -> Iterator[tuple[str, float, object]]:
    """Each name with its milliseconds and how many it found."""

    def show(query: Mapping[str, Any]) -> Callable[[Session], object]:
        full = {"category": "all", "limit": 20, **query}
        if "initiator" in full:
            full["initiator"] = who.account if full["initiator"] == "me" else new_key()
        return lambda session: dump.rows(session, lists.page(session, who, 3, full).lines)

    yield "counts of nine categories", _best(db, who, lambda s: lists.counts(s, who, 3)), ""
    yield "initiators", _best(db, who, lambda s: initiators.initiators(s, s, who)), ""
    yield "what has changed", _best(db, who, lambda s: changes.changes(s, who, changes.start(s, who).cursor)), ""
    for name, query in QUERIES.items():
        with db.read(who.workspace or EVERYONE) as session:
            found = len(show(query)(session))  # type: ignore[arg-type]
        yield name, _best(db, who, show(query)), found


def _explain(db: Database) -> None:
    @event.listens_for(db.engine, "before_cursor_execute")
    def plan(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT") and "listings" in statement:
            cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + statement, parameters)
            print("\n".join(row[0] for row in cursor.fetchall()), file=sys.stderr)


def run(kind: str, count: int, explain: bool) -> None:
    """Fill one database and print its figures."""
    who = Principal(Kind.USER, str(new_key()), new_key(), frozenset({"admin", "initiator"}), "alice@example.com")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder / 'lists.db'}"
        if kind == "postgresql":
            server = stack.enter_context(Postgres())
            url = server.create_database("lists")
            with server.connect("postgres") as connection:
                connection.execute("CREATE ROLE desk LOGIN")
                connection.execute("ALTER DATABASE lists OWNER TO desk")
            url = url.replace("signet@", "desk@")
        db = Database(url, "agreement")
        stack.callback(db.engine.dispose)
        migrate(db, service.migrations, Base)
        begin = time.perf_counter()
        fill(db, who, count)
        print(f"\n{kind}, {count} agreements, filled in {time.perf_counter() - begin:.0f} s")
        if explain:
            _explain(db)
        for name, spent, found in measure(db, who):
            print(f"{name:36} {spent:8.1f} ms  {found}", flush=True)


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    total = next((int(word) for word in words if word.isdigit()), 100_000)
    for one in [word for word in words if not word.isdigit()] or ["sqlite", "postgresql"]:
        run(one, total, "--explain" in sys.argv)
