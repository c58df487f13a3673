"""Whatever happens in whatever order, the ledger and the batches agree."""

from __future__ import annotations

import random
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from chassis.database import EVERYONE
from chassis.ids import new_key
from chassis.problem import Problem
from services.billing import reservations
from services.billing.plans import PLANS
from services.billing.subscriptions import begin_subscription
from tests.billing.desk import DAY, Desk

TOGETHER = 100


@pytest.mark.parametrize(
    ("desk", "moves"),
    [("sqlite", 10_000), ("postgres", 1_000), pytest.param("postgres", 10_000, marks=pytest.mark.soak)],
    indirect=["desk"],
)
def test_thousands_of_random_moves_keep_ledger_and_batches_equal(desk: Desk, moves: int) -> None:
    """Many moves share a transaction, for speed; a refused one changes nothing."""
    dice, workspace = random.Random(7), desk.workspace(20)
    keys = [new_key() for _ in range(400)]
    for round in range(moves // TOGETHER):
        if round % 7 == 0:
            desk.add_batch(workspace, dice.randint(1, 60), dice.randint(1, 90) * DAY)
        if round % 10 == 0:
            desk.later(days=dice.randint(1, 9))
        with desk.db.transaction(EVERYONE) as session:
            for _ in range(TOGETHER):
                _move(session, dice, workspace, dice.choice(keys))
        if round % 10 == 0:
            desk.require_balance(workspace)
    desk.require_balance(workspace)


def _move(session: Session, dice: random.Random, workspace: UUID, agreement: UUID) -> None:
    try:
        match dice.randrange(12):
            case 0:
                reservations.commit(session, workspace, agreement)
            case 1 | 2 | 3 | 4:
                reservations.release(session, agreement)
            case 5:
                begin_subscription(session, workspace, PLANS["trial"])
            case _:
                reservations.reserve(session, workspace, agreement)
    except Problem as problem:
        assert problem.code in ("envelopes_exhausted", "envelope_used", "plan_expired")
