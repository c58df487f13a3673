"""Alice's authenticator app: switched on by a first code, asked for at login, switched off by password and code."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select, update
from werkzeug.test import TestResponse

from chassis.database import EVERYONE
from chassis.tokens import Principal
from services.identity import totp
from services.identity.models import RecoveryCode, Totp
from tests.identity.people import ALICE, PASSWORD, app_code, at_once, join, let_blocks_end, log_in, switch_on, wrong
from tests.service_kit import Kit, service

CHANGED, LOCKED = "identity.security_changed.v1", "identity.login_locked.v1"


def try_code(kit: Kit, who: Principal, code: str, method: str = "totp") -> TestResponse:
    body = {"account_id": who.subject, "method": method, "code": code, "ip": "203.0.113.9"}
    return kit.request("POST", "/internal/second-factor", service("gateway"), json=body)


def ask(kit: Kit, who: Principal, path: str, **body: Any) -> TestResponse:
    return kit.request("POST", f"/api/v1/account/totp{path}", who, json=body)


def changes(kit: Kit) -> list[str]:
    return [event.data["change"] for event in kit.emitted(CHANGED)]


def test_the_codes_are_those_of_the_standard() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the key of RFC 6238, appendix B
    moments = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}
    assert {at: totp.code_at(secret, at // 30) for at in moments} == moments


def test_a_clock_may_be_a_step_off_and_no_more() -> None:
    secret, now = totp.new_secret(), datetime(2026, 11, 22, 8, 0, 0, tzinfo=UTC)
    here = totp.step_of(now)
    taken = [totp.matching_step(secret, totp.code_at(secret, here + late), now, 0) for late in range(-2, 3)]
    assert taken == [None, here - 1, here, here + 1, None]


def test_it_begins_with_a_secret_for_the_app_and_a_picture_of_it(kit: Kit) -> None:
    told = ask(kit, join(kit), "", password=PASSWORD).json
    address = urlsplit(told["uri"])
    assert (address.scheme, address.netloc, address.path) == ("otpauth", "totp", f"/Signet:{ALICE}")
    assert parse_qs(address.query)["secret"] == [told["secret"]] and len(told["secret"]) == 32
    assert told["qr_path"].startswith("M4 4h1v1h-1z") and told["qr_size"] > 40


def test_it_is_on_only_once_a_code_has_come_back(kit: Kit) -> None:
    alice = join(kit)
    secret = ask(kit, alice, "", password=PASSWORD).json["secret"]
    assert log_in(kit).json["second_factors"] == []
    refused = ask(kit, alice, "/confirm", code=wrong(app_code(secret)))
    assert (refused.status_code, refused.json["code"]) == (422, "second_factor_wrong")
    codes = ask(kit, alice, "/confirm", code=app_code(secret)).json["recovery_codes"]
    assert len(set(codes)) == 10 and changes(kit) == ["two_factor_on"]
    assert log_in(kit).json["second_factors"] == ["totp", "recovery_code"]
    state = kit.request("GET", "/api/v1/account/security", alice).json
    assert state["totp"]["on"] and state["totp"]["recovery_codes_left"] == 10


def test_the_password_is_asked_for_again(kit: Kit) -> None:
    refused = ask(kit, join(kit), "", password="Wrong-Kettle-42")
    assert (refused.status_code, refused.json["code"]) == (422, "password_wrong")


def test_it_cannot_be_begun_anew_while_it_is_on(kit: Kit) -> None:
    alice = join(kit)
    secret, _ = switch_on(kit, alice)
    assert ask(kit, alice, "", password=PASSWORD).json["code"] == "two_factor_on"
    assert ask(kit, alice, "/confirm", code=app_code(secret)).json["code"] == "two_factor_on"


def test_a_code_is_good_once(kit: Kit) -> None:
    alice = join(kit)
    secret, _ = switch_on(kit, alice)
    answers = [try_code(kit, alice, app_code(secret)).status_code for _ in range(2)]
    assert answers == [200, 422]
    assert try_code(kit, alice, app_code(secret, -1)).status_code == 422
    assert try_code(kit, alice, app_code(secret, 1)).status_code == 200


def test_of_ten_logins_with_one_code_at_once_one_gets_in(any_kit: Kit) -> None:
    alice = join(any_kit)
    secret, codes = switch_on(any_kit, alice)
    code = app_code(secret)
    assert Counter(at_once(8, lambda n: try_code(any_kit, alice, code).status_code))[200] == 1
    let_blocks_end(any_kit)
    used = at_once(4, lambda n: try_code(any_kit, alice, codes[0], "recovery_code").status_code)
    assert used.count(200) == 1


def test_a_recovery_code_is_good_once_and_its_owner_is_told(kit: Kit) -> None:
    alice = join(kit)
    _, codes = switch_on(kit, alice)
    assert try_code(kit, alice, codes[3].upper().replace("-", " "), "recovery_code").status_code == 200
    assert try_code(kit, alice, codes[3], "recovery_code").status_code == 422
    assert (changes(kit)[-1], kit.emitted(CHANGED)[-1].data["detail"]) == ("recovery_code_used", "9")


def test_secrets_and_codes_rest_sealed(kit: Kit) -> None:
    secret, codes = switch_on(kit, join(kit))
    with kit.runtime.db.read(EVERYONE) as session:
        kept = str([vars(row) for row in [*session.scalars(select(Totp)), *session.scalars(select(RecoveryCode))]])
    assert secret not in kept and not any(code.replace("-", "") in kept for code in codes)


def test_another_persons_recovery_code_is_no_good(kit: Kit) -> None:
    alice, bob = join(kit), join(kit, "bob@example.com")
    _, codes = switch_on(kit, alice)
    switch_on(kit, bob)
    assert try_code(kit, bob, codes[0], "recovery_code").status_code == 422


def test_ten_wrong_codes_lock_the_second_step_and_its_owner_is_told_once(kit: Kit) -> None:
    alice = join(kit)
    secret, _ = switch_on(kit, alice)
    for _ in range(10):
        let_blocks_end(kit)
        assert try_code(kit, alice, "000000x").status_code == 422
    right = try_code(kit, alice, app_code(secret))
    assert (right.status_code, right.json["code"]) == (429, "login_locked")
    assert [event.data["step"] for event in kit.emitted(LOCKED)] == ["second_factor"]
    assert log_in(kit).status_code == 200  # the password's own tries are others
    let_blocks_end(kit)
    assert try_code(kit, alice, app_code(secret)).status_code == 200


def test_a_blocked_try_does_not_use_the_code_up(kit: Kit) -> None:
    alice = join(kit)
    _, codes = switch_on(kit, alice)
    answers = [try_code(kit, alice, "000000x").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert try_code(kit, alice, codes[0], "recovery_code").status_code == 429
    let_blocks_end(kit)
    assert try_code(kit, alice, codes[0], "recovery_code").status_code == 200


def test_switching_it_off_asks_for_password_and_code(kit: Kit) -> None:
    alice = join(kit)
    secret, codes = switch_on(kit, alice)
    assert ask(kit, alice, "/disable", password="Wrong-Kettle-42", code=codes[0]).json["code"] == "password_wrong"
    assert ask(kit, alice, "/disable", password=PASSWORD, code="000000").json["code"] == "second_factor_wrong"
    assert ask(kit, alice, "/disable", password=PASSWORD, code=app_code(secret)).status_code == 204
    assert log_in(kit).json["second_factors"] == [] and changes(kit)[-1] == "two_factor_off"
    assert try_code(kit, alice, codes[0], "recovery_code").status_code == 422


def test_a_recovery_code_switches_it_off_when_the_phone_is_lost(kit: Kit) -> None:
    alice = join(kit)
    _, codes = switch_on(kit, alice)
    assert ask(kit, alice, "/disable", password=PASSWORD, code=codes[9]).status_code == 204


def test_new_recovery_codes_replace_those_before(kit: Kit) -> None:
    alice = join(kit)
    secret, old = switch_on(kit, alice)
    new = ask(kit, alice, "/recovery-codes", password=PASSWORD, code=app_code(secret)).json["recovery_codes"]
    assert len(new) == 10 and not set(new) & set(old)
    assert try_code(kit, alice, old[0], "recovery_code").status_code == 422
    assert try_code(kit, alice, new[0], "recovery_code").status_code == 200


def test_a_forgotten_password_does_not_switch_it_off(kit: Kit) -> None:
    from tests.identity.people import ask_code, last_code
    from tests.identity.test_passwords import NEW, reset

    switch_on(kit, join(kit))
    ask_code(kit, path="password")
    assert reset(kit, last_code(kit)).status_code == 204  # type: ignore[attr-defined]
    assert log_in(kit, NEW).json["second_factors"] == ["totp", "recovery_code"]


def test_a_secret_that_does_not_open_is_no_way_in(kit: Kit) -> None:
    alice = join(kit)
    secret, _ = switch_on(kit, alice)
    with kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(Totp).values(confirmed_at=None))
    assert try_code(kit, alice, app_code(secret)).status_code == 422
