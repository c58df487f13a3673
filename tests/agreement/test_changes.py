"""An open list hears of what has changed, and costs little."""

from __future__ import annotations

from tests.agreement.desk import BOB
from tests.service_kit import user


def changes(desk, since="", who=None):
    return desk.ok(desk.call("GET", "/changes", who=who, query_string={"since": since}))


def test_an_open_list_hears_of_new_other_and_deleted_agreements(any_desk):
    desk = any_desk
    begin = changes(desk)
    assert (begin["changed"], begin["removed"], begin["more"]) == ([], [], False) and begin["seconds"] > 0
    key = desk.ready(BOB)
    made = changes(desk, begin["cursor"])
    assert made["changed"] == [key]
    desk.ok(desk.send(key))
    sent = changes(desk, made["cursor"])
    assert sent["changed"] == [key]
    draft = desk.start()
    desk.call("DELETE", f"/{draft}")
    assert changes(desk, sent["cursor"])["removed"] == [draft]


def test_nothing_new_gives_the_same_cursor_again(any_desk):
    any_desk.start()
    first = changes(any_desk, changes(any_desk)["cursor"])
    assert first["changed"] == []
    any_desk.start()
    told = changes(any_desk, first["cursor"])
    again = changes(any_desk, told["cursor"])
    assert len(told["changed"]) == 1 and again == {**told, "changed": [], "removed": [], "cursor": told["cursor"]}


def test_a_signers_list_hears_of_an_invitation(desk):
    bob, key = desk.account("bob@example.com"), desk.sent()
    begin = changes(desk, who=bob)["cursor"]
    desk.tell("signing.invited.v1", key)
    assert changes(desk, begin, bob)["changed"] == [key]


def test_strangers_hear_nothing(desk):
    eve = user(email="eve@example.com")
    begin = changes(desk, who=eve)["cursor"]
    desk.start()
    assert changes(desk, begin, eve)["changed"] == []


def test_a_cursor_of_long_ago_asks_to_load_anew_and_a_wrong_one_is_refused(desk):
    import base64

    desk.start()
    old = "chg_" + base64.urlsafe_b64encode(b"1000000000.0|x").decode().rstrip("=")
    assert changes(desk, old)["more"]
    assert changes(desk, changes(desk, old)["cursor"])["more"] is False
    for wrong in ("x", "chg_!", "chg_" + base64.urlsafe_b64encode(b"inf|").decode()):
        answer = desk.call("GET", "/changes", query_string={"since": wrong})
        assert (answer.status_code, answer.get_json()["code"]) == (422, "cursor_invalid")
