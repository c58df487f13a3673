"""*billing* on SQLite and on PostgreSQL, with a neighbour that knows what became of agreements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, Response, jsonify

from chassis.ids import new_key
from tests.billing.desk import Desk
from tests.service_kit import Kit


class Agreements:
    """Stands in for *agreement*: tells the state it was given; ``meanwhile`` happens while it is asked."""

    def __init__(self) -> None:
        self.states: dict[UUID, str] = {}
        self.away = False
        self.asked = 0
        self.meanwhile: Callable[[], Any] = lambda: None
        self.app = Flask("agreement")
        self.app.add_url_rule("/internal/agreements/<uuid:key>/state", view_func=self._state)

    def _state(self, key: UUID) -> Any:
        self.asked += 1
        self.meanwhile()
        if self.away:
            return Response(status=503)
        return jsonify(state=self.states.get(key, "missing"))


@pytest.fixture
def agreements() -> Agreements:
    return Agreements()


@pytest.fixture(params=["sqlite", "postgres"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, agreements: Agreements) -> Iterator[Desk]:
    """A desk of *billing* on each database."""
    url = None
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").create_database(f"billing_{new_key().hex}")
    desk = Desk(Kit("billing", tmp_path, url, {"agreement": agreements.app}, BILLING="plans"))
    yield desk
    desk.db.engine.dispose()
