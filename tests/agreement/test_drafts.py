"""Alice's drafts: saved all along, checked at the edge."""

from __future__ import annotations

import pytest

from tests.agreement.desk import BOB, CAROL, at, field
from tests.service_kit import user

CRLF = "Contract\r\nBcc: eve@example.com"


def test_a_draft_begins_with_sensible_values(desk):
    draft = desk.show(desk.start())
    assert draft["title"] == "Please sign the document" and draft["status"] == "draft"
    assert draft["reminders"] == [3, 1] and draft["ordered"] is False and draft["deadline"] > at(13 * 1440)


def test_the_default_title_is_in_the_creators_language(desk):
    answer = desk.ok(desk.call("POST", "", {}, headers={"Accept-Language": "zh-TW"}))
    assert answer["title"] == "請簽署文件"


def test_saving_changes_only_what_is_given(desk):
    key = desk.start(title="Lease", message="Hello")
    saved = desk.ok(desk.call("PATCH", f"/{key}", {"ordered": True, "deadline": at(60)}))
    assert (saved["title"], saved["message"], saved["ordered"]) == ("Lease", "Hello", True)


@pytest.mark.parametrize(
    "values",
    [
        {"title": CRLF}, {"title": ""}, {"title": "x" * 61}, {"title": 7}, {"title": "a\u0000b"}, {"title": "a\ud800b"},
        {"message": "x" * 5001}, {"message": "a\u202eb"}, {"deadline": "2027-01-01T10:00:00"}, {"deadline": "soon"},
        {"deadline": "0001-01-01T00:00:00+14:00"}, {"deadline": "9999-12-31T23:59:59-14:00"}, {"deadline": 5},
        {"reminders": [0]}, {"reminders": "3"}, {"reminders": [1] * 11}, {"ordered": "yes"}, {"unknown": 1},
        {"workspace_id": "x"}, {"status": "sent"},
    ],
)  # fmt: skip
def test_wrong_values_are_refused_and_the_draft_stays(desk, values):
    key = desk.start(title="Lease")
    before = desk.show(key)
    answer = desk.call("PATCH", f"/{key}", values)
    assert answer.status_code == 422 and answer.get_json()["code"] == "validation_failed"
    assert desk.show(key) == before


def test_a_message_may_have_many_lines_and_an_emoji(desk):
    assert desk.show(desk.start(message="Dear all,\r\n\tplease 🖊"))["message"] == "Dear all,\n\tplease 🖊"


def test_only_admins_and_initiators_start_agreements(desk):
    assert desk.call("POST", "", {}, who=user(roles=())).status_code == 403


def test_a_deleted_draft_is_gone_with_its_files(desk):
    key = desk.ready()
    assert desk.call("DELETE", f"/{key}").status_code == 204
    assert desk.call("GET", f"/{key}").status_code == 404 and desk.listed() == []
    assert len(list(desk.objects())) == 2
    desk.turn("agreement_trash")
    assert list(desk.objects()) == []


def test_a_sent_agreement_cannot_be_changed_or_deleted(desk):
    key = desk.sent()
    document = desk.show(key)["documents"][0]["id"]
    for method, path, body in (
        ("PATCH", "", {"title": "Other"}), ("DELETE", "", None), ("DELETE", f"/documents/{document}", None),
        ("PUT", "/recipients", {"recipients": [{"name": "Eve", "email": "eve@example.com"}]}),
        ("PUT", "/fields", {"fields": []}), ("PUT", "/documents/order", {"document_ids": [document]}),
    ):  # fmt: skip
        answer = desk.call(method, f"/{key}{path}", body)
        assert (answer.status_code, answer.get_json()["code"]) == (409, "already_sent"), (method, path)
    assert desk.upload(key).get_json()["code"] == "already_sent"


def test_recipients_keep_their_ids_codes_and_fields(desk):
    key = desk.ready(BOB, CAROL)
    bob, carol = (one["id"] for one in desk.show(key)["recipients"])
    rows = [
        {"id": carol, "name": "Carol", "email": "carol@example.com", "check": "access_code", "access_code": "Blue42"},
        {"id": bob, "name": "Bob", "email": "bob@example.com"},
    ]
    desk.ok(desk.call("PUT", f"/{key}/recipients", {"recipients": rows}))
    del rows[0]["access_code"]
    saved = desk.ok(desk.call("PUT", f"/{key}/recipients", {"recipients": rows[:1]}))
    assert [one["id"] for one in saved["recipients"]] == [carol] and saved["recipients"][0]["has_access_code"]
    assert [one["recipient_id"] for one in saved["fields"]] == [carol]
    desk.ok(desk.send(key))
    assert desk.emitted("agreement.sent.v1")[0].data["recipients"][0]["code_hash"].startswith("$argon2id$")


