"""Ended agreements go when their workspace's time for them is over: never at once, and never without a word before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis.database import EVERYONE
from chassis.ids import new_key, parse_public_id, public_id
from services.agreement import retention
from services.agreement.models import Agreement, Document, Recipient, RemovalDay
from tests.agreement.desk import BOB, CAROL, Desk, at
from tests.agreement.test_ending import FILES
from tests.service_kit import user

NEAR, REMOVED, COUNTED = (f"agreement.{name}.v1" for name in ("removals_near", "removed", "removals_counted"))
YEAR = 365


class Versions:
    """Counts the changes of the workspace's settings."""

    told = 1


def keep_for(desk: Desk, days: int | None) -> None:
    """*workspace* tells that ended agreements are kept for so long."""
    Versions.told += 1
    usual = {"deadline_days": None, "reminders": None, "sender_name": None}
    told = {"workspace_id": str(desk.alice.workspace), "settings": {**usual, "retention_days": days}}
    desk.deliver("workspace.changed.v1", desk.alice.workspace, sequence=Versions.told, **told)


def voided(desk: Desk, title: str = "Lease", days_ago: float = 0) -> str:
    key = desk.sent(BOB, title=title)
    desk.ok(desk.call("POST", f"/{key}/void", {"reason": "Wrong annex"}))
    turn_clock(desk, days_ago, key)
    return key


def turn_clock(desk: Desk, days: float, *keys: str) -> None:
    """So many days pass: for these agreements, or for everything there is."""
    with desk.runtime.db.transaction(EVERYONE) as session:
        wanted = [parse_public_id("agr", key) for key in keys]
        for row in session.scalars(select(Agreement).where(Agreement.id.in_(wanted) if keys else True)):
            for name in ("over_at", "ended_at", "completed_at", "warned_at"):
                if moment := getattr(row, name):
                    setattr(row, name, moment - timedelta(days=days))
        for day in session.scalars(select(RemovalDay)) if not keys else ():
            day.day = (datetime.fromisoformat(day.day) - timedelta(days=days)).date().isoformat()


def sweep(desk: Desk) -> None:
    desk.turn("retention")


def in_days(moment: str | None) -> int:
    """How far away a moment is, in days."""
    assert moment
    return round((datetime.fromisoformat(moment) - datetime.now(UTC)) / timedelta(days=1))


def test_an_agreement_is_told_of_a_month_before_and_removed_on_its_day(any_desk: Desk) -> None:
    desk = any_desk
    key, other = voided(desk), desk.sent(CAROL, title="Still open")
    assert desk.show(key)["kept_until"] is None
    keep_for(desk, YEAR)
    sweep(desk)
    assert in_days(desk.show(key)["kept_until"]) == YEAR and desk.show(other)["kept_until"] is None
    assert desk.emitted(NEAR) == []
    turn_clock(desk, YEAR - 31)
    sweep(desk)
    sweep(desk)
    (near,) = desk.emitted(NEAR)
    assert (near.data["count"], near.data["agreements"]) == (1, [{"public_id": key, "title": "Lease"}])
    assert in_days(near.data["first_at"]) == 31 == in_days(desk.show(key)["kept_until"])
    turn_clock(desk, 30.5)
    sweep(desk)
    assert desk.emitted(REMOVED) == [] and key in desk.listed()
    turn_clock(desk, 1)
    sweep(desk)
    (removed,) = desk.emitted(REMOVED)
    assert removed.data["agreement_id"] == str(parse_public_id("agr", key))
    assert desk.call("GET", f"/{key}").status_code == 404 and desk.listed() == [other]
    desk.turn("agreement_trash")
    with desk.runtime.db.read(EVERYONE) as session:
        (kept,) = session.scalars(select(Document))
        assert session.scalars(select(Recipient.name)).all() == ["王小明"]
    left = {str(path.relative_to(desk.folder)) for path in desk.objects()}
    assert left == {kept.key, kept.original_key}


def test_each_day_is_counted_once_it_is_over(desk: Desk) -> None:
    for title in ("One", "Two", "Three"):
        voided(desk, title, days_ago=400)
    keep_for(desk, YEAR)
    sweep(desk)
    turn_clock(desk, 31)
    sweep(desk)
    assert len(desk.emitted(REMOVED)) == 3 and desk.emitted(COUNTED) == []
    turn_clock(desk, 1)
    sweep(desk)
    sweep(desk)
    (counted,) = desk.emitted(COUNTED)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    assert (counted.data["count"], counted.data["day"]) == (3, yesterday)


