"""Alice registers: a code, a password that is taken, consents that are kept."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import func, select

from chassis.database import EVERYONE
from services.identity.models import Account, Code, Consent
from services.identity.registration import name_from
from tests.identity.people import (
    ALICE,
    CONSENTS,
    PASSWORD,
    ask_code,
    at_once,
    join,
    last_code,
    let_codes_age,
    let_counts_age,
    log_in,
    register,
    wrong,
)
from tests.service_kit import Kit


def test_alice_registers_and_can_log_in(kit: Kit) -> None:
    assert ask_code(kit).json == {"valid_seconds": 600, "resend_seconds": 60}
    answer = register(kit, name="Alice Tan", region="DE", newsletter=True)
    assert answer.status_code == 201 and answer.json["id"].startswith("acc_")
    told = kit.emitted("identity.account_registered.v1")[0]
    assert (told.data["name"], told.data["region"], told.data["newsletter"]) == ("Alice Tan", "DE", True)
    assert log_in(kit).json["account_id"] == told.subject


def test_what_is_left_out_has_its_default(kit: Kit) -> None:
    join(kit, "Bob.de-Vries+shop@Example.com")
    told = kit.emitted("identity.account_registered.v1")[0].data
    assert told["name"] == "Bob De Vries" and told["email"] == "bob.de-vries+shop@example.com"
    assert (told["region"], told["newsletter"], told["language"]) == ("SG", False, "en")


def test_the_language_is_that_of_the_request(kit: Kit) -> None:
    taiwan = {"Accept-Language": "zh-TW,zh;q=0.9"}
    kit.request("POST", "/api/v1/registration/codes", json={"email": ALICE}, headers=taiwan)
    assert kit.emitted("identity.code_requested.v1")[0].data["language"] == "zh-Hant"


def test_consents_are_kept_with_version_time_and_ip(kit: Kit) -> None:
    join(kit, newsletter=True)
    with kit.runtime.db.read(EVERYONE) as session:
        rows = session.scalars(select(Consent)).all()
    kept = {(row.kind, row.version, row.given, row.ip) for row in rows}
    assert kept == {(kind, version, True, "203.0.113.9") for kind, version in {**CONSENTS, "newsletter": ""}.items()}


@pytest.mark.parametrize("kind", list(CONSENTS))
def test_no_account_without_each_consent_in_a_known_version(kit: Kit, kind: str) -> None:
    ask_code(kit)
    without = {name: version for name, version in CONSENTS.items() if name != kind}
    assert register(kit, consents=without).status_code == 422
    assert register(kit, consents={**CONSENTS, kind: "1999-01-01"}).status_code == 422
    assert kit.request("GET", "/api/v1/registration/consents").json == CONSENTS


@pytest.mark.parametrize(("language", "name"), [("en", "Germany"), ("zh-CN", "德国"), ("zh-TW", "德國")])
def test_every_region_of_the_world_can_be_chosen_by_its_name(kit: Kit, language: str, name: str) -> None:
    answer = kit.request("GET", "/api/v1/registration/regions", headers={"Accept-Language": language})
    named = {region["code"]: region["name"] for region in answer.json["regions"]}
    assert named["DE"] == name and len(named) == 249 and "SG" in named


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Ab1-xyz", "password_too_short"),
        ("Ab1-" * 33, "password_too_long"),
        ("onlylowerandUPPER", "password_too_plain"),
        ("Alice@Example.com1", "password_like_email"),
        ("Passw0rd!", "password_well_known"),
        ("P@ssw0rd", "password_well_known"),
    ],
)
def test_a_bad_password_is_refused_with_its_reason_and_costs_no_try(kit: Kit, password: str, reason: str) -> None:
    ask_code(kit)
    refused = register(kit, password=password)
    assert (refused.status_code, reason in refused.json["reasons"]) == (422, True)
    assert register(kit).status_code == 201


def test_a_password_may_be_chinese_and_128_characters_long(kit: Kit) -> None:
    password = "蓝色水壶Ab1" + "x" * 121
    join(kit, password=password)
    assert log_in(kit, password).status_code == 200
    assert log_in(kit, password[:-1]).status_code == 401


def test_five_wrong_guesses_end_a_code(kit: Kit) -> None:
    ask_code(kit)
    for _ in range(5):
        assert register(kit, code=wrong(last_code(kit))).json["code"] == "code_wrong"
    assert register(kit).json["code"] == "code_wrong"


def test_a_code_ends_after_ten_minutes(kit: Kit) -> None:
    ask_code(kit)
    let_codes_age(kit, 601)
    assert register(kit).json["code"] == "code_wrong"


def test_a_code_works_once_and_only_for_its_address(kit: Kit) -> None:
    join(kit)
    assert register(kit).json["code"] == "code_wrong"
    ask_code(kit, "bob@example.com")
    assert register(kit, "carol@example.com").json["code"] == "code_wrong"


def test_another_code_is_sent_after_a_minute_and_replaces_the_first(kit: Kit) -> None:
    ask_code(kit)
    first = last_code(kit)
    soon = ask_code(kit)
    assert (soon.status_code, soon.json["code"]) == (429, "code_too_soon")
    assert 0 < int(soon.headers["Retry-After"]) <= 60
    let_codes_age(kit, 61)
    assert ask_code(kit).status_code == 202
    second = last_code(kit)
    assert first == second or register(kit, code=first).status_code == 422
    assert register(kit).status_code == 201


def test_an_address_gets_ten_codes_in_an_hour(kit: Kit) -> None:
    answers = []
    for _ in range(11):
        answers.append(ask_code(kit).status_code)
        let_codes_age(kit, 61)
    assert answers == [202] * 10 + [429]


def test_an_address_gets_thirty_codes_in_a_day_however_patient_the_guesser(kit: Kit) -> None:
    answers = []
    for number in range(31):
        let_counts_age(kit, 3601 if number % 10 == 0 else 0)
        answers.append(ask_code(kit, path="password").status_code)
        let_codes_age(kit, 61)
    assert answers == [202] * 30 + [429]


def test_a_registered_address_is_answered_like_a_new_one_and_told_by_mail(kit: Kit) -> None:
    join(kit)
    let_codes_age(kit, 61)
    known, new = ask_code(kit), ask_code(kit, "new@example.com")
    assert (known.status_code, known.data) == (new.status_code, new.data)
    mails = [event.data for event in kit.emitted("identity.code_requested.v1")][-2:]
    assert [mail["purpose"] for mail in mails] == ["known_address", "register"] and mails[0]["sealed_code"] is None
    again_known, again_new = ask_code(kit), ask_code(kit, "new@example.com")
    assert (again_known.status_code, again_known.json["code"]) == (again_new.status_code, again_new.json["code"])
    guess_known, guess_new = register(kit, code="000000"), register(kit, "new@example.com", wrong(last_code(kit)))
    assert (guess_known.status_code, guess_known.data) == (guess_new.status_code, guess_new.data)


def test_neither_code_nor_password_stand_in_the_database(kit: Kit) -> None:
    ask_code(kit)
    code = last_code(kit)
    register(kit)
    with kit.runtime.db.engine.connect() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())
    assert code not in [word.strip("'") for word in dump.replace(",", " ").split()] and PASSWORD not in dump


def test_of_fifty_guesses_at_once_exactly_five_count(any_kit: Kit) -> None:
    ask_code(any_kit)
    code = last_code(any_kit)
    answers = at_once(50, lambda n: register(any_kit, code=f"{(int(code) + 1 + n) % 1_000_000:06}").status_code)
    with any_kit.runtime.db.read(EVERYONE) as session:
        assert session.scalars(select(Code.tries)).one() == 5
    assert Counter(answers) == {422: 50}
    assert register(any_kit, code=code).status_code == 422


def test_one_address_registered_many_times_at_once_is_one_account(any_kit: Kit) -> None:
    ask_code(any_kit)
    answers = Counter(at_once(5, lambda n: register(any_kit).status_code))
    with any_kit.runtime.db.read(EVERYONE) as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 1
    assert answers == {201: 1, 422: 4}
    assert len(any_kit.emitted("identity.account_registered.v1")) == 1


def test_many_requests_for_a_code_at_once_send_one(any_kit: Kit) -> None:
    answers = Counter(at_once(8, lambda n: ask_code(any_kit).status_code))
    assert answers == {202: 1, 429: 7} and len(any_kit.emitted()) == 1


@pytest.mark.parametrize(
    ("email", "name"), [("alice.tan@x.sg", "Alice Tan"), ("o'neil_p@x.sg", "O Neil P"), ("++@x.sg", "++@x.sg")]
)
def test_a_name_is_made_from_the_address(email: str, name: str) -> None:
    assert name_from(email) == name
