"""Events arrive doubled and out of order; the books end the same."""

from __future__ import annotations

import json

from chassis.ids import new_key
from tests.billing.desk import DAY, Desk
from tests.service_kit import Kit, user


def test_a_new_workspace_gets_one_trial_however_often_it_is_told(desk: Desk) -> None:
    workspace = new_key()
    desk.create(workspace)
    desk.create(workspace)
    shown = desk.overview(workspace)
    assert (shown["plan"]["code"], shown["days_left"], shown["expired"]) == ("trial", 30, False)
    assert shown["envelopes"] == {"used": 0, "total": 50, "available": 50}
    assert shown["seats"] == {"total": 5, "used": 1}


def test_a_further_workspace_of_the_same_person_gets_no_second_trial(desk: Desk) -> None:
    workspace = new_key()
    desk.kit.deliver("workspace.created.v1", workspace, workspace_id=str(workspace), first=False)
    shown = desk.overview(workspace)
    assert shown["plan"]["code"] == "none" and shown["envelopes"]["available"] == 0
    assert desk.reserve(workspace, new_key()).status_code == 402


def test_the_very_same_message_counts_once(desk: Desk) -> None:
    workspace, agreement = desk.workspace(5), new_key()
    data = {**_example("agreement.sent.v1"), "workspace_id": str(workspace), "agreement_id": str(agreement)}
    body = json.dumps({
        "id": str(new_key()), "type": "agreement.sent.v1", "subject": str(agreement), "sequence": "2",
        "time": "2026-11-22T08:00:00+00:00", "correlationid": "c", "workspace": str(workspace), "data": data,
    }).encode()  # fmt: skip
    desk.reserve(workspace, agreement)
    desk.kit.redeliver(body)
    desk.kit.redeliver(body)
    assert desk.entries(agreement) == ["reserved", "committed"]
    assert desk.left(workspace) == 4


def test_sent_twice_is_charged_once(desk: Desk) -> None:
    workspace, agreement = desk.workspace(5), new_key()
    desk.reserve(workspace, agreement)
    desk.sent(workspace, agreement)
    desk.sent(workspace, agreement)
    assert (desk.state(agreement), desk.left(workspace)) == ("committed", 4)
    desk.require_balance(workspace)


def test_an_agreement_sent_after_its_envelope_was_released_takes_one_anyway(desk: Desk) -> None:
    workspace, agreement = desk.workspace(5), new_key()
    desk.reserve(workspace, agreement)
    desk.release(agreement)
    desk.sent(workspace, agreement)
    assert (desk.state(agreement), desk.left(workspace)) == ("committed", 4)
    desk.require_balance(workspace)


def test_with_nothing_left_a_late_one_overdraws_and_the_next_batch_settles_it(desk: Desk) -> None:
    workspace, agreement = desk.workspace(0), new_key()
    desk.sent(workspace, agreement)
    assert desk.entries(agreement) == ["overdrawn", "committed"]
    assert desk.left(workspace) == 0
    batch = desk.add_batch(workspace, 3, 10 * DAY)
    assert desk.available(batch) == 2
    desk.require_balance(workspace)


def test_what_was_overdrawn_is_settled_by_an_envelope_that_comes_back(desk: Desk) -> None:
    workspace, held, late = desk.workspace(1), new_key(), new_key()
    desk.reserve(workspace, held)
    desk.sent(workspace, late)
    desk.release(held)
    assert desk.left(workspace) == 0
    assert desk.entries(late) == ["overdrawn", "committed", "settled", "settled"]
    desk.require_balance(workspace)


def test_sent_before_the_workspace_was_told_ends_as_if_told_in_order(desk: Desk) -> None:
    workspace, agreement = new_key(), new_key()
    desk.sent(workspace, agreement)
    desk.create(workspace)
    assert desk.state(agreement) == "committed"
    assert desk.overview(workspace)["envelopes"] == {"used": 1, "total": 50, "available": 49}
    desk.require_balance(workspace)


def test_an_unlimited_plan_counts_and_never_refuses(tmp_path) -> None:
    desk = Desk(Kit("billing", tmp_path))
    workspace = desk.workspace(None)
    assert {desk.reserve(workspace, new_key()).status_code for _ in range(60)} == {200}
    shown = desk.overview(workspace)
    assert shown["envelopes"] == {"used": 60, "total": None, "available": None}
    assert (shown["ends_at"], shown["days_left"]) == (None, None)


def test_members_see_the_overview_and_only_admins_the_batches(desk: Desk) -> None:
    workspace = desk.workspace(7)
    bob = user(workspace=workspace, roles=("initiator",))
    assert desk.kit.request("GET", "/api/v1/billing", bob).status_code == 200
    assert desk.kit.request("GET", "/api/v1/billing/batches", bob).status_code == 403
    batches = desk.kit.request("GET", "/api/v1/billing/batches", user(workspace=workspace)).json["batches"]
    assert [(batch["total"], batch["available"]) for batch in batches] == [(7, 7)]


def test_plans_are_named_in_the_readers_language(desk: Desk) -> None:
    names = {}
    for language in ("en", "zh-CN", "zh-TW"):
        answer = desk.kit.request("GET", "/api/v1/billing/plans", user(), headers={"Accept-Language": language})
        names[language] = answer.json["plans"][0]["name"]
    assert names == {"en": "Trial", "zh-CN": "试用版", "zh-TW": "試用版"}


def _example(type: str) -> dict:
    from contracts.catalogue import CATALOGUE

    return dict(CATALOGUE[type].example)