def test_a_slip_of_an_admin_removes_nothing_and_can_be_taken_back(any_desk: Desk) -> None:
    desk = any_desk
    old, older = voided(desk, "Old", days_ago=800), voided(desk, "Older", days_ago=3000)
    keep_for(desk, 30)
    sweep(desk)
    assert sorted(desk.listed()) == sorted([old, older])
    (near,) = desk.emitted(NEAR)
    assert near.data["count"] == 2 and [one["title"] for one in near.data["agreements"]] == ["Older", "Old"]
    assert in_days(near.data["first_at"]) == in_days(desk.show(old)["kept_until"]) == 30
    turn_clock(desk, 29)
    keep_for(desk, None)
    assert desk.show(old)["kept_until"] is None
    turn_clock(desk, 300)
    sweep(desk)
    keep_for(desk, 3650)
    sweep(desk)
    assert len(desk.listed()) == 2 and len(desk.emitted(NEAR)) == 1
    keep_for(desk, YEAR)
    sweep(desk)
    assert len(desk.emitted(NEAR)) == 2 and in_days(desk.show(older)["kept_until"]) == 30


def test_settings_that_come_late_or_twice_change_nothing(desk: Desk) -> None:
    key = voided(desk, days_ago=800)
    keep_for(desk, YEAR)
    sweep(desk)
    told = {"workspace_id": str(desk.alice.workspace)}
    desk.deliver("workspace.changed.v1", desk.alice.workspace, sequence=Versions.told - 1, **told)
    renamed = {**told, "settings": {"deadline_days": 9, "reminders": [], "sender_name": None, "retention_days": YEAR}}
    Versions.told += 1
    desk.deliver("workspace.changed.v1", desk.alice.workspace, sequence=Versions.told, name="Acme", **renamed)
    turn_clock(desk, 30.5)
    sweep(desk)
    assert len(desk.emitted(REMOVED)) == 1 and len(desk.emitted(NEAR)) == 1
    assert desk.call("GET", f"/{key}").status_code == 404


def test_one_mail_a_day_tells_of_all_of_them(desk: Desk) -> None:
    keep_for(desk, YEAR)
    for number in range(6):
        voided(desk, f"No {number}", days_ago=YEAR + number)
    sweep(desk)
    (near,) = desk.emitted(NEAR)
    assert near.data["count"] == 6 and [one["title"] for one in near.data["agreements"]] == [
        "No 5", "No 4", "No 3", "No 2", "No 1",
    ]  # fmt: skip
    voided(desk, "Late", days_ago=YEAR)
    sweep(desk)
    assert len(desk.emitted(NEAR)) == 1
    turn_clock(desk, 1)
    sweep(desk)
    assert [one["title"] for one in desk.emitted(NEAR)[-1].data["agreements"]] == ["Late"]
    with desk.runtime.db.read(EVERYONE) as session:
        assert {str(day.first) for day in session.scalars(select(RemovalDay))} == {"[]"}


def test_an_admin_keeps_one_for_ever_and_lets_it_go_again(desk: Desk) -> None:
    key, gone = voided(desk, "Proof", days_ago=800), voided(desk, "Gone", days_ago=800)
    keep_for(desk, YEAR)
    sweep(desk)
    assert "hold" in desk.show(key)["actions"]
    held = desk.ok(desk.call("PUT", f"/{key}/hold", {}))
    assert desk.ok(desk.call("PUT", f"/{key}/hold", {}))["version"] == held["version"]
    assert held["kept_until"] is None and held["held_at"] and "lift_hold" in held["actions"]
    turn_clock(desk, 400)
    sweep(desk)
    assert desk.listed() == [key] and desk.call("GET", f"/{gone}").status_code == 404
    free = desk.ok(desk.call("DELETE", f"/{key}/hold"))
    assert in_days(free["kept_until"]) == 30 and free["held_at"] is None
    sweep(desk)
    assert desk.listed() == [key]
    told = desk.ok(desk.call("GET", f"/{key}/history"))["entries"]
    assert [(one["kind"], one["actor"]) for one in told[-2:]] == [("held", "Alice Tan"), ("hold_lifted", "Alice Tan")]
    turn_clock(desk, 30.5)
    sweep(desk)
    assert desk.listed() == []


def test_only_who_manages_the_workspace_holds_and_asks_what_would_go(desk: Desk) -> None:
    ben = user(workspace=desk.alice.workspace, roles=("initiator",), email="ben@example.com", name="Ben")
    key, draft = desk.sent(BOB, who=ben), desk.start()
    desk.ok(desk.call("POST", f"/{key}/void", {"reason": "x"}, ben))
    answers = [
        desk.call("PUT", f"/{key}/hold", {}, ben), desk.call("DELETE", f"/{key}/hold", who=ben),
        desk.call("GET", "/retention?days=30", who=ben),
    ]  # fmt: skip
    assert [one.status_code for one in answers] == [403, 403, 403]
    assert "hold" not in desk.show(key, ben)["actions"] and "hold" in desk.show(key)["actions"]
    assert desk.call("PUT", f"/{draft}/hold", {}).get_json()["code"] == "not_sent"
    mallory = user()
    assert desk.call("PUT", f"/{key}/hold", {}, mallory).status_code == 404
    assert desk.call("DELETE", f"/{key}/hold", who=mallory).status_code == 404
    assert desk.ok(desk.call("GET", "/retention?days=30", who=mallory))["ended"] == 0


