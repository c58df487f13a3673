"""Many at once: declining, and taking the list along as a file."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from tests.agreement.desk import BOB, CAROL, nobody
from tests.agreement.test_ending import completed


def declined(desk, ids, who):
    answer = desk.ok(desk.call("POST", "/decline", {"ids": ids, "reason": "Not like this."}, who))
    return [(one["id"], one["declined"], one["code"]) for one in answer["results"]]


def test_bob_declines_several_and_hears_what_became_of_each(any_desk):
    desk = any_desk
    bob = desk.account("bob@example.com")
    first, second, hers = desk.sent(BOB), desk.sent(BOB), desk.sent(CAROL)
    for key in (first, second, hers):
        desk.tell("signing.invited.v1", key)
    done = declined(desk, [first, hers, nobody(), "x"], bob)
    assert done == [(first, True, None), (hers, False, "not_found"), (nobody_of(done, 2), False, "not_found"),
                    ("x", False, "not_found")]  # fmt: skip
    assert desk.show(first)["status"] == "declined" and desk.show(first)["reason"] == "Not like this."
    assert desk.show(first)["recipients"][0]["status"] == "declined" and desk.show(second)["status"] == "sent"
    asked = desk.signing.declined[0]
    assert (asked["email"], asked["browser"], asked["ip"]) == ("bob@example.com", bob.browser, bob.ip)
    assert declined(desk, [first], bob) == [(first, False, "already_ended")]
    assert declined(desk, [second], desk.alice) == [(second, False, "forbidden")]


def nobody_of(results, place):
    return results[place][0]


def test_what_signing_refuses_is_told_in_the_readers_language(desk):
    bob, key = desk.account("bob@example.com"), desk.sent()
    desk.tell("signing.invited.v1", key)
    desk.signing.refusal = "not_your_turn"
    body = {"ids": [key], "reason": "No."}
    answer = desk.ok(desk.call("POST", "/decline", body, bob, headers={"Accept-Language": "zh-Hans"}))
    assert answer["results"] == [{"id": key, "declined": False, "code": "not_your_turn", "message": "尚未轮到您签署。"}]


def test_the_filtered_list_is_exported_as_csv(any_desk):
    desk = any_desk
    done, _ = completed(desk, "=SUM(A1); =SUM(A2);- 3"), desk.start(title="Lease")
    query = {"status": "completed", "zone": "Asia/Singapore"}
    answer = desk.call("GET", "/export.csv", query_string=query, headers={"Accept-Language": "zh-Hant"})
    assert answer.content_type == "text/csv; charset=utf-8" and ".csv" in answer.headers["Content-Disposition"]
    head, row = csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    told = dict(zip(head, row, strict=True))
    assert told["編號"] == done and told["標題"] == "'=SUM(A1); '=SUM(A2);'- 3" and told["狀態"] == "已完成"
    assert "完成時間 (Asia/Singapore)" in told and "Bob Lim (" in told["簽署人"]


def test_the_filtered_list_is_exported_as_xlsx(desk):
    keys = [desk.start(title=title) for title in ("@cmd", "合同", "Lease")]
    answer = desk.call("GET", "/export.xlsx", query_string={"category": "drafts"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.get_data())).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:3] == ["ID", "Title", "Status"] and sheet.freeze_panes == "A2"
    assert [(row[0], row[1]) for row in rows[1:]] == [
        (keys[2], "Lease"), (keys[1], "合同"), (keys[0], "'@cmd"),
    ]  # fmt: skip


@pytest.mark.parametrize("query", [{"zone": "Mars/Base"}, {"zone": "../etc/passwd"}, {"category": "x"}])
def test_a_wrong_export_is_refused(desk, query):
    assert desk.call("GET", "/export.csv", query_string=query).status_code == 422
