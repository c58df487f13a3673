"""Alice sets her workspace up, reads who changed what, leaves it, and closes it."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from flask import Flask, jsonify
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from chassis.ids import new_key
from tests.service_kit import user
from tests.workspace.office import INVITATIONS, MEMBERS, Office
from tests.workspace.test_members import change, join

HERE, AUDIT = "/api/v1/workspace", "/api/v1/workspace/audit"


def with_open_agreements(office: Office, count: int) -> None:
    """*agreement* tells that so many are being signed."""
    app = Flask("agreement")
    app.add_url_rule("/internal/agreements/hold/<key>", view_func=lambda key: jsonify(open=count), methods=["POST"])
    office.neighbours["agreement"] = app


def test_settings_are_changed_one_by_one_and_told(office: Office) -> None:
    assert set(office.ask("GET", HERE).json["settings"].values()) == {None}
    office.ask("PATCH", HERE, json={"settings": {"deadline_days": 30, "sender_name": "Acme Legal"}})
    changed = office.ask("PATCH", HERE, json={"name": "Acme", "settings": {"reminders": [7, 1], "deadline_days": 30}})
    wanted = {"deadline_days": 30, "reminders": [7, 1], "sender_name": "Acme Legal"}
    assert changed.json["settings"] == {**wanted, "colour": None, "logo": None, "retention_days": None}
    told = office.kit.emitted("workspace.changed.v1")
    assert [event.sequence for event in told] == [2, 3]
    assert told[-1].data["settings"] == changed.json["settings"]
    office.ask("PATCH", HERE, json={"settings": {"deadline_days": None}})
    assert office.ask("GET", HERE).json["settings"]["deadline_days"] is None
    assert office.ask("PATCH", HERE, json={"settings": {"deadline_days": 0}}).status_code == 422


def test_how_long_agreements_are_kept_is_set_by_admins_told_and_noted(office: Office) -> None:
    def keep(days: Any, who: Any = None) -> Any:
        return office.ask("PATCH", HERE, who, json={"settings": {"retention_days": days}})

    assert [keep(days).status_code for days in (29, 36_501, "365", 1.5, 0)] == [422] * 5
    assert [keep(days).json["settings"]["retention_days"] for days in (3650, 400, None)] == [3650, 400, None]
    told = [event.data["settings"]["retention_days"] for event in office.kit.emitted("workspace.changed.v1")]
    assert told == [3650, 400, None]
    ben, _ = join(office, "Ben")
    assert keep(30, user(ben, office.id, ("initiator",), "ben@example.com", "Ben")).status_code == 403
    log = [one["detail"] for one in office.ask("GET", f"{AUDIT}?action=settings_changed").json["entries"]]
    assert log[1] == {"retention_days": 400, "retention_days_before": 3650}
    shown = office.ask("GET", f"{AUDIT}?action=settings_changed").json["entries"][0]["details"]
    assert [one["value"] for one in shown] == ["for ever", "400"]


def test_admins_are_told_what_will_go_and_the_log_counts_what_went(office: Office) -> None:
    join(office, "Ben")
    join(office, "Carol", "admin")
    mine = {"workspace_id": str(office.id)}
    for _ in range(2):
        office.kit.deliver("agreement.removals_near.v1", **mine, count=3)
    told = office.kit.emitted("workspace.removals_announced.v1")[0].data
    assert [one["email"] for one in told["parties"]] == ["alice@example.com", "carol@example.com"]
    assert (told["count"], told["workspace_name"]) == (3, office.ask("GET", HERE).json["name"])
    office.kit.deliver("agreement.removals_counted.v1", **mine, day="2026-11-22", count=3)
    (line,) = office.ask("GET", f"{AUDIT}?action=agreements_removed").json["entries"]
    assert (line["actor_name"], line["subject"], line["detail"]) == ("System", "2026-11-22", {"agreements": 3})
    unknown = office.kit.deliver("agreement.removals_near.v1")
    assert unknown and len(office.kit.emitted("workspace.removals_announced.v1")) == 2


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Signet", "name_reserved"), ("Slgnet Security", "name_reserved"), ("S\u0456gn\u0435t", "name_reserved"),
        ("\uff33\uff29\uff27\uff2e\uff25\uff34", "name_reserved"), ("s i g n e t", "name_reserved"),
        ("billing@bank.example", "not_name"), ("Bank <x\uff20bank.example>", "not_name"),
        ("www.bank.example", "not_name"),
        ("Acme\r\nBcc: x", "control_characters"), ("Acme\u202elageL", "control_characters"),
        ("Ac\u200bme", "control_characters"), ("\u3164", "control_characters"), ("\u00ad-", "control_characters"),
        ("x" * 61, "invalid"),
    ],
)  # fmt: skip
def test_a_sender_name_is_neither_an_address_nor_the_product_s_own_nor_unseen(
    office: Office, name: str, code: str
) -> None:
    answer = office.ask("PATCH", HERE, json={"settings": {"sender_name": name}})
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (422, code)


@pytest.mark.parametrize(
    "name", ["Nova Legal", "DocuSign", "Designet Studio", "王小明律師事務所", "O’Brien & Söhne, Ltd."]
)
def test_any_other_name_may_be_a_sender_s(office: Office, name: str) -> None:
    """Another company's name cannot be told from a right one: mails always name the product and the sender, too."""
    changed = office.ask("PATCH", HERE, json={"settings": {"sender_name": name}})
    assert (changed.status_code, changed.json["settings"]["sender_name"]) == (200, name)


