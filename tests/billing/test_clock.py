"""The clock moves: a trial runs out, warnings come once, what has ended is gone."""

from __future__ import annotations

from chassis.ids import new_key
from tests.billing.desk import DAY, Desk


def test_a_trial_is_warned_of_on_its_last_days_and_ends_on_the_thirtieth(desk: Desk) -> None:
    workspace, sent = desk.workspace(None), new_key()
    desk.admin(workspace, "alice@example.com", "zh-Hant")
    desk.admin(workspace, "bob@example.com", roles=["initiator"])
    desk.admin(workspace, "carol@example.com", status="disabled")
    desk.reserve(workspace, sent)
    desk.sent(workspace, sent)
    seen, days = [], 0
    for day in (0, 23, 27, 29, 30, 31):
        desk.later(days=day - days)
        days = day
        shown = desk.overview(workspace)
        warnings = [one["days_left"] for one in desk.told(workspace, "plan_ending")]
        ended = len(desk.told(workspace, "plan_ended"))
        status = desk.reserve(workspace, new_key()).status_code
        seen.append((day, shown["days_left"], shown["expired"], warnings, ended, status))
    assert seen == [
        (0, 30, False, [], 0, 200),
        (23, 7, False, [7], 0, 200),
        (27, 3, False, [7, 3], 0, 200),
        (29, 1, False, [7, 3, 1], 0, 200),
        (30, 0, True, [7, 3, 1], 1, 402),
        (31, 0, True, [7, 3, 1], 1, 402),
    ]
    assert desk.reserve(workspace, sent).json["state"] == "committed"
    assert desk.overview(workspace)["plan"]["code"] == "trial"
    told = desk.told(workspace, "plan_ending", "plan_ended")
    alice = {"name": "Alice", "email": "alice@example.com", "language": "zh-Hant"}
    assert [one["parties"] for one in told] == [[alice]] * 4
    (batch,) = desk.ask("GET", "/batches", workspace)["batches"]
    assert (batch["state"], batch["available"], batch["name"]) == ("ended", 0, "Trial")
    assert "expired" in desk.kinds(workspace)
    desk.require_balance(workspace)


def test_a_suite_that_was_off_for_a_month_gives_only_the_last_word(desk: Desk) -> None:
    workspace = desk.workspace(None)
    desk.later(days=29.5)
    assert [one["days_left"] for one in desk.told(workspace, "plan_ending")] == [1]
    desk.later(days=40)
    desk.later(days=1)
    assert len(desk.told(workspace, "plan_ended")) == 1


def test_envelopes_are_warned_of_at_a_fifth_a_twentieth_and_none_once_for_each_batch(desk: Desk) -> None:
    workspace = desk.workspace(50)
    for _ in range(50):
        assert desk.reserve(workspace, new_key()).status_code == 200
    low = [(one["percent"], one["available"]) for one in desk.told(workspace, "envelopes_low")]
    assert low == [(20, 10), (5, 2)]
    assert [one["total"] for one in desk.told(workspace, "exhausted")] == [50]
    desk.add_batch(workspace, 5, 20 * DAY)
    for _ in range(5):
        assert desk.reserve(workspace, new_key()).status_code == 200
    assert [one["total"] for one in desk.told(workspace, "exhausted")] == [50, 55]
    assert [one["available"] for one in desk.told(workspace, "envelopes_low")] == [10, 2, 4, 2]


def test_when_the_last_envelopes_end_with_their_batch_the_admins_are_told(desk: Desk) -> None:
    workspace, idle = desk.workspace(5), desk.workspace(20)
    for _ in range(5):
        desk.reserve(workspace, new_key())
    for one in (workspace, idle):
        desk.add_batch(one, 7, 2 * DAY)
    assert len(desk.told(workspace, "exhausted")) == 1
    for _ in range(2):
        desk.later(days=3)
        assert (desk.left(workspace), len(desk.told(workspace, "exhausted"))) == (0, 2)
    assert (desk.left(idle), desk.told(idle, "exhausted", "envelopes_low")) == (20, [])
    desk.require_balance(workspace)


def test_giving_one_back_and_taking_it_again_warns_no_second_time(desk: Desk) -> None:
    workspace, agreement = desk.workspace(1), new_key()
    for _ in range(3):
        desk.reserve(workspace, agreement)
        desk.release(agreement)
    assert len(desk.told(workspace, "exhausted")) == 1


def test_batches_are_used_in_the_order_of_their_ends_across_releases(desk: Desk) -> None:
    workspace = desk.workspace(2)
    late, soon, middle = (desk.add_batch(workspace, 2, days * DAY) for days in (90, 3, 10))
    held = [new_key() for _ in range(8)]
    for agreement in held[:3]:
        desk.reserve(workspace, agreement)
    assert [desk.available(one) for one in (soon, middle, late)] == [0, 1, 2]
    desk.release(held[0])
    desk.reserve(workspace, held[3])
    assert [desk.available(one) for one in (soon, middle, late)] == [0, 1, 2]
    desk.later(days=4)
    desk.release(held[1])
    assert desk.available(soon) == 0
    desk.reserve(workspace, held[4])
    assert [desk.available(one) for one in (soon, middle, late)] == [0, 0, 2]
    for agreement in held[5:]:
        assert desk.reserve(workspace, agreement).status_code == 200
    assert (desk.available(late), desk.left(workspace)) == (1, 1)
    desk.require_balance(workspace)
