"""Alice logs in; Mallory guesses and is slowed down, locked out, and told nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.identity.people import ALICE, PASSWORD, at_once, join, let_blocks_end, log_in
from tests.service_kit import Kit, service

LOCKED = "identity.login_locked.v1"


def fail_until_locked(kit: Kit, email: str = ALICE) -> list[int]:
    answers = []
    for _ in range(10):
        let_blocks_end(kit)
        answers.append(log_in(kit, "Wrong-Kettle-42", email).status_code)
    return answers


def test_the_right_password_gives_the_account(kit: Kit) -> None:
    join(kit, name="Alice Tan")
    answer = log_in(kit, email=" Alice@Example.com ")
    assert answer.status_code == 200
    names = {"account_id", "email", "name", "language", "time_zone", "date_format", "second_factors"}
    assert set(answer.json) == names
    assert (answer.json["name"], answer.json["second_factors"]) == ("Alice Tan", [])


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(kit: Kit) -> None:
    join(kit)
    answers = [
        log_in(kit, "Wrong-Kettle-42"),
        log_in(kit, PASSWORD, "nobody@example.com"),
        log_in(kit, "", "\x00\ud800"),
    ]
    assert {(answer.status_code, answer.data) for answer in answers} == {(401, answers[0].data)}


def test_ten_failures_lock_the_address_and_its_owner_is_told_once(kit: Kit) -> None:
    join(kit)
    assert fail_until_locked(kit) == [401] * 10
    wrong, right = log_in(kit, "Wrong-Kettle-42"), log_in(kit)
    assert (wrong.status_code, wrong.json["code"]) == (right.status_code, right.json["code"]) == (429, "login_locked")
    assert 890 <= int(right.headers["Retry-After"]) <= 900
    assert [event.data["email"] for event in kit.emitted(LOCKED)] == [ALICE]


def test_an_unknown_address_locks_just_the_same(kit: Kit) -> None:
    assert fail_until_locked(kit, "nobody@example.com") == [401] * 10
    assert log_in(kit, email="nobody@example.com").json["code"] == "login_locked"
    assert kit.emitted(LOCKED) == []


def test_after_five_failures_one_has_to_wait_and_haste_counts(kit: Kit) -> None:
    join(kit)
    answers = [log_in(kit, "Wrong-Kettle-42") for _ in range(10)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 5
    assert int(answers[5].headers["Retry-After"]) <= 4
    assert len(kit.emitted(LOCKED)) == 1


def test_a_success_forgets_the_failures(kit: Kit) -> None:
    join(kit)
    for _ in range(3):
        for _ in range(4):
            log_in(kit, "Wrong-Kettle-42")
        assert log_in(kit).status_code == 200


def test_when_the_lock_is_over_the_right_password_works_again(kit: Kit) -> None:
    join(kit)
    fail_until_locked(kit)
    let_blocks_end(kit)
    assert log_in(kit).status_code == 200


def test_of_thirty_guesses_at_once_no_more_than_ten_are_answered_and_one_lock_is_told(any_kit: Kit) -> None:
    join(any_kit)
    answers = Counter(at_once(30, lambda n: log_in(any_kit, f"Wrong-Kettle-{n}").status_code))
    assert answers[401] + answers[429] == 30 and answers[401] <= 10
    assert len(any_kit.emitted(LOCKED)) == 1 and log_in(any_kit).status_code == 429


def test_many_right_logins_at_once_all_succeed(any_kit: Kit) -> None:
    join(any_kit)
    assert Counter(at_once(12, lambda n: log_in(any_kit).status_code)) == {200: 12}


def test_one_ip_address_cannot_try_one_account_after_the_other(tmp_path: Path) -> None:
    kit = Kit("identity", tmp_path, FAILURES_PER_IP="3")
    answers = [log_in(kit, "Wrong-Kettle-42", f"user{n}@example.com").status_code for n in range(4)]
    assert answers == [401, 401, 401, 429]
    assert log_in(kit, "Wrong-Kettle-42", "user9@example.com", ip="198.51.100.7").status_code == 401


def test_an_ipv6_customer_has_one_count_however_many_addresses_they_use(tmp_path: Path) -> None:
    kit = Kit("identity", tmp_path, FAILURES_PER_IP="3")

    def guess(n: int, ip: str) -> int:
        return log_in(kit, "Wrong-Kettle-42", f"user{n}@example.com", ip=ip).status_code

    assert [guess(n, f"2001:db8:0:7::{n:x}") for n in range(4)] == [401, 401, 401, 429]
    assert (guess(4, "2001:db8:0:8::1"), guess(5, "198.51.100.7"), guess(6, "")) == (401, 401, 401)


@pytest.mark.parametrize("caller", ["agreement", "signing"])
def test_only_the_gateway_may_ask(kit: Kit, caller: str) -> None:
    body = {"email": ALICE, "password": PASSWORD, "ip": ""}
    assert kit.request("POST", "/internal/authenticate", service(caller), json=body).status_code == 404
    assert kit.request("POST", "/internal/authenticate", json=body).status_code == 401
