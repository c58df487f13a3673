"""Alice's passkeys: made in her browser, good for one answer each, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from chassis.database import EVERYONE
from chassis.tokens import Principal
from services.identity.models import Ceremony
from tests.identity.authenticator import Authenticator, b64, unb64
from tests.identity.people import PASSWORD, join, log_in, prove, switch_on
from tests.service_kit import Kit, service

CHANGED = "identity.security_changed.v1"
BROWSER = "browser-of-somebody"


def options(kit: Kit, who: Principal, password: str = PASSWORD) -> TestResponse:
    return kit.request("POST", "/api/v1/account/passkeys/options", who, json={"password": password})


def add(kit: Kit, who: Principal, phone: Authenticator, name: str = "Phone") -> TestResponse:
    credential = phone.create(options(kit, who).json["options"])
    return kit.request("POST", "/api/v1/account/passkeys", who, json={"name": name, "credential": credential})


def ask(kit: Kit, browser: str = BROWSER, account: str | None = None) -> dict[str, Any]:
    body = {"browser": browser, "account_id": account}
    found: dict[str, Any] = kit.request("POST", "/internal/passkeys/options", service("gateway"), json=body).json
    return found["options"]


def tell(kit: Kit, credential: Any, browser: str = BROWSER) -> TestResponse:
    body = {"browser": browser, "credential": credential, "ip": "203.0.113.9"}
    return kit.request("POST", "/internal/passkeys/verify", service("gateway"), json=body)


def test_a_passkey_alone_logs_in(kit: Kit) -> None:
    alice, phone = join(kit), Authenticator()
    assert add(kit, alice, phone).status_code == 201
    answer = tell(kit, phone.get(ask(kit)))
    assert (answer.status_code, answer.json["account_id"], answer.json["second_factors"]) == (200, alice.subject, [])
    assert kit.emitted(CHANGED)[-1].data["detail"] == "Phone"
    row = kit.request("GET", "/api/v1/account/passkeys", alice).json["passkeys"][0]
    assert row["name"] == "Phone" and row["last_used_at"]


def test_what_is_asked_of_the_browser_demands_a_key_that_is_found_and_verifies_its_user(kit: Kit) -> None:
    alice, phone = join(kit), Authenticator()
    asked = options(kit, alice).json["options"]
    assert asked["rp"]["id"] == "signet.test" and asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == ask(kit)["userVerification"] == "required"
    add(kit, alice, phone)
    assert [one["id"] for one in options(kit, alice).json["options"]["excludeCredentials"]] == [b64(phone.keys[0].id)]


def test_making_one_asks_for_the_password_again(kit: Kit) -> None:
    assert options(kit, join(kit), "Wrong-Kettle-42").json["code"] == "password_wrong"


def test_a_passkey_is_one_way_to_pass_the_second_step(kit: Kit) -> None:
    alice, bob, phone = join(kit), join(kit, "bob@example.com"), Authenticator()
    add(kit, alice, phone)
    assert log_in(kit).json["second_factors"] == []
    switch_on(kit, alice)
    assert log_in(kit).json["second_factors"] == ["totp", "recovery_code", "passkey"]
    asked = ask(kit, account=alice.subject)
    assert [one["id"] for one in asked["allowCredentials"]] == [b64(phone.keys[0].id)]
    assert tell(kit, phone.get(asked)).status_code == 200
    theirs = ask(kit, account=bob.subject)
    assert tell(kit, phone.get({**theirs, "allowCredentials": []})).status_code == 422


def spoilt(credential: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    return {**credential, "response": {**credential["response"], name: value}}


def test_an_answer_is_good_once_and_only_in_the_browser_that_was_asked(kit: Kit) -> None:
    phone = Authenticator()
    add(kit, join(kit), phone)
    answer = phone.get(ask(kit))
    assert tell(kit, answer, "another-browser").status_code == 422
    assert tell(kit, answer).status_code == 200
    assert tell(kit, answer).status_code == 422


def test_a_wrong_answer_uses_the_challenge_up(kit: Kit) -> None:
    phone = Authenticator()
    add(kit, join(kit), phone)
    answer = phone.get(ask(kit))
    assert tell(kit, spoilt(answer, "signature", b64(b"\x30\x06\x02\x01\x01\x02\x01\x01"))).status_code == 422
    assert tell(kit, answer).json["code"] == "passkey_wrong"


def test_an_answer_comes_too_late_after_five_minutes(kit: Kit) -> None:
    phone = Authenticator()
    add(kit, join(kit), phone)
    answer = phone.get(ask(kit))
    with kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(Ceremony).values(expires_at=datetime(2020, 1, 1, tzinfo=UTC)))
    assert tell(kit, answer).status_code == 422


@pytest.mark.parametrize("phone", [Authenticator(origin="https://evil.example"), Authenticator(verifies=False)])
def test_another_site_or_no_verified_user_makes_no_passkey(kit: Kit, phone: Authenticator) -> None:
    answer = add(kit, join(kit), replace(phone, keys=[]))
    assert (answer.status_code, answer.json["code"]) == (422, "passkey_wrong")


def test_another_site_or_no_verified_user_does_not_log_in(kit: Kit) -> None:
    phone = Authenticator()
    add(kit, join(kit), phone)
    for spoil in (replace(phone, origin="https://evil.example"), replace(phone, verifies=False)):
        assert tell(kit, spoil.get(ask(kit))).status_code == 422
    assert tell(kit, phone.get(ask(kit))).status_code == 200


def test_a_counter_that_does_not_grow_tells_of_a_copied_key(kit: Kit) -> None:
    phone = Authenticator()
    add(kit, join(kit), phone)
    copy = replace(phone)
    for _ in range(2):
        assert tell(kit, phone.get(ask(kit))).status_code == 200
    assert tell(kit, copy.get(ask(kit))).status_code == 422


def test_a_key_that_says_it_is_somebody_elses_does_not_log_in(kit: Kit) -> None:
    alice, bob, phone = join(kit), join(kit, "bob@example.com"), Authenticator()
    add(kit, alice, phone)
    phone.keys[0].user = bob.account.bytes
    assert tell(kit, phone.get(ask(kit))).status_code == 422


def test_a_ceremony_of_one_person_is_not_finished_by_another(kit: Kit) -> None:
    alice, phone = join(kit), Authenticator()
    mallory = replace(join(kit, "mallory@example.com"), browser=alice.browser)
    credential = phone.create(options(kit, alice).json["options"])
    body = {"name": "Mine", "credential": credential}
    assert kit.request("POST", "/api/v1/account/passkeys", mallory, json=body).status_code == 422


def test_the_same_key_is_kept_once(kit: Kit) -> None:
    alice, bob, phone = join(kit), join(kit, "bob@example.com"), Authenticator()
    add(kit, alice, phone)
    twin = Authenticator()
    asked = options(kit, bob).json["options"]
    credential = twin.create(asked)
    known = phone.keys[0].id
    body = unb64(credential["response"]["attestationObject"]).replace(twin.keys[0].id, known)
    same = {**spoilt(credential, "attestationObject", b64(body)), "id": b64(known), "rawId": b64(known)}
    answer = kit.request("POST", "/api/v1/account/passkeys", bob, json={"credential": same})
    assert (answer.status_code, answer.json["code"]) == (409, "passkey_known")


def test_passkeys_are_renamed_and_removed_by_their_owner_only(kit: Kit) -> None:
    alice, bob, phone = join(kit), join(kit, "bob@example.com"), Authenticator()
    path = "/api/v1/account/passkeys/" + add(kit, alice, phone).json["id"]
    assert kit.request("PATCH", path, bob, json={"name": "Mine"}).status_code == 404
    prove(kit, bob)
    assert kit.request("DELETE", path, bob).status_code == 404
    assert kit.request("PATCH", path, alice, json={"name": "Old phone"}).json["name"] == "Old phone"
    assert kit.request("DELETE", path, alice).status_code == 204
    assert kit.emitted(CHANGED)[-1].data["change"] == "passkey_removed"
    assert tell(kit, phone.get(ask(kit))).status_code == 422


JUNK: list[Any] = [
    {}, {"rawId": 1}, {"rawId": "AA", "response": {}}, {"rawId": "AA", "response": []}, {"response": None},
    {"rawId": "A", "response": {"userHandle": "\u0000"}}, {"rawId": "é", "response": {}},
]  # fmt: skip


def answered(credential: dict[str, Any]) -> list[Any]:
    """The credential with each member of its response spoilt, and junk."""
    values = (None, 7, "", "AAAA", b64(b"{}"), b64(b"\xa0"), [1], [[]], {"a": 1})
    return [*JUNK, *[spoilt(credential, name, value) for name in credential["response"] for value in values]]


def test_junk_in_place_of_a_new_passkey_is_no_fault_of_the_server(kit: Kit) -> None:
    alice = join(kit)
    for number in range(len(answered(Authenticator().create(options(kit, alice).json["options"])))):
        asked = options(kit, alice).json["options"]
        hostile = answered(Authenticator().create(asked))[number]
        answer = kit.request("POST", "/api/v1/account/passkeys", alice, json={"credential": hostile})
        assert answer.status_code in (201, 409, 422), (hostile, answer.json)


def test_junk_in_place_of_an_answer_is_no_fault_of_the_server(kit: Kit) -> None:
    alice, phone = join(kit), Authenticator()
    add(kit, alice, phone)
    for number in range(len(answered(phone.get(ask(kit))))):
        hostile = answered(phone.get(ask(kit)))[number]
        answer = tell(kit, hostile)
        left_out = hostile.get("response") and not hostile["response"].get("userHandle", "x")
        assert answer.status_code == (200 if left_out else 422), (hostile, answer.json)