def test_what_another_time_would_do_is_told_before(desk: Desk) -> None:
    def ask(query: str = "") -> Any:
        return desk.ok(desk.call("GET", f"/retention{query}"))

    assert ask("?days=30") == {"ended": 0, "held": 0, "removed": 0, "first_at": None}
    for days in (10, 400, 800):
        held = voided(desk, days_ago=days)
    desk.ok(desk.call("PUT", f"/{held}/hold", {}))
    desk.sent(BOB)
    year, short = ask(f"?days={YEAR}"), ask("?days=30")
    assert (year["ended"], year["held"], year["removed"], in_days(year["first_at"])) == (2, 1, 1, 30)
    assert (short["removed"], in_days(short["first_at"])) == (2, 30)
    long = ask("?days=3650")
    assert (long["removed"], in_days(long["first_at"])) == (0, 3650 - 400)
    assert ask()["first_at"] is None and desk.emitted(NEAR) == []
    assert [desk.call("GET", f"/retention?days={days}").status_code for days in (29, 36_501, "x")] == [422] * 3


def test_signers_elsewhere_see_how_long_it_is_kept_and_lose_their_line_with_it(desk: Desk) -> None:
    bob = desk.account("bob@example.com")
    key = desk.sent(BOB, title="Contract")
    desk.tell("signing.invited.v1", key, name="Bob Lim", email="bob@example.com", purpose="invitation")
    desk.tell("signing.completed.v1", key, None, **FILES, completed_at=at(-60 * 24 * 400), links=[])
    keep_for(desk, YEAR)
    sweep(desk)
    assert in_days(desk.show(key, bob)["kept_until"]) == 30
    desk.ok(desk.call("PUT", f"/{key}/hold", {}))
    assert desk.show(key, bob)["held_at"] is None and desk.show(key)["held_at"]
    desk.ok(desk.call("DELETE", f"/{key}/hold"))
    sweep(desk)
    turn_clock(desk, 1)
    sweep(desk)
    turn_clock(desk, 31)
    since = desk.ok(desk.call("GET", "/changes", who=bob))["cursor"]
    sweep(desk)
    assert desk.listed(bob) == [] and desk.call("GET", f"/{key}", who=bob).status_code == 404
    assert desk.ok(desk.call("GET", "/changes", who=bob, query_string={"since": since}))["removed"] == [key]


def test_two_workers_and_one_that_dies_remove_each_agreement_once(any_desk: Desk, monkeypatch: Any) -> None:
    desk = any_desk
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    monkeypatch.setattr(retention, "WARNED_AT_ONCE", 3)
    keys = [voided(desk, f"No {number}", days_ago=500) for number in range(6)]
    keep_for(desk, YEAR)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: sweep(desk), range(2)))
    turn_clock(desk, 1)
    sweep(desk)
    assert sum(near.data["count"] for near in desk.emitted(NEAR)) == 6
    turn_clock(desk, 31)
    real, calls = retention.remove, []

    def dies(*args: Any) -> None:
        calls.append(1)
        real(*args)
        if len(calls) == 4:
            raise SystemExit

    monkeypatch.setattr(retention, "remove", dies)
    try:
        sweep(desk)
    except SystemExit:
        assert len(desk.listed()) == 4
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: sweep(desk), range(2)))
    removed = [public_id("agr", UUID(one.data["agreement_id"])) for one in desk.emitted(REMOVED)]
    assert sorted(removed) == sorted(keys) and desk.listed() == []
    turn_clock(desk, 1)
    sweep(desk)
    assert [one.data["count"] for one in desk.emitted(COUNTED)] == [6]


def test_another_workspace_keeps_its_own(desk: Desk) -> None:
    carla = user(email="carla@example.com", name="Carla", workspace=new_key())
    theirs = desk.sent(BOB, who=carla)
    desk.ok(desk.call("POST", f"/{theirs}/void", {"reason": "x"}, carla))
    mine = voided(desk, days_ago=900)
    turn_clock(desk, 900, theirs)
    keep_for(desk, YEAR)
    sweep(desk)
    turn_clock(desk, 31)
    sweep(desk)
    assert desk.call("GET", f"/{mine}").status_code == 404 and desk.listed(carla) == [theirs]
