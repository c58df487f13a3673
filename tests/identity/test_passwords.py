"""Alice forgets her password, and changes it."""

from __future__ import annotations

from tests.identity.people import ALICE, PASSWORD, ask_code, join, last_code, log_in, wrong
from tests.identity.test_login import fail_until_locked
from tests.service_kit import Kit

NEW = "Green-Teapot-77"
CHANGED = "identity.password_changed.v1"


def reset(kit: Kit, code: str, email: str = ALICE, password: str = NEW) -> object:
    body = {"email": email, "code": code, "password": password}
    return kit.request("POST", "/api/v1/password", json=body)


def test_a_forgotten_password_is_set_anew_by_a_mailed_code(kit: Kit) -> None:
    join(kit)
    assert ask_code(kit, path="password").status_code == 202
    assert reset(kit, last_code(kit)).status_code == 204
    assert (log_in(kit).status_code, log_in(kit, NEW).status_code) == (401, 200)
    told = kit.emitted(CHANGED)[0]
    assert told.data["keep_session"] is None and told.sequence == 2


def test_setting_it_anew_ends_a_lock(kit: Kit) -> None:
    join(kit)
    fail_until_locked(kit)
    ask_code(kit, path="password")
    reset(kit, last_code(kit))
    assert log_in(kit, NEW).status_code == 200


def test_an_unknown_address_is_answered_like_a_known_one_and_gets_no_mail(kit: Kit) -> None:
    join(kit)
    before = len(kit.emitted())
    unknown, known = ask_code(kit, "nobody@example.com", "password"), ask_code(kit, ALICE, "password")
    assert (unknown.status_code, unknown.data) == (known.status_code, known.data)
    assert [event.data["email"] for event in kit.emitted()[before:]] == [ALICE]
    soon = [ask_code(kit, email, "password") for email in ("nobody@example.com", ALICE)]
    assert soon[0].status_code == soon[1].status_code == 429 and soon[0].json["code"] == soon[1].json["code"]
    guesses = [reset(kit, wrong(last_code(kit)), email) for email in ("nobody@example.com", ALICE)]
    assert (guesses[0].status_code, guesses[0].data) == (guesses[1].status_code, guesses[1].data)


def test_a_code_for_registering_does_not_set_a_password(kit: Kit) -> None:
    join(kit)
    ask_code(kit, "bob@example.com")
    assert reset(kit, last_code(kit), "bob@example.com").json["code"] == "code_wrong"


def test_changing_the_password_asks_for_the_old_one_and_keeps_this_session(kit: Kit) -> None:
    alice = join(kit)
    body = {"old_password": PASSWORD, "password": NEW}
    refused = kit.request("POST", "/api/v1/account/password", alice, json={**body, "old_password": "Wrong-Kettle-42"})
    assert (refused.status_code, refused.json["code"]) == (422, "old_password_wrong")
    assert kit.request("POST", "/api/v1/account/password", alice, json=body).status_code == 204
    assert [event.data["keep_session"] for event in kit.emitted(CHANGED)] == ["s1"]
    assert log_in(kit, NEW).status_code == 200


def test_a_new_password_follows_the_rules(kit: Kit) -> None:
    alice = join(kit)
    body = {"old_password": PASSWORD, "password": "alllowercase"}
    assert kit.request("POST", "/api/v1/account/password", alice, json=body).json["code"] == "password_too_plain"


def test_the_old_password_cannot_be_guessed_in_an_open_session(kit: Kit) -> None:
    alice = join(kit)
    body = {"old_password": "Wrong-Kettle-42", "password": NEW}
    codes = [kit.request("POST", "/api/v1/account/password", alice, json=body).json["code"] for _ in range(10)]
    assert codes == ["old_password_wrong"] * 5 + ["login_locked"] * 5
