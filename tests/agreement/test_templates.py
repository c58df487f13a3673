"""Templates: ready-made in three languages, saved from an agreement; and fields that a document asks for."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from services.agreement import presets
from tests.agreement.desk import BOB, CAROL, field
from tests.service_kit import user

API = "/api/v1/templates"
LANGUAGES = ("en", "zh-Hans", "zh-Hant")


def page_text(pdf: bytes, page: int) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        return opened[page].get_textpage().get_text_bounded()


def ask(desk, method, path="", json=None, who=None, **more):
    return desk.request(method, API + path, who or desk.alice, **({"json": json} if json is not None else {}), **more)


def test_ready_made_templates_come_in_three_languages_the_readers_first(desk):
    found = desk.ok(ask(desk, "GET", headers={"Accept-Language": "zh-Hant"}))
    assert [one["language"] for one in found["presets"]] == ["zh-Hant"] * 5 + ["en"] * 5 + ["zh-Hans"] * 5
    assert found["presets"][0]["name"] == "銷售合約" and found["presets"][0]["roles"] == ["賣方", "買方"]
    assert found["templates"] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(presets.PRESETS))
def test_each_ready_made_contract_has_two_or_three_pages_and_fields_for_every_role(name, language):
    made = presets.made(name, language)
    assert 2 <= len(made.pages) <= 3
    for role in presets.PRESETS[name].roles:
        kinds = [one["kind"] for one in made.fields if one["role"] == role]
        assert kinds.count("signature") == kinds.count("date") == 1 and kinds.count("text") >= 3
    assert all(one["x"] > 0 and one["x"] + one["width"] < 1 and one["y"] + one["height"] < 1 for one in made.fields)


def test_an_agreement_is_started_from_a_ready_made_contract_and_sent(desk):
    path = "/preset-sales-zh-Hans"
    body = {"recipients": [{"role": "买方", "name": BOB[0], "email": BOB[1]}]}
    made = desk.ok(ask(desk, "POST", f"{path}/agreements", body))
    assert made["title"] == "销售合同" and made["status"] == "draft"
    assert [(one["role"], one["name"]) for one in made["recipients"]] == [("卖方", ""), ("买方", BOB[0])]
    assert {one["kind"] for one in made["fields"]} == {"signature", "text", "date"}
    assert desk.send(made["id"]).get_json()["code"] == "recipient_incomplete"
    people = [dict(one) for one in made["recipients"]]
    people[0] |= {"name": CAROL[0], "email": CAROL[1]}
    rows = [{name: one[name] for name in ("id", "role", "name", "email", "position")} for one in people]
    desk.ok(desk.call("PUT", f"/{made['id']}/recipients", {"recipients": rows}))
    desk.ok(desk.send(made["id"]))
    shown = desk.ok(ask(desk, "GET", path))
    assert len(shown["pages"]) in (2, 3)
    picture = ask(desk, "GET", f"{path}/pages/0/image")
    assert picture.mimetype == "image/webp" and picture.data[8:12] == b"WEBP"
    for wrong in ("/preset-sales-fr", "/preset-x-en", f"{path}/pages/9/image"):
        assert ask(desk, "GET", wrong).status_code == 404


def test_people_for_unknown_roles_leave_no_draft_behind(desk):
    body = {"recipients": [{"role": "King", "name": "Bob", "email": "bob@example.com"}]}
    answer = ask(desk, "POST", "/preset-nda-en/agreements", body)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "role_unknown")
    assert desk.listed() == []


def test_a_template_is_saved_used_renamed_and_deleted(any_desk):
    desk = any_desk
    key = desk.sent(BOB, CAROL, title="Order", ordered=True)
    template = desk.ok(ask(desk, "POST", "", {"agreement_id": key, "name": "Our order"}))
    assert (template["name"], template["roles"], len(template["pages"])) == ("Our order", ["Signer 1", "Signer 2"], 1)
    path = f"/{template['id']}"
    body = {"recipients": [{"role": "Signer 2", "name": "Dora", "email": "dora@example.com"}]}
    made = desk.ok(ask(desk, "POST", f"{path}/agreements", body))
    assert (made["title"], made["ordered"], made["documents"][0]["name"]) == ("Order", True, "contract.pdf")
    assert [one["email"] for one in made["recipients"]] == ["", "dora@example.com"]
    names = ("kind", "page", "x", "y", "width", "height")
    before = desk.show(key)["fields"]
    assert [[one[n] for n in names] for one in made["fields"]] == [[one[n] for n in names] for one in before]
    assert ask(desk, "GET", f"{path}/pages/0/image").status_code == 200
    for _ in range(2):
        assert desk.ok(ask(desk, "PATCH", path, {"name": "Orders"}))["name"] == "Orders"
    assert ask(desk, "DELETE", path).status_code == 204 and ask(desk, "GET", path).status_code == 404
    told = [event for event in desk.emitted() if event.type.startswith("agreement.template_")]
    assert [(one.type.split(".")[1], one.data["name"], one.data["name_before"]) for one in told] == [
        ("template_saved", "Our order", None), ("template_renamed", "Orders", "Our order"),
        ("template_deleted", "Orders", None),
    ]  # fmt: skip
    assert {one.data["by"]["name"] for one in told} == {"Alice Tan"}
    desk.turn("agreement_trash")
    document = made["documents"][0]["id"]
    assert desk.call("GET", f"/{made['id']}/documents/{document}/pages/0/image").status_code == 200


def test_templates_belong_to_their_workspace_and_are_changed_by_their_maker_and_admins(desk):
    template = desk.ok(ask(desk, "POST", "", {"agreement_id": desk.ready(), "name": "Ours"}))["id"]
    ivan = user(workspace=desk.alice.workspace, roles=("initiator",), email="ivan@example.com")
    eve = user(email="eve@example.com")
    assert desk.ok(ask(desk, "GET", f"/{template}", who=ivan))["may_change"] is False
    assert ask(desk, "DELETE", f"/{template}", who=ivan).status_code == 403
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/agreements"), ("GET", "/pages/0/image")):
        answer = ask(desk, method, f"/{template}{path}", {} if method == "POST" else None, eve)
        assert answer.status_code == 404
    assert ask(desk, "GET", who=eve).get_json()["templates"] == []


def tagged_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    for n, text in enumerate(("{{sign:1}}", "{{text:2:Job title}}", "{{sign:2}}", "Seal here:")):
        canvas.drawString(80, 700 - 120 * n, text)
    canvas.save()
    return out.getvalue()


def test_tags_are_offered_and_become_fields_when_asked(any_desk):
    desk = any_desk
    key = desk.start()
    document = desk.ok(desk.upload(key, tagged_pdf()))
    assert document["suggestion_count"] == 3
    told = desk.ok(desk.call("GET", f"/{key}/documents/{document['id']}/suggestions"))["suggestions"]
    assert [(one["kind"], one["signer"]) for one in told] == [("signature", 1), ("text", 2), ("signature", 2)]
    path = f"/{key}/fields/suggested"
    assert desk.call("POST", path, {}).get_json()["code"] == "recipient_missing"
    people = desk.put_people(key, BOB)
    assert desk.call("POST", path, {}).get_json()["code"] == "signer_missing"
    people = desk.put_people(key, BOB, CAROL)
    desk.ok(desk.call("PUT", f"/{key}/fields", {"fields": [field(document["id"], people[0], y=0.9)]}))
    words = [{"text": "seal HERE:", "kind": "stamp", "recipient_id": people[1]}]
    for _ in range(2):
        shown = desk.ok(desk.call("POST", path, {"keywords": words}))["fields"]
    assert [(one["kind"], people.index(one["recipient_id"])) for one in shown] == [
        ("signature", 0), ("signature", 0), ("text", 1), ("signature", 1), ("stamp", 1),
    ]  # fmt: skip
    assert shown[2]["label"] == "Job title"
