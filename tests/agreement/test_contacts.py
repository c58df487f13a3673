"""People used before are suggested; lists of people are pasted."""

from __future__ import annotations

from tests.agreement.desk import BOB, CAROL
from tests.service_kit import user

PASTED = """Bob Lim <Bob@Example.com>
王小明, carol@example.com
dora@example.com
"Eve, Adams"\teve@example.com
nobody here
bob@example.com
broken@
李雷；lilei@example.com
"""


def contacts(desk, who=None, **query):
    answer = desk.ok(desk.request("GET", "/api/v1/contacts", who or desk.alice, query_string=query))
    return [(one["name"], one["email"]) for one in answer["contacts"]]


def test_who_was_sent_to_is_suggested_by_name_and_address(any_desk):
    desk = any_desk
    desk.sent(BOB)
    desk.sent(CAROL)
    desk.sent(("Robert Lim", "bob@example.com"))
    assert contacts(desk) == [("Robert Lim", "bob@example.com"), CAROL]
    assert contacts(desk, q="小明") == [CAROL] and contacts(desk, q="LIM") == [("Robert Lim", "bob@example.com")]
    assert contacts(desk, q="%") == []


def test_contacts_are_added_and_deleted_and_belong_to_one_person(desk):
    body = {"name": "Dora", "email": "Dora@example.com", "language": "zh-Hant"}
    made = desk.ok(desk.request("POST", "/api/v1/contacts", desk.alice, json=body))
    assert (made["email"], made["language"]) == ("dora@example.com", "zh-Hant")
    path = f"/api/v1/contacts/{made['id']}"
    for eve in (user(email="eve@example.com"), user(workspace=desk.alice.workspace, email="ivan@example.com")):
        assert contacts(desk, eve) == [] and desk.request("DELETE", path, eve).status_code == 404
    assert desk.request("DELETE", path, desk.alice).status_code == 204 and contacts(desk) == []


def test_pasted_lines_become_people_and_wrong_ones_are_named(desk):
    answer = desk.ok(desk.request("POST", "/api/v1/contacts/parse", desk.alice, json={"text": PASTED}))
    assert [(one["name"], one["email"]) for one in answer["people"]] == [
        ("Bob Lim", "bob@example.com"), ("王小明", "carol@example.com"), ("dora", "dora@example.com"),
        ("Eve Adams", "eve@example.com"), ("李雷", "lilei@example.com"),
    ]  # fmt: skip
    assert [(one["line"], one["code"]) for one in answer["wrong"]] == [
        (5, "address_missing"), (6, "twice"), (7, "address_missing"),
    ]  # fmt: skip
