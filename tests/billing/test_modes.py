"""One setting chooses between no limits and plans, also for workspaces that began under the other."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta

from chassis.database import EVERYONE
from chassis.ids import new_key
from services.billing.models import LedgerEntry
from tests.billing.desk import Desk
from tests.service_kit import Kit


def test_a_workspace_follows_the_operators_choice_and_keeps_what_it_bought(tmp_path) -> None:
    plans, free = (lambda: Desk(Kit("billing", tmp_path, BILLING="plans"))), (lambda: Desk(Kit("billing", tmp_path)))
    desk = plans()
    buyer, idler = desk.workspace(None), desk.workspace(None)
    desk.buy(buyer, "standard")
    desk.later(days=40)
    assert desk.reserve(idler, new_key()).status_code == 402
    desk = free()
    assert desk.reserve(idler, new_key()).status_code == 200
    assert desk.kit.turn("follow_clock") == 1
    assert [desk.overview(one)["plan"]["code"] for one in (buyer, idler)] == ["unlimited"] * 2
    for _ in range(60):
        assert desk.reserve(idler, new_key()).status_code == 200
    assert desk.kit.turn("follow_clock") == 0
    desk = plans()
    assert desk.kit.turn("follow_clock") == 2
    shown = desk.overview(buyer)
    assert (shown["plan"]["code"], shown["days_left"], shown["envelopes"]["available"]) == ("standard", 325, 600)
    shown = desk.overview(idler)
    assert (shown["plan"]["code"], shown["expired"]) == ("trial", True)


def test_a_workspace_that_began_without_limits_gets_a_trial_when_plans_begin(tmp_path) -> None:
    desk = Desk(Kit("billing", tmp_path))
    workspace = desk.workspace(None)
    desk.reserve(workspace, new_key())
    desk = Desk(Kit("billing", tmp_path, BILLING="plans"))
    desk.kit.turn("follow_clock")
    shown = desk.overview(workspace)
    assert (shown["plan"]["code"], shown["days_left"], shown["envelopes"]["available"]) == ("trial", 30, 50)


def test_usage_is_counted_by_day_and_by_month(desk: Desk) -> None:
    workspace, today = desk.workspace(None), datetime.now(UTC).date()
    for _ in range(3):
        agreement = new_key()
        desk.reserve(workspace, agreement)
        desk.sent(workspace, agreement)
    desk.reserve(workspace, new_key())
    entries = [(date(2026, 2, 28), 2), (date(2026, 3, 1), 1)]
    with desk.db.transaction(EVERYONE) as session:
        for day, count in entries:
            for _ in range(count):
                at = datetime.combine(day, time(23, 59), UTC)
                session.add(LedgerEntry(id=new_key(), workspace_id=workspace, kind="committed", amount=0, at=at))
    (shown,) = desk.ask("GET", f"/usage?first={today}&last={today}", workspace)["usage"]
    assert shown == {"period": str(today), "used": 3}
    days = desk.ask("GET", "/usage?first=2026-02-27&last=2026-03-02", workspace)["usage"]
    assert [(one["period"], one["used"]) for one in days] == [
        ("2026-02-27", 0), ("2026-02-28", 2), ("2026-03-01", 1), ("2026-03-02", 0),
    ]  # fmt: skip
    months = desk.ask("GET", "/usage?first=2026-01-15&last=2026-03-01&by=month", workspace)["usage"]
    assert [(one["period"], one["used"]) for one in months] == [("2026-01", 0), ("2026-02", 2), ("2026-03", 1)]
    for first, last in ((today, today - timedelta(days=1)), (today - timedelta(days=800), today)):
        assert desk.ask("GET", f"/usage?first={first}&last={last}", workspace, status=422)["code"] == "period_invalid"


def test_the_operators_command_confirms_an_order(tmp_path) -> None:
    """The command as a process of its own, on the database of an embedded suite."""
    home = tmp_path / "home"
    home.mkdir()
    desk = Desk(Kit("billing", tmp_path, f"sqlite:///{home}/billing.db", BILLING="plans"))
    workspace = desk.workspace(None)
    order = desk.order(workspace, "standard", "invoice")["id"]

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "signet", "billing", *words, "--home", str(home)]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert order in run("orders").stdout
    done = run("confirm", order, "--reference", "DBS 4711")
    assert (done.returncode, "paid" in done.stdout) == (0, True)
    assert desk.overview(workspace)["plan"]["code"] == "standard"
    missing = run("confirm", "ord_nothing")
    assert (missing.returncode, bool(missing.stderr)) == (1, True)
    assert run("refund").returncode == 2
