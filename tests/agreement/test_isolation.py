"""What belongs to somebody else does not exist: every route, every id."""

from __future__ import annotations

import re

import pytest

from chassis.ids import new_key, public_id
from services.agreement.app import service
from tests.agreement.desk import BOB, nobody
from tests.agreement.test_ending import completed
from tests.service_kit import user

ROUTES = [
    ("GET", "/{agr}"), ("PATCH", "/{agr}"), ("DELETE", "/{agr}"), ("PUT", "/{agr}/recipients"),
    ("PUT", "/{agr}/fields"), ("POST", "/{agr}/documents"), ("DELETE", "/{agr}/documents/{doc}"),
    ("PUT", "/{agr}/documents/order"),
    ("GET", "/{agr}/documents/{doc}/pages/0/image"), ("GET", "/{agr}/documents/{doc}/pages/0/text"),
    ("GET", "/{agr}/files/document"), ("POST", "/{agr}/send"), ("POST", "/{agr}/void"), ("POST", "/{agr}/remind"),
    ("POST", "/{agr}/recipients/{rcp}/resend"), ("GET", "/{agr}/history"), ("PATCH", "/{agr}/recipients/{rcp}"),
    ("POST", "/{agr}/correct"), ("GET", "/{agr}/documents/{doc}/suggestions"), ("POST", "/{agr}/fields/suggested"),
    ("PUT", "/{agr}/hold"), ("DELETE", "/{agr}/hold"),
]  # fmt: skip
BODIES = {
    "/recipients": {"recipients": [{"name": "Eve", "email": "eve@example.com"}]}, "/fields": {"fields": []},
    "/order": {"document_ids": []}, "/void": {"reason": "x"},
}  # fmt: skip


def body_of(method: str, path: str):
    if method == "GET" or path.endswith("/documents"):
        return None
    return next((body for end, body in BODIES.items() if path.endswith(end)), {})


def test_every_route_with_an_agreement_is_tried(desk):
    rules = [(m, rule.rule) for rule in desk.app.url_map.iter_rules() for m in rule.methods - {"HEAD", "OPTIONS"}]
    plain = {(m, re.sub(r"<[^>]+>", "*", rule)) for m, rule in rules if "/api/v1/agreements/<" in rule}
    named = {(m, "/api/v1/agreements" + re.sub(r"\{\w+\}", "*", path)) for m, path in ROUTES}
    named = {(m, path.replace("/pages/0/", "/pages/*/").replace("/files/document", "/files/*")) for m, path in named}
    assert plain == named and service.name == "agreement"


@pytest.mark.parametrize("state", ["draft", "completed"])
def test_a_foreign_agreement_answers_like_a_missing_one(desk, state):
    key = desk.ready(BOB) if state == "draft" else completed(desk, "Lease")
    before = desk.show(key)
    ids = {"agr": key, "doc": before["documents"][0]["id"], "rcp": before["recipients"][0]["id"]}
    missing = {"agr": nobody(), "doc": public_id("doc", new_key()), "rcp": public_id("rcp", new_key())}
    eve = user(email="eve@example.com")
    for method, path in ROUTES:
        answers = [desk.call(method, path.format(**one), body_of(method, path), eve) for one in (ids, missing)]
        assert [answer.status_code for answer in answers] == [404, 404], path
        assert answers[0].data == answers[1].data and desk.show(key) == before, path


def test_a_document_of_another_own_agreement_is_not_reached_through_this_one(desk):
    one, other = desk.ready(), desk.ready()
    document = desk.show(other)["documents"][0]["id"]
    assert desk.call("GET", f"/{one}/documents/{document}/pages/0/image").status_code == 404
    assert desk.call("DELETE", f"/{one}/documents/{document}").status_code == 404
    rows = desk.show(other)["recipients"]
    body = {"recipients": [{name: rows[0][name] for name in ("id", "name", "email")}]}
    assert desk.call("PUT", f"/{one}/recipients", body).get_json()["code"] == "recipient_unknown"


def test_a_recipient_may_look_but_not_touch(desk):
    key, bob = desk.sent(), desk.account("bob@example.com")
    desk.tell("signing.invited.v1", key)
    document = desk.show(key, bob)["documents"][0]["id"]
    assert desk.call("GET", f"/{key}/documents/{document}/pages/0/image", who=bob).status_code == 200
    for method, path in ROUTES[1:8] + ROUTES[11:]:
        full = path.format(agr=key, doc=document, rcp=desk.show(key)["recipients"][0]["id"])
        assert desk.call(method, full, body_of(method, path), bob).status_code == 403, path


def test_pages_stay_hidden_from_a_signer_who_has_a_check_to_pass(desk):
    key, bob = desk.ready(), desk.account("bob@example.com")
    row = desk.show(key)["recipients"][0]
    rows = [{**{name: row[name] for name in ("id", "name", "email")}, "check": "email_code"}]
    desk.ok(desk.call("PUT", f"/{key}/recipients", {"recipients": rows}))
    desk.ok(desk.send(key))
    desk.tell("signing.invited.v1", key)
    document = desk.show(key, bob)["documents"][0]["id"]
    path = f"/{key}/documents/{document}/pages/0/text"
    answer = desk.call("GET", path, who=bob)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "check_required")
    desk.tell("signing.signed.v1", key)
    assert desk.call("GET", path, who=bob).status_code == 200


def test_a_recipient_reads_the_history_when_all_is_done(desk):
    key, bob = completed(desk), desk.account("bob@example.com")
    desk.tell("signing.invited.v1", key)
    assert desk.show(key, bob)["actions"] == ["download", "history"]
    assert desk.call("GET", f"/{key}/history", who=bob).status_code == 200
