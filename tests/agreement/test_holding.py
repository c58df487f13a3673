"""A workspace that is being closed and somebody who sends: one of them wins, never both."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import update

from chassis.database import EVERYONE, database_now
from chassis.tokens import Principal
from services.agreement.holding import HELD
from services.agreement.models import Workspace
from tests.agreement.desk import Desk
from tests.service_kit import service, user

ROUNDS = 12


def known(desk: Desk) -> Principal:
    """An admin of a workspace that was told of."""
    who = user()
    desk.deliver("workspace.created.v1", who.workspace, 1, who.workspace, workspace_id=str(who.workspace))
    return who


def hold(desk: Desk, who: Principal) -> int:
    """*workspace* wants to close; how many agreements are open."""
    answer = desk.request("POST", f"/internal/agreements/hold/{who.workspace}", service("workspace"))
    assert answer.status_code == 200, answer.text
    return int(answer.json["open"])


def test_closing_and_sending_at_once_never_both_succeed(any_desk: Desk) -> None:
    desk, seen = any_desk, set()
    people = [known(desk) for _ in range(ROUNDS)]
    drafts = [desk.ready(who=who) for who in people]
    with ThreadPoolExecutor(2) as pool:
        for who, draft in zip(people, drafts, strict=True):
            sending = pool.submit(desk.send, draft, who)
            holding = pool.submit(hold, desk, who)
            seen.add((sending.result().status_code, holding.result()))
    assert seen <= {(200, 1), (409, 0)}, seen


def test_what_is_held_sends_again_after_a_while_and_what_is_closed_never(desk: Desk) -> None:
    alice = known(desk)
    workspace, (draft, late) = str(alice.workspace), (desk.ready(who=alice) for _ in range(2))
    assert hold(desk, alice) == 0
    refused = desk.send(draft, alice)
    assert (refused.status_code, refused.json["code"]) == (409, "workspace_closed")
    desk.deliver("workspace.changed.v1", workspace, 2, alice.workspace, workspace_id=workspace, name="New")
    assert desk.send(draft, alice).json["code"] == "workspace_closed"
    with desk.runtime.db.transaction(EVERYONE) as session:
        before = (database_now(session) - timedelta(seconds=1)).isoformat()
        session.execute(update(Workspace).values(settings={HELD: before}))
    assert desk.send(draft, alice).status_code == 200
    assert hold(desk, alice) == 1
    desk.deliver("workspace.changed.v1", workspace, 3, alice.workspace, workspace_id=workspace, closed=True)
    assert desk.send(late, alice).json["code"] == "workspace_closed"