ROW = {"name": "Bob", "email": "bob@example.com"}
CODED = {**ROW, "check": "access_code"}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([ROW, {"name": "B", "email": "BOB@example.com"}], "recipient_duplicate"),
        ([CODED], "access_code_missing"),
        ([{**ROW, "id": "rcp_1111111111111111111111"}], "validation_failed"),
        ([{**ROW, "id": "rcp_Bhf8bzhgAmFQeGiUPnpzvn"}], "recipient_unknown"),
        ([{**ROW, "name": CRLF}], "validation_failed"),
        ([{**ROW, "email": "bob@example.com\r\nBcc: eve@example.com"}], "validation_failed"),
        ([{**CODED, "access_code": "a b"}], "validation_failed"),
        ([{**CODED, "access_code": "abcd\n"}], "validation_failed"),
        ([{**ROW, "check": "face"}], "validation_failed"),
        ([], "validation_failed"),
        ([{"name": f"N{n}", "email": f"n{n}@example.com"} for n in range(101)], "validation_failed"),
    ],
)
def test_wrong_recipients_are_refused(desk, rows, code):
    key = desk.ready()
    before = desk.show(key)
    answer = desk.call("PUT", f"/{key}/recipients", {"recipients": rows})
    assert (answer.status_code, answer.get_json()["code"]) == (422, code)
    assert desk.show(key) == before


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"x": 0.8}, "field_off_page"), ({"y": -0.1}, "field_off_page"), ({"width": 0}, "field_off_page"),
        ({"height": 0.001}, "field_too_small"), ({"page": 1}, "field_page_missing"),
        ({"page": -1}, "validation_failed"),
        ({"x": float("nan")}, "validation_failed"), ({"x": float("inf")}, "validation_failed"),
        ({"x": 1e308, "width": 1e308}, "field_off_page"), ({"kind": "photo"}, "validation_failed"),
        ({"format": "YYYY"}, "validation_failed"), ({"longest": 5}, "validation_failed"),
        ({"default": "x"}, "validation_failed"), ({"kind": "date", "format": "<b>"}, "validation_failed"),
        ({"kind": "text", "longest": 2, "default": "abc"}, "validation_failed"),
        ({"recipient_id": "rcp_Bhf8bzhgAmFQeGiUPnpzvn"}, "field_recipient_missing"),
        ({"document_id": "doc_Bhf8bzhgAmFQeGiUPnpzvn"}, "field_document_missing"),
        ({"id": "fld_Bhf8bzhgAmFQeGiUPnpzvn"}, "field_unknown"),
    ],
)  # fmt: skip
def test_wrong_fields_are_refused(desk, values, code):
    key = desk.ready()
    before = desk.show(key)
    document, recipient = before["documents"][0]["id"], before["recipients"][0]["id"]
    answer = desk.call("PUT", f"/{key}/fields", {"fields": [field(document, recipient, **values)]})
    assert (answer.status_code, answer.get_json()["code"]) == (422, code)
    assert desk.show(key) == before


def test_fields_keep_their_ids_and_take_every_kind(desk):
    key = desk.ready()
    draft = desk.show(key)
    first = draft["fields"][0]
    document, recipient = first["document_id"], first["recipient_id"]
    others = [
        {"kind": "text", "longest": 20, "default": "Singapore", "label": "地點", "required": False},
        {"kind": "date", "format": "YYYY年MM月DD日"}, {"kind": "checkbox"}, {"kind": "stamp"},
    ]  # fmt: skip
    rows = [first, *({**field(document, recipient), **one} for one in others)]
    saved = desk.ok(desk.call("PUT", f"/{key}/fields", {"fields": rows}))["fields"]
    assert saved[0] == first and [one["kind"] for one in saved] == ["signature", "text", "date", "checkbox", "stamp"]
    assert saved[1]["default"] == "Singapore" and saved[1]["required"] is False


def test_a_thousand_fields_are_taken_and_one_more_is_not(desk):
    key = desk.ready()
    draft = desk.show(key)
    row = field(draft["documents"][0]["id"], draft["recipients"][0]["id"])
    assert len(desk.ok(desk.call("PUT", f"/{key}/fields", {"fields": [row] * 1000}))["fields"]) == 1000
    assert desk.call("PUT", f"/{key}/fields", {"fields": [row] * 1001}).status_code == 422