SQUARE = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"


def put_logo(office: Office, data: bytes, name: str = "logo.png") -> Any:
    form = {"image": (io.BytesIO(data), name)}
    return office.ask("PUT", f"{HERE}/logo", data=form, content_type="multipart/form-data")


def test_a_colour_is_dark_enough_and_a_logo_is_decoded_anew_and_served_to_everybody(office: Office) -> None:
    refused = office.ask("PATCH", HERE, json={"settings": {"colour": "#ffcc00"}})
    assert (refused.status_code, refused.json["code"]) == (422, "colour_too_light")
    assert office.ask("PATCH", HERE, json={"settings": {"colour": "red;}"}}).status_code == 422
    assert office.ask("PATCH", HERE, json={"settings": {"colour": "#7a1f5c"}}).status_code == 200
    wide = Image.new("RGBA", (1200, 300), (0, 0, 0, 0))
    wide.paste((122, 31, 92, 255), (100, 50, 1100, 250))
    held = io.BytesIO()
    wide.save(held, "PNG", pnginfo=_told("secret place"))
    logo = put_logo(office, held.getvalue()).json["settings"]["logo"]
    assert (logo["width"], logo["height"]) == (480, 96)
    answer = office.kit.request("GET", logo["path"])
    assert (answer.status_code, answer.content_type) == (200, "image/png")
    assert "immutable" in answer.headers["Cache-Control"]
    assert b"secret place" not in answer.data
    assert Image.open(io.BytesIO(answer.data)).size == (480, 96)
    told = office.kit.emitted("workspace.changed.v1")[-1].data["settings"]
    assert (told["colour"], told["logo"]) == ("#7a1f5c", logo)
    script = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>1</script></svg>"
    assert [put_logo(office, one).status_code for one in (script, b"GIF89a", b"")] == [422, 422, 422]
    assert office.ask("DELETE", f"{HERE}/logo").json["settings"]["logo"] is None
    assert office.kit.request("GET", logo["path"]).status_code == 200  # mails that were sent show it
    assert office.kit.request("GET", "/logos/lgo_1.png").status_code == 404
    assert [one["action"] for one in office.ask("GET", AUDIT).json["entries"]] == [
        "logo_removed", "logo_changed", "settings_changed",
    ]  # fmt: skip


def _told(text: str) -> PngInfo:
    info = PngInfo()
    info.add_text("Comment", text)
    return info


