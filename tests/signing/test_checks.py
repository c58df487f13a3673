"""Access codes and mailed codes: limits that hold, proofs that belong to a browser."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from chassis.database import EVERYONE
from services.signing.models import Recipient
from tests.signing.stage import Agreement, Signer, Stage, person


def with_access_code(stage: Stage) -> Agreement:
    return stage.send(person("Bob", check="access_code", code="Lion42"))


def with_mailed_code(stage: Stage) -> Agreement:
    return stage.send(person("Bob", check="email_code"))


def mailed(stage: Stage, agreement: Agreement) -> str:
    return str(stage.kit.runtime.sealer.open(agreement.told("signing.code_requested.v1")[-1]["sealed_code"]))


def try_code(signer: Signer, code: str, path: str = "/checks/access-code") -> tuple[int, str | None]:
    answer = signer.ask("POST", path, json={"code": code})
    return answer.status_code, answer.json.get("code")


def try_mailed(signer: Signer, code: str) -> tuple[int, str | None]:
    return try_code(signer, code, "/checks/email-code/verify")


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def age(stage: Stage, agreement: Agreement, **values: object) -> None:
    with stage.kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(Recipient).where(Recipient.agreement_id == agreement.id).values(**values))


def test_nothing_is_shown_or_taken_before_the_check(stage: Stage) -> None:
    bob = with_access_code(stage).signer()
    state = bob.state()
    assert [state["check"][name] for name in ("kind", "passed", "left")] == ["access_code", False, 10]
    assert state["pages"] == [] and state["fields"] == [] and state["message"] is None
    for method, path in (("GET", "/pages/0/image"), ("GET", "/pages/0/text"), ("POST", "/finish"), ("POST", "/open")):
        assert bob.ask(method, path).json["code"] == "check_required", path
    assert bob.ask("POST", "/decline", json={"reason": "No."}).json["code"] == "check_required"


def test_the_right_access_code_opens_this_browser_only(stage: Stage) -> None:
    agreement = with_access_code(stage)
    bob, elsewhere = agreement.signer(), agreement.signer(browser="b2")
    assert try_code(bob, "lion41") == (403, "code_wrong")
    assert try_code(bob, "Lion42")[0] == 200
    assert bob.state()["check"]["passed"] and not elsewhere.state()["check"]["passed"]
    assert [told["left"] for told in agreement.told("signing.check_failed.v1")] == [9]
    assert agreement.told("signing.check_passed.v1")[0]["check"] == "access_code"
    bob.sign()


def test_a_browser_without_a_cookie_proves_nothing(stage: Stage) -> None:
    bob = with_access_code(stage).signer(browser="")
    assert try_code(bob, "Lion42") == (400, "browser_unknown")


def test_the_last_try_locks_and_tells_the_sender(stage: Stage) -> None:
    agreement = with_access_code(stage)
    bob = agreement.signer()
    answers = [try_code(bob, "wrong") for _ in range(11)]
    assert answers == [(403, "code_wrong")] * 9 + [(423, "verification_locked")] * 2
    assert bob.state()["state"] == "verification_locked" and try_code(bob, "Lion42")[0] == 423
    assert len(agreement.told("signing.locked.v1")) == 1 and agreement.kinds().count("locked") == 1


def test_a_new_link_lifts_the_lock_and_asks_again(stage: Stage) -> None:
    agreement = with_access_code(stage)
    passed = agreement.signer()
    assert try_code(passed, "Lion42")[0] == 200
    for _ in range(10):
        try_code(agreement.signer(browser="b2"), "wrong")
    assert passed.state()["state"] == "verification_locked"
    agreement.ask("resend", recipient_id=agreement.recipient("Bob"))
    bob = agreement.signer()
    assert bob.state()["state"] == "open" and not bob.state()["check"]["passed"]
    assert try_code(bob, "Lion42")[0] == 200


def storm(agreement: Agreement, code: str, path: str) -> list[tuple[int, str | None]]:
    """Fifty guesses at once, each from a browser of its own."""
    signers = [agreement.signer(browser=f"b{number}") for number in range(50)]
    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(lambda one: try_code(one, code, path), signers))


@pytest.mark.parametrize("name", ["stage", "postgres_stage"])
def test_fifty_guesses_at_once_count_exactly_ten(name: str, request: pytest.FixtureRequest) -> None:
    agreement = with_access_code(request.getfixturevalue(name))
    storm(agreement, "wrong", "/checks/access-code")
    assert len(agreement.told("signing.check_failed.v1")) == 10
    assert len(agreement.told("signing.locked.v1")) == 1


@pytest.mark.parametrize("name", ["stage", "postgres_stage"])
def test_fifty_guesses_of_a_mailed_code_count_exactly_five(name: str, request: pytest.FixtureRequest) -> None:
    stage: Stage = request.getfixturevalue(name)
    agreement = with_mailed_code(stage)
    assert agreement.signer().ask("POST", "/checks/email-code").status_code == 202
    storm(agreement, other_than(mailed(stage, agreement)), "/checks/email-code/verify")
    assert [told["left"] for told in agreement.told("signing.check_failed.v1")] == [4, 3, 2, 1, 0]
    assert len(agreement.told("signing.locked.v1")) == 1


def test_a_mailed_code_opens_and_is_used_once(stage: Stage) -> None:
    agreement = with_mailed_code(stage)
    bob = agreement.signer()
    assert try_mailed(bob, "123456") == (410, "code_expired")
    assert bob.ask("POST", "/checks/email-code").status_code == 202
    code = mailed(stage, agreement)
    assert try_mailed(bob, code)[0] == 200
    assert try_mailed(agreement.signer(browser="b2"), code) == (410, "code_expired")
    bob.sign()


def test_a_new_code_comes_after_a_minute_and_ends_the_old_one(stage: Stage) -> None:
    agreement = with_mailed_code(stage)
    bob = agreement.signer()
    bob.ask("POST", "/checks/email-code")
    first = mailed(stage, agreement)
    early = bob.ask("POST", "/checks/email-code")
    assert early.json["code"] == "code_too_soon" and 0 < int(early.headers["Retry-After"]) <= 60
    age(stage, agreement, mailed_at=datetime.now(UTC) - timedelta(seconds=61))
    bob.ask("POST", "/checks/email-code")
    second = mailed(stage, agreement)
    assert first == second or try_mailed(bob, first) == (403, "code_wrong")
    assert try_mailed(bob, second)[0] == 200


def test_a_code_ends_after_ten_minutes_and_costs_no_try_then(stage: Stage) -> None:
    agreement = with_mailed_code(stage)
    bob = agreement.signer()
    bob.ask("POST", "/checks/email-code")
    age(stage, agreement, mailed_code_until=datetime.now(UTC))
    assert try_mailed(bob, mailed(stage, agreement)) == (410, "code_expired")
    assert bob.state()["check"]["left"] == 5


def test_the_number_of_codes_is_limited(stage: Stage) -> None:
    agreement = with_mailed_code(stage)
    bob = agreement.signer()
    for _ in range(10):
        assert bob.ask("POST", "/checks/email-code").status_code == 202
        age(stage, agreement, mailed_at=datetime.now(UTC) - timedelta(seconds=61))
    assert bob.ask("POST", "/checks/email-code").json["code"] == "too_many_codes"


def test_a_new_code_gives_no_new_tries(stage: Stage) -> None:
    agreement = with_mailed_code(stage)
    bob = agreement.signer()
    for _ in range(5):
        bob.ask("POST", "/checks/email-code")
        try_mailed(bob, other_than(mailed(stage, agreement)))
        age(stage, agreement, mailed_at=datetime.now(UTC) - timedelta(seconds=61))
    assert bob.state()["state"] == "verification_locked"


def test_codes_are_not_at_rest(stage: Stage) -> None:
    agreement = with_mailed_code(stage)
    agreement.signer().ask("POST", "/checks/email-code")
    with stage.kit.runtime.db.read(EVERYONE) as session:
        kept = session.scalars(select(Recipient.mailed_code)).one()
    assert kept and mailed(stage, agreement) not in kept and len(kept) == 64


def test_a_check_that_is_not_asked_cannot_be_tried(stage: Stage) -> None:
    bob = stage.send(person("Bob")).signer()
    assert try_code(bob, "Lion42") == (409, "check_not_required")
    assert bob.ask("POST", "/checks/email-code").json["code"] == "check_not_required"
