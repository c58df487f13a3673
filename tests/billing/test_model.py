"""The API against a model of its own making: whatever happens, both have the same plan, batches and amounts."""

from __future__ import annotations

import random
from datetime import timedelta
from uuid import UUID

import pytest

from chassis.database import EVERYONE
from chassis.ids import new_key
from services.billing.operator import confirm, give_back
from tests.billing.conftest import Agreements
from tests.billing.desk import Desk
from tests.billing.model import Books

QUARTER = timedelta(minutes=16)


class Player:
    """Plays moves at random on a workspace and on its model, and compares what both answer."""

    def __init__(self, desk: Desk, agreements: Agreements, seed: int) -> None:
        self.desk, self.agreements, self.dice, self.books = desk, agreements, random.Random(seed), Books()
        self.workspace = desk.workspace(None)
        self.keys = [new_key() for _ in range(150)]
        self.paid: list[str] = []

    def play(self, moves: int) -> None:
        kinds = {self.reserve: 45, self.send: 22, self.release: 10, self.buy_pack: 2, self.buy_plan: 2, self.refund: 1,
                 self.advance: 4, self.lapse: 2, self.burst: 3}  # fmt: skip
        for number in range(moves):
            move = self.dice.choices(list(kinds), list(kinds.values()))[0]
            self.books.now += 1
            move()
            if number % 5 == 0 or move not in (self.reserve, self.send, self.release):
                self.compare()

    def reserve(self, key: UUID | None = None) -> None:
        key = key or self.dice.choice(self.keys)
        answer = self.desk.reserve(self.workspace, key)
        assert ("ok" if answer.status_code == 200 else answer.json["code"]) == self.books.reserve(str(key))

    def burst(self) -> None:
        """A whole pile is sent at once, so that lots run out."""
        for _ in range(self.dice.randint(10, 60)):
            self.keys.append(new_key())
            self.reserve(self.keys[-1])

    def release(self) -> None:
        key = self.dice.choice(self.keys)
        answer = self.desk.release(key)
        assert ("ok" if answer.status_code == 204 else answer.json["code"]) == self.books.release(str(key))

    def send(self) -> None:
        key = self.dice.choice(self.keys)
        self.desk.sent(self.workspace, key)
        self.books.send(str(key))

    def buy_pack(self) -> None:
        self._order("envelopes_100", quantity=self.dice.randint(1, 3))

    def buy_plan(self) -> None:
        self._order(self.dice.choice(["standard", "professional"]), quantity=1)

    def _order(self, product: str, quantity: int) -> None:
        body = {"product": product, "quantity": quantity, "provider": "invoice"}
        who = self.desk.someone(self.workspace)
        answer = self.desk.kit.request("POST", "/api/v1/billing/orders", who, json=body)
        name = answer.json.get("id", "")
        given = self.books.buy_pack(name, quantity) if quantity > 1 or "env" in product else self.books.buy_plan(
            name, product
        )  # fmt: skip
        assert answer.status_code == (201 if given else 409), answer.text
        if given:
            self.paid.append(name)
            with self.desk.db.transaction(EVERYONE) as session:
                confirm(session, name, None)

    def refund(self) -> None:
        if self.paid:
            name = self.paid.pop(self.dice.randrange(len(self.paid)))
            with self.desk.db.transaction(EVERYONE) as session:
                give_back(session, name)
            self.books.refund(name)

    def advance(self) -> None:
        days = self.dice.choice([1, 2, 5, 20, 60])
        self.desk.later(days=days)
        self.books.advance(days)

    def lapse(self) -> None:
        """Nobody sent some of what was reserved: a quarter of an hour later it is free again."""
        held = [key for key in self.keys if str(key) in self.books.held]
        for key in self.dice.sample(held, min(len(held), 5)):
            self.agreements.states[key] = self.dice.choice(["draft", "missing", "sent"])
            self.desk.age(key, QUARTER)
            if self.agreements.states[key] != "sent":
                self.books.release(str(key))
        self.desk.kit.turn("release_stale")

    def compare(self) -> None:
        books, shown = self.books, self.desk.overview(self.workspace)
        usable = books.usable
        total, left = sum(one.total for one in usable), sum(one.left for one in usable)
        assert shown["envelopes"] == {"used": total - left, "total": total, "available": left}
        assert (shown["expired"], shown["days_left"]) == (books.over, books.days_left())
        if books.running:
            assert shown["plan"]["code"] == books.running.plan
        batches = self.desk.ask("GET", "/batches?resource=envelope", self.workspace)["batches"]
        expected = sorted((one.total, one.left) for one in books.lots)
        assert sorted((one["total"], one["available"]) for one in batches) == expected
        self.desk.require_balance(self.workspace)


@pytest.mark.parametrize(("first", "last", "moves"), [(5, 5, 150), pytest.param(6, 25, 300, marks=pytest.mark.soak)])
def test_api_and_model_agree_after_whatever_happens(
    desk: Desk, agreements: Agreements, first: int, last: int, moves: int
) -> None:
    for seed in range(first, last + 1):
        Player(desk, agreements, seed).play(moves)