def test_the_audit_log_tells_who_changed_what(office: Office) -> None:
    office.ask("PATCH", HERE, json={"name": "=Acme", "settings": {"deadline_days": 30}})
    _, bob = join(office, "Bob")
    change(office, bob, roles=["admin"])
    change(office, bob, status="disabled")
    told = [(one["action"], one["actor_name"]) for one in office.ask("GET", AUDIT).json["entries"]]
    assert told == [
        ("member_disabled", "Alice Tan"), ("member_changed", "Alice Tan"), ("member_joined", "Bob"),
        ("member_invited", "Alice Tan"), ("settings_changed", "Alice Tan"), ("workspace_renamed", "Alice Tan"),
    ]  # fmt: skip
    first = office.ask("GET", f"{AUDIT}?limit=4").json
    rest = office.ask("GET", f"{AUDIT}?limit=4&cursor={first['cursor']}").json
    assert len(first["entries"] + rest["entries"]) == 6
    assert rest["cursor"] is None
    assert len(office.ask("GET", f"{AUDIT}?action=member_changed&search=bob").json["entries"]) == 1
    assert office.ask("GET", f"{AUDIT}?until=2020-01-01T00:00:00Z").json["entries"] == []
    data = office.ask("GET", f"{AUDIT}/export", headers={"Accept-Language": "zh-Hant"}).data
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    table = list(sheet.iter_rows(values_only=True))
    assert (len(table), table[0][1], table[-1][4:6]) == (7, "操作人", ("變更工作空間名稱", "'=Acme"))
    assert office.ask("GET", f"{AUDIT}/export?format=csv").data.count(b"\r\n") == 7
    assert office.ask("GET", AUDIT, user(new_key(), office.id, ("initiator",))).status_code == 403


def test_bob_leaves_and_the_last_admin_stays(office: Office) -> None:
    account, _ = join(office, "Bob")
    assert office.ask("POST", f"{HERE}/leave").json["code"] == "last_admin"
    bob: Any = user(account, office.id, ("initiator",), "bob@example.com", "Bob")
    assert office.ask("POST", f"{HERE}/leave", bob).status_code == 204
    assert office.ask("GET", MEMBERS).json["total"] == 1
    assert office.seats()[1] == 1


def test_a_workspace_is_closed_when_nothing_is_open_and_its_name_is_typed(office: Office) -> None:
    join(office, "Bob")
    name = {"name": "Alice Tan's workspace"}
    with_open_agreements(office, 2)
    assert office.ask("POST", f"{HERE}/close", json={"name": "Alice"}).json["code"] == "name_differs"
    refused = office.ask("POST", f"{HERE}/close", json=name)
    assert (refused.status_code, refused.json["code"], refused.json["open"]) == (409, "agreements_open", 2)
    with_open_agreements(office, 0)
    assert office.ask("POST", f"{HERE}/close", json=name).status_code == 204
    assert office.kit.emitted("workspace.changed.v1")[-1].data["closed"] is True
    assert {event.data["status"] for event in office.kit.emitted("workspace.member_changed.v1")[-2:]} == {"removed"}
    assert office.ask("GET", "/api/v1/workspaces").json["workspaces"] == []
    office.tell_billing()
    assert office.seats()[1] == 0


def test_nothing_changes_a_closed_workspace_not_even_a_page_that_is_still_open(office: Office) -> None:
    _, bob = join(office, "Bob")
    invited, link = office.add("eve@example.com", "Eve"), office.link()
    eve: Any = user(new_key(), new_key(), (), "eve@example.com", "Eve")
    with_open_agreements(office, 0)
    assert office.ask("POST", f"{HERE}/close", json={"name": "Alice Tan's workspace"}).status_code == 204
    before = len(office.kit.emitted("workspace.changed.v1"))
    late = [
        office.ask("PATCH", HERE, json={"name": "Open again"}), change(office, bob, status="enabled"),
        office.add("zoe@example.com", "Zoe"),
        office.ask("POST", f"{MEMBERS}/{invited.json['id']}/invitation"), office.ask("POST", f"{HERE}/leave"),
        office.ask("POST", f"{HERE}/close", json={"name": "Alice Tan's workspace"}), 
        office.ask("POST", f"{INVITATIONS}/{link}/accept", eve), put_logo(office, SQUARE),
    ]  # fmt: skip
    assert [answer.status_code for answer in late] == [404] * len(late)
    assert len(office.kit.emitted("workspace.changed.v1")) == before
