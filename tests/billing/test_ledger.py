"""Whatever happens in whatever order, the ledger and the batches agree."""

from __future__ import annotations

import random
from uuid import UUID

from chassis.database import EVERYONE
from chassis.ids import new_key
from chassis.problem import Problem
from services.billing import reservations
from services.billing.subscriptions import begin_subscription
from tests.billing.desk import DAY, Desk


def test_a_thousand_random_moves_keep_ledger_and_batches_equal(desk: Desk) -> None:
    dice, workspace = random.Random(7), desk.workspace(20)
    keys = [new_key() for _ in range(60)]
    for _ in range(1000):
        _move(desk, dice, workspace, dice.choice(keys))
    desk.require_balance(workspace)


def _move(desk: Desk, dice: random.Random, workspace: UUID, agreement: UUID) -> None:
    if dice.random() < 0.01:
        desk.add_batch(workspace, 3, dice.randint(1, 90) * DAY)
        return
    with desk.db.transaction(EVERYONE) as session:
        try:
            match dice.randrange(7):
                case 0:
                    reservations.commit(session, workspace, agreement)
                case 1 | 2:
                    reservations.release(session, agreement)
                case 3:
                    begin_subscription(session, workspace, "trial")
                case _:
                    reservations.reserve(session, workspace, agreement)
        except Problem as problem:
            assert problem.code in ("envelopes_exhausted", "envelope_used")
