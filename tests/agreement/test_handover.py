"""Bob has left; Alice hands what he had not completed to Carol. What a workspace has set is in new drafts."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.ids import new_key, public_id
from tests.service_kit import user


def member(desk: Any, name: str, workspace: UUID, account: UUID | None = None, status: str = "enabled") -> Any:
    """Somebody joins a workspace; they, logged in there."""
    account, key, email = account or new_key(), new_key(), f"{name.lower()}@example.com"
    told = {"member_id": str(key), "workspace_id": str(workspace), "account_id": str(account), "status": status}
    desk.deliver("workspace.member_joined.v1", key, 2, workspace, **told, name=name, email=email, roles=["initiator"])
    return user(account, workspace, ("initiator",), email, name)


def hand_over(desk: Any, giver: Any, taker: Any, who: Any = None) -> Any:
    body = {"from_account_id": public_id("acc", giver.account), "to_account_id": public_id("acc", taker.account)}
    return desk.call("POST", "/handover", body, who)


def test_drafts_and_open_agreements_are_handed_over(desk):
    here = desk.alice.workspace
    bob, carol = member(desk, "Bob", here), member(desk, "Carol", here)
    sent, draft, other = desk.ready(who=bob), desk.start(bob), desk.start(carol)
    desk.ok(desk.call("POST", f"/{sent}/send", {}, bob))
    assert desk.ok(hand_over(desk, bob, carol)) == {"count": 2}
    for key in (sent, draft, other):
        assert desk.ok(desk.call("GET", f"/{key}", who=carol))["initiator"]["name"] == "Carol"
    for key in (sent, draft):
        assert desk.call("GET", f"/{key}", who=bob).status_code == 404
    (told,) = desk.emitted("agreement.handed_over.v1")
    assert told.data["initiator"]["email"] == "carol@example.com"
    entries = desk.ok(desk.call("GET", f"/{draft}/history", who=carol))["entries"]
    assert [(one["kind"], one["actor"]) for one in entries] == [
        ("drafted", "Bob <bob@example.com>"), ("handed_over", "Alice Tan <alice@example.com>"),
    ]  # fmt: skip
    assert desk.ok(hand_over(desk, bob, carol)) == {"count": 0}
    (work,) = desk.emitted("agreement.work_handed_over.v1")
    assert (work.data["count"], work.data["giver"], work.data["taker"], work.data["by"]["name"]) == (
        2, "Bob <bob@example.com>", "Carol <carol@example.com>", "Alice Tan",
    )  # fmt: skip


def test_only_an_admin_hands_over_and_only_to_an_enabled_colleague(desk):
    here = desk.alice.workspace
    bob, gone, stranger = member(desk, "Bob", here), member(desk, "Gone", here, status="disabled"), user()
    draft = desk.start(bob)
    assert hand_over(desk, bob, bob, bob).status_code == 403
    for taker in (gone, stranger):
        assert hand_over(desk, bob, taker).json["code"] == "not_a_colleague"
    mallory = user()
    assert hand_over(desk, bob, member(desk, "Eve", mallory.workspace, mallory.account), mallory).json == {"count": 0}
    assert desk.ok(desk.call("GET", f"/{draft}", who=bob))["initiator"]["name"] == "Bob"


def test_new_drafts_have_the_deadline_and_reminders_the_workspace_has_set(desk):
    here = desk.alice.workspace
    settings = {"deadline_days": 40, "reminders": [10], "sender_name": None}
    desk.deliver("workspace.changed.v1", here, 3, here, workspace_id=str(here), settings=settings)
    draft = desk.show(desk.start())
    assert draft["reminders"] == [10]
    assert 39 <= (days_between(draft["created_at"], draft["deadline"])) <= 40


def days_between(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() / 86400
