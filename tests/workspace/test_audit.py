"""What other services tell becomes lines of the audit log: who did it, as they were then, once, in order."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from chassis.ids import new_key, public_id
from chassis.outbox import Event
from contracts.catalogue import CATALOGUE, subscriptions
from services.workspace.audit import ACTIONS, GROUPS
from services.workspace.auditevents import LINES
from services.workspace.auditwords import WORDS
from tests.service_kit import user
from tests.workspace.office import ALICE, Office
from tests.workspace.test_members import join

AUDIT = "/api/v1/workspace/audit"
AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
BY = {"account_id": str(ALICE), "name": "Alice Tan", "email": "alice@example.com", "ip": "203.0.113.9"}


def told(office: Office, type: str, minute: int = 0, **data: Any) -> bytes:
    """A message about Alice's workspace, so many minutes after eight; what it lacks is the catalogue's example."""
    full = {**CATALOGUE[type].example, "workspace_id": str(office.id), **data}
    if full.get("by"):
        full["by"] = {**BY, **(data.get("by") or {})}
    body = {
        "id": str(new_key()), "type": type, "subject": str(new_key()), "sequence": "2",
        "time": (AT + timedelta(minutes=minute)).isoformat(), "correlationid": "test",
        "workspace": str(office.id), "data": full,
    }  # fmt: skip
    return json.dumps(body).encode()


def entries(office: Office, language: str = "en", **query: Any) -> list[dict[str, Any]]:
    answer = office.ask("GET", AUDIT, query_string=query, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    return list(answer.json["entries"])


def details(entry: dict[str, Any]) -> dict[str, str]:
    return {row["name"]: row["value"] for row in entry["details"]}


STORIES: list[tuple[str, dict[str, Any], str, str, dict[str, str]]] = [
    ("seal.created.v1", {}, "Seal created", "公司公章", {"Size": "42 × 42 mm"}),
    ("seal.changed.v1", {}, "Seal changed", "公司公章", {"Name before": "公章"}),
    (
        "seal.changed.v1", {"changed": ["width_mm", "height_mm"], "width_mm": 40.5}, "Seal changed", "公司公章",
        {"Size": "40.5 × 42 mm", "Size before": "42 × 42 mm"},
    ),
    ("seal.granted.v1", {}, "Member authorised to use a seal", "公司公章", {"Member": "王小明 <bob@example.com>"}),
    ("seal.revoked.v1", {}, "Seal withdrawn from a member", "公司公章", {"Member": "王小明 <bob@example.com>"}),
    ("seal.used.v1", {}, "Seal used", "公司公章", {"Agreement": "Service agreement"}),
    ("seal.deleted.v1", {}, "Seal deleted", "公司公章", {}),
    ("agreement.template_saved.v1", {}, "Template saved", "Sales contract", {}),
    ("agreement.template_renamed.v1", {}, "Template renamed", "Sales contract", {"Name before": "Contract"}),
    ("agreement.template_deleted.v1", {}, "Template deleted", "Sales contract", {}),
    (
        "agreement.work_handed_over.v1", {}, "Agreements handed over", "王小明 <bob@example.com>",
        {"To": "Carol Ng <carol@example.com>", "Agreements": "12"},
    ),
    *(
        (
            f"billing.order_{state}.v1", {}, title, "ord_4VTSd1rQm8kD",
            {"Product": "Standard", "Quantity": "1", "Kind of order": "Upgrade", "Amount": "SGD 706.32",
             "Payment": "Invoice", "Ordered by": "Alice Tan <alice@example.com>"},
        )
        for state, title in (
            ("placed", "Order placed"), ("paid", "Order paid"), ("cancelled", "Order cancelled"),
            ("expired", "Unpaid order expired"), ("refunded", "Order refunded"),
        )
    ),
    (
        "billing.plan_changed.v1", {}, "Plan upgraded", "Alice's workspace",
        {"Plan": "Standard", "Plan before": "Trial", "Seats": "10", "Seats before": "5", "Until (UTC)": "2026-11-22",
         "Order": "ord_4VTSd1rQm8kD"},
    ),
    (
        "billing.plan_changed.v1", {"change": "downgraded", "seats": None, "ends_at": None, "order_id": None},
        "Plan downgraded", "Alice's workspace",
        {"Plan": "Standard", "Plan before": "Trial", "Seats": "no limit", "Seats before": "5"},
    ),
    (
        "billing.plan_changed.v1", {"change": "extended", "seats_before": 10}, "Plan renewed", "Alice's workspace",
        {"Plan": "Standard", "Until (UTC)": "2026-11-22", "Order": "ord_4VTSd1rQm8kD"},
    ),
    (
        "billing.plan_changed.v1", {"change": "seats", "order_id": None}, "Number of seats changed",
        "Alice's workspace", {"Plan": "Standard", "Seats": "10", "Seats before": "5", "Until (UTC)": "2026-11-22"},
    ),
    ("agreement.removals_counted.v1", {}, "Agreements removed, time over", "2026-11-22", {"Agreements": "12"}),
    ("billing.plan_ended.v1", {}, "Plan ended", "Alice's workspace", {"Plan": "Standard", "Until (UTC)": "2026-11-22"}),
]  # fmt: skip


def test_what_happened_elsewhere_is_one_line_however_often_it_is_told(office: Office) -> None:
    messages = [told(office, type, minute, **data) for minute, (type, data, *_) in enumerate(STORIES)]
    for _ in range(3):
        for message in messages:
            office.kit.redeliver(message)
    shown = entries(office, limit=200)[::-1]
    assert len(shown) == len(STORIES)
    for minute, (entry, message, story) in enumerate(zip(shown, messages, STORIES, strict=True)):
        assert (entry["title"], entry["subject"], details(entry)) == story[2:]
        assert datetime.fromisoformat(entry["at"]) == AT + timedelta(minutes=minute)
        person = Event.parse(message).data.get("by")
        named = ("Alice Tan", "alice@example.com", "203.0.113.9") if person else ("System", "", "")
        assert (entry["actor_name"], entry["actor_email"], entry["ip"]) == named


def test_every_kind_is_told_in_a_story_and_has_a_group_and_words_in_every_language() -> None:
    heard = {type for type in subscriptions()["workspace"] if not type.startswith("identity.")}
    assert heard - {"agreement.removals_near.v1"} == set(LINES) == {story[0] for story in STORIES}
    assert {title for _, _, title, _, _ in STORIES} <= {WORDS[action]["en"] for action in ACTIONS}
    assert set(WORDS) - {"title", "system"} - set(GROUPS) == set(ACTIONS)
    assert all(set(words) == {"en", "zh-Hans", "zh-Hant"} and all(words.values()) for words in WORDS.values())


def test_what_is_told_late_stands_where_it_happened(office: Office) -> None:
    steps = ("seal.created.v1", "seal.granted.v1", "seal.used.v1", "seal.revoked.v1", "seal.deleted.v1")
    messages = [told(office, type, minute) for minute, type in enumerate(steps)]
    for message in (messages[3], messages[0], messages[4], messages[2], messages[1], messages[0]):
        office.kit.redeliver(message)
    actions = ["seal_deleted", "seal_revoked", "seal_used", "seal_granted", "seal_created"]
    assert [one["action"] for one in entries(office)] == actions
    page = office.ask("GET", f"{AUDIT}?limit=2").json
    rest = entries(office, cursor=page["cursor"])
    assert [one["action"] for one in page["entries"] + rest] == actions


def test_names_stay_as_they_were_then(office: Office) -> None:
    office.kit.redeliver(told(office, "seal.created.v1", by={"name": "Alice Before"}))
    office.kit.deliver("identity.account_changed.v1", ALICE, 2, account_id=str(ALICE), name="Alice Married")
    assert entries(office)[0]["actor_name"] == "Alice Before"


def test_what_is_no_change_or_was_told_before_people_were_named_has_no_line(office: Office) -> None:
    office.kit.redeliver(told(office, "billing.plan_changed.v1", change="begun"))
    office.kit.redeliver(told(office, "billing.plan_changed.v1", change="ended"))
    older = json.loads(told(office, "seal.granted.v1"))
    for name in ("by", "member_name", "member_email"):
        del older["data"][name]
    older["data"]["by_account_id"] = str(ALICE)
    office.kit.redeliver(json.dumps(older).encode())
    assert entries(office) == []


def test_other_workspaces_see_nothing_of_it(office: Office) -> None:
    office.kit.redeliver(told(office, "seal.created.v1"))
    other = new_key()
    there = office.register(other, "Mallory", "mallory@example.com")
    assert office.ask("GET", AUDIT, user(other, there)).json["entries"] == []
    assert office.ask("GET", f"{AUDIT}/filters", user(other, there)).json["people"] == []


@pytest.fixture(params=["sqlite", "postgres"])
def any_office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """The office on databases of each kind."""
    urls: tuple[str | None, str | None] = (None, None)
    if request.param == "postgres":
        server = request.getfixturevalue("postgres")
        urls = server.create_database("audit_workspace"), server.create_database("audit_billing")
    made = Office(tmp_path, urls)
    yield made
    made.close()


def test_the_log_is_filtered_by_group_kind_person_and_time(any_office: Office) -> None:
    office = any_office
    bob = new_key()
    them = {"account_id": str(bob), "name": "Bob", "email": "bob@example.com"}
    for minute, (type, data) in enumerate(
        [
            ("seal.created.v1", {}), ("seal.used.v1", {"by": them}), ("billing.order_placed.v1", {}),
            ("billing.order_paid.v1", {"by": None}), ("agreement.template_saved.v1", {"by": them}),
        ]
    ):  # fmt: skip
        office.kit.redeliver(told(office, type, minute, **data))

    def kinds(**query: Any) -> list[str]:
        return [one["action"] for one in entries(office, **query)]

    assert kinds(group="seals") == ["seal_used", "seal_created"]
    assert kinds(group="billing") == ["order_paid", "order_placed"]
    assert kinds(action="template_saved") == ["template_saved"]
    assert kinds(by=public_id("acc", bob)) == ["template_saved", "seal_used"]
    assert kinds(by="system") == ["order_paid"]
    assert kinds(by=public_id("acc", bob), group="seals") == ["seal_used"]
    assert kinds(by="acc_nobody") == kinds(by=public_id("acc", new_key())) == []
    assert kinds(since=(AT + timedelta(minutes=1)).isoformat(), until=(AT + timedelta(minutes=3)).isoformat()) == [
        "order_placed", "seal_used",
    ]  # fmt: skip
    assert office.ask("GET", f"{AUDIT}?group=everything").status_code == 422
    shown = office.ask("GET", f"{AUDIT}/filters", headers={"Accept-Language": "zh-Hant"}).json
    assert [one["title"] for one in shown["groups"]] == ["工作空間", "成員", "協議與範本", "印章", "費用"]
    assert {one["action"]: one["title"] for one in shown["groups"][3]["kinds"]}["seal_used"] == "使用印章"
    assert [(one["name"], one["by"]) for one in shown["people"]] == [
        ("Alice Tan", public_id("acc", ALICE)), ("Bob", public_id("acc", bob)),
    ]  # fmt: skip
    assert office.ask("GET", f"{AUDIT}/filters", user(bob, office.id, ("initiator",))).status_code == 403


def test_the_export_says_it_in_the_readers_language_and_no_cell_is_a_formula(office: Office) -> None:
    office.kit.redeliver(told(office, "seal.created.v1", name="=1+1"))
    office.kit.redeliver(told(office, "billing.plan_changed.v1", 1))
    path = f"{AUDIT}/export?format=csv"
    data = office.ask("GET", path, headers={"Accept-Language": "zh-Hans"}).data.decode("utf-8-sig")
    head, plan, seal = csv.reader(io.StringIO(data))
    assert (head[1], plan[1], plan[4]) == ("操作人", "系统", "套餐升级")
    assert plan[6].startswith("套餐：标准版；原套餐：试用版；席位数：10；原席位数：5")
    assert seal[4:] == ["创建印章", "'=1+1", "尺寸：42 × 42 mm"]
    data = office.ask("GET", f"{AUDIT}/export?group=seals", headers={"Accept-Language": "zh-Hant"}).data
    sheet: Any = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [row[4] for row in sheet.iter_rows(values_only=True)] == ["操作", "建立印章"]


def test_what_billing_and_workspace_do_together_is_in_the_log(office: Office) -> None:
    """The real *billing* tells; Bob's joining stands among it."""
    join(office, "Bob")
    path = "/api/v1/billing/orders"
    body = {"product": "standard", "provider": "sandbox"}
    given = office.billing.request("POST", path, office.alice, json=body).json
    office.billing.request("POST", f"{path}/{given['id']}/cancel", office.alice)
    order = office.billing.request("POST", path, office.alice, json=body).json["id"]
    office.billing.request("POST", f"{path}/{order}/sandbox", office.alice, json={"outcome": "paid"})
    for event in office.billing.emitted():
        if "workspace" in CATALOGUE[event.type].heard_by:
            office.kit.redeliver(_message(event))
    shown = entries(office)
    assert [(one["action"], one["actor_name"]) for one in shown] == [
        ("plan_upgraded", "System"), ("order_paid", "Alice Tan"), ("order_placed", "Alice Tan"),
        ("order_cancelled", "Alice Tan"), ("order_placed", "Alice Tan"), ("member_joined", "Bob"),
        ("member_invited", "Alice Tan"),
    ]  # fmt: skip
    assert details(shown[0])["Order"] == order == shown[1]["subject"]


def _message(event: Event) -> bytes:
    body = {
        "id": event.id, "type": event.type, "subject": event.subject, "sequence": str(event.sequence),
        "time": event.time.isoformat(), "correlationid": event.correlation, "workspace": str(event.workspace),
        "data": event.data,
    }  # fmt: skip
    return json.dumps(body).encode()
