"""Whoever uses Alice's session proves that it is Alice before what guards her account is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import update
from werkzeug.test import TestResponse

from chassis.database import EVERYONE
from chassis.tokens import Principal
from services.identity.models import Account, Proof
from tests.identity.authenticator import Authenticator
from tests.identity.people import PASSWORD, app_code, join, last_code, let_blocks_end, prove, switch_on
from tests.identity.test_passkeys import add
from tests.service_kit import Kit, service

ISSUER = "https://issuer.example"


def say(kit: Kit, who: Principal, **proof: Any) -> TestResponse:
    return kit.request("POST", "/api/v1/account/proofs", who, json=proof)


def state(kit: Kit, who: Principal) -> Any:
    return kit.request("GET", "/api/v1/account/security", who).json["proof"]


def without_password(kit: Kit, who: Principal) -> Principal:
    """The same as if the account had come by an issuer."""
    with kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(Account).where(Account.id == who.account).values(password_hash=""))
    return who


def vouched(kit: Kit, who: Principal, path: str, subject: str = "alice-1", **identity: Any) -> TestResponse:
    """What the gateway tells when an issuer has just had somebody log in."""
    named = {"provider": "acme", "title": "Acme", "issuer": ISSUER, "subject": subject, **identity}
    body = {"identity": named, "account_id": who.subject, "session": who.session}
    return kit.request("POST", f"/internal/external-logins/{path}", service("gateway"), json=body)


def let_proofs_end(kit: Kit) -> None:
    with kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(Proof).values(expires_at=datetime(2020, 1, 1, tzinfo=UTC)))


def guarded(kit: Kit, who: Principal, passkey: str, login: str) -> list[TestResponse]:
    """Everything that changes how an account is guarded, without a password."""
    kit.request("POST", "/api/v1/account/email/codes", who, json={"email": "new@example.com"})
    change = {"email": "new@example.com", "code": last_code(kit)}
    asked: list[tuple[str, str, Any]] = [
        ("POST", "email", change), ("POST", "totp", {}), ("POST", "totp/disable", {}),
        ("POST", "totp/recovery-codes", {}), ("POST", "passkeys/options", {}),
        ("DELETE", f"passkeys/{passkey}", None), ("DELETE", f"logins/{login}", None),
    ]  # fmt: skip
    return [kit.request(method, f"/api/v1/account/{path}", who, json=body) for method, path, body in asked]


def test_nothing_that_guards_the_account_changes_without_a_proof_with_or_without_password(kit: Kit) -> None:
    for email in ("alice@example.com", "bob@example.com"):
        who = join(kit, email)
        passkey = add(kit, who, Authenticator()).json["id"]
        assert vouched(kit, who, "further", subject=email).status_code == 204
        login = kit.request("GET", "/api/v1/account/logins", who).json["logins"][0]["id"]
        let_proofs_end(kit)
        who = without_password(kit, who) if email.startswith("bob") else who
        assert {(one.status_code, one.json["code"]) for one in guarded(kit, who, passkey, login)} == {
            (403, "proof_needed")
        }
        assert vouched(kit, who, "further", subject="other").json["code"] == "proof_needed"


def test_a_proof_holds_for_ten_minutes_and_in_its_session_only(kit: Kit) -> None:
    alice = join(kit)
    elsewhere, bob = replace(alice, session="s2"), replace(join(kit, "bob@example.com"), session=alice.session)
    assert state(kit, alice) is None
    assert say(kit, alice, method="password", password="Wrong-Kettle-42").json["code"] == "password_wrong"
    assert state(kit, alice) is None
    told = say(kit, alice, method="password", password=PASSWORD).json
    left = datetime.fromisoformat(told["until"]) - datetime.now(UTC)
    assert told == state(kit, alice) and told["method"] == "password" and 590 < left.total_seconds() <= 600
    assert state(kit, elsewhere) is None and state(kit, bob) is None
    path = "/api/v1/account/passkeys/options"
    codes = [kit.request("POST", path, who, json={}).status_code for who in (alice, elsewhere, bob)]
    assert codes == [200, 403, 403]
    let_proofs_end(kit)
    assert kit.request("POST", path, alice, json={}).status_code == 403


def test_it_is_proved_by_a_code_too_which_is_used_up_and_need_not_be_given_twice(kit: Kit) -> None:
    alice = join(kit)
    secret, codes = switch_on(kit, alice)
    without_password(kit, alice)
    let_proofs_end(kit)
    assert say(kit, alice, method="password", password=PASSWORD).json["code"] == "no_password"
    code = app_code(secret)
    assert say(kit, alice, method="totp", code=code).status_code == 201
    assert say(kit, alice, method="totp", code=code).json["code"] == "second_factor_wrong"
    renewed = kit.request("POST", "/api/v1/account/totp/recovery-codes", alice, json={"code": ""}).json[
        "recovery_codes"
    ]
    assert say(kit, alice, method="recovery_code", code=codes[0]).status_code == 422
    let_blocks_end(kit)
    assert say(kit, alice, method="recovery_code", code=renewed[0]).json["method"] == "recovery_code"
    assert kit.request("POST", "/api/v1/account/totp/disable", alice, json={}).status_code == 204


def test_the_password_alone_does_not_switch_two_factor_login_off(kit: Kit) -> None:
    alice = join(kit)
    switch_on(kit, alice)
    prove(kit, alice)
    for body in ({}, {"password": PASSWORD}, {"code": "000000"}):
        answer = kit.request("POST", "/api/v1/account/totp/disable", alice, json=body)
        assert (answer.status_code, answer.json["code"]) == (422, "second_factor_wrong")


def test_wrong_codes_lock_proving_like_logging_in(kit: Kit) -> None:
    alice = join(kit)
    secret, _ = switch_on(kit, alice)
    assert [say(kit, alice, method="totp", code="000000").status_code for _ in range(6)] == [422] * 5 + [429]
    assert say(kit, alice, method="totp", code=app_code(secret)).json["code"] == "login_locked"


def test_it_is_proved_by_a_passkey_of_the_account_and_by_no_other(kit: Kit) -> None:
    alice, bob = join(kit), join(kit, "bob@example.com")
    hers, his = Authenticator(), Authenticator()
    add(kit, alice, hers)
    add(kit, bob, his)
    let_proofs_end(kit)

    def options(who: Principal) -> Any:
        return kit.request("POST", "/api/v1/account/proofs/passkey/options", who).json["options"]

    mallory = replace(alice, session="s2")
    theirs = his.get({**options(mallory), "allowCredentials": []})
    assert say(kit, mallory, method="passkey", credential=theirs).json["code"] == "passkey_wrong"
    login = kit.request("POST", "/internal/passkeys/options", service("gateway"), json={"browser": alice.browser}).json[
        "options"
    ]
    assert say(kit, alice, method="passkey", credential=hers.get(login)).json["code"] == "passkey_wrong"
    answer = hers.get(options(alice))
    assert say(kit, alice, method="passkey", credential=answer).json["method"] == "passkey"
    assert say(kit, alice, method="passkey", credential=answer).json["code"] == "passkey_wrong"
    key = kit.request("GET", "/api/v1/account/passkeys", alice).json["passkeys"][0]["id"]
    assert kit.request("DELETE", f"/api/v1/account/passkeys/{key}", alice).status_code == 204


def test_it_is_proved_at_an_issuer_by_the_login_that_is_linked_and_by_no_other(kit: Kit) -> None:
    alice, bob = join(kit), join(kit, "bob@example.com")
    for who, subject in ((alice, "alice-1"), (bob, "bob-1")):
        prove(kit, who)
        assert vouched(kit, who, "further", subject).status_code == 204
    let_proofs_end(kit)
    for stranger in ("bob-1", "nobody"):
        assert vouched(kit, alice, "proof", stranger).json["code"] == "proof_of_another"
    assert vouched(kit, alice, "proof", "alice-1", issuer="https://other.example").json["code"] == "proof_of_another"
    assert state(kit, alice) is None
    assert vouched(kit, alice, "proof", "alice-1").status_code == 204
    assert state(kit, alice)["method"] == "issuer"


def test_a_further_login_is_linked_whatever_its_address_and_unlinked_while_another_way_in_remains(kit: Kit) -> None:
    alice, bob = join(kit), join(kit, "bob@example.com")
    prove(kit, alice)
    prove(kit, bob)
    assert vouched(kit, alice, "further", email="alice@work.example", verified=True).status_code == 204
    assert vouched(kit, alice, "further").status_code == 204  # once more is harmless
    assert vouched(kit, alice, "further", "alice-2").status_code == 204
    assert vouched(kit, bob, "further").json["code"] == "external_of_another"
    told = [event.data["change"] for event in kit.emitted("identity.security_changed.v1")]
    assert told == ["login_linked", "login_linked"]
    logins = kit.request("GET", "/api/v1/account/logins", alice).json["logins"]
    assert [(one["email"], one["issuer"]) for one in logins] == [("alice@work.example", ISSUER), ("", ISSUER)]
    without_password(kit, alice)
    answers = [kit.request("DELETE", f"/api/v1/account/logins/{one['id']}", alice) for one in logins]
    assert [answers[0].status_code, answers[1].json["code"]] == [204, "last_login"]


def test_the_last_passkey_stays_where_it_is_the_only_way_in(kit: Kit) -> None:
    alice = join(kit)
    key = add(kit, alice, Authenticator()).json["id"]
    prove(kit, alice)
    without_password(kit, alice)
    path = f"/api/v1/account/passkeys/{key}"
    assert kit.request("DELETE", path, alice).json["code"] == "last_login"
    assert vouched(kit, alice, "further").status_code == 204
    assert kit.request("DELETE", path, alice).status_code == 204


def test_ten_logins_at_most_are_linked(kit: Kit) -> None:
    alice = join(kit)
    prove(kit, alice)
    answers = [vouched(kit, alice, "further", f"alice-{number}") for number in range(11)]
    assert [one.status_code for one in answers] == [204] * 10 + [409]


def test_only_the_gateway_tells_what_an_issuer_vouched_for(kit: Kit) -> None:
    alice = join(kit)
    body = {"identity": {}, "account_id": alice.subject, "session": "s1"}
    for path in ("proof", "further"):
        address = f"/internal/external-logins/{path}"
        answers = [kit.request("POST", address, who, json=body).status_code for who in (alice, service("notify"))]
        assert answers == [404, 404]


def test_a_proof_of_an_unknown_kind_or_without_its_part_is_refused(kit: Kit) -> None:
    alice = join(kit)
    for proof in ({"method": "issuer"}, {"method": "password"}, {"method": "totp", "password": "x"}, {}):
        assert say(kit, alice, **proof).status_code == 422
    assert state(kit, alice) is None
