"""Carol, who came by an issuer, proves there that it is her, and links further logins; Mallory is told apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.gateway.issuer import Issuer
from tests.gateway.people import Browser
from tests.gateway.world import PERSON, World, at_issuer, come_back, enter, log_in_at, post
from tests.identity.people import PASSWORD

PROFILE = "/account/profile?then=totp"


@pytest.fixture
def carol(world: World, issuer: Issuer) -> Browser:
    """She came by the issuer and has no password."""
    carol = world.browser()
    log_in_at(issuer, carol)
    assert post(carol, "/registration", **PERSON).status_code == 201
    return carol


def depart(browser: Browser, purpose: str = "prove", return_to: str = PROFILE, **options: Any) -> Any:
    body = {"purpose": purpose, "return_to": return_to}
    return browser.send("POST", "/api/v1/session/providers/acme", json=body, **options)


def errand(browser: Browser, purpose: str = "prove") -> str:
    """All the way through the issuer and back; where it leads."""
    return come_back(browser, at_issuer(depart(browser, purpose).json["url"]))


def proof(browser: Browser) -> Any:
    return browser.send("GET", "/api/v1/account/security").json["proof"]


def back(outcome: str) -> str:
    return f"{PROFILE}&outcome={outcome}"


def test_the_issuer_is_told_to_ask_anew_and_its_word_is_a_proof_in_this_session(
    world: World, issuer: Issuer, carol: Browser
) -> None:
    assert carol.send("POST", "/api/v1/account/totp", json={}).json["code"] == "proof_needed"
    address = depart(carol).json["url"]
    asked = parse_qs(urlsplit(address).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    assert "code_challenge" in asked and "nonce" in asked
    returned = at_issuer(address)
    assert come_back(carol, returned) == back("proved")
    assert proof(carol)["method"] == "issuer"
    assert carol.send("POST", "/api/v1/account/totp", json={}).status_code == 201
    assert come_back(carol, returned) == "/login?error=oidc_state"  # a state is good once
    elsewhere = world.browser()
    log_in_at(issuer, elsewhere)
    assert proof(elsewhere) is None  # logging in as usual is no proof


STALE: dict[str, Any] = {
    "an hour ago": lambda claims: {**claims, "auth_time": claims["iat"] - 3600},
    "not told": lambda claims: {name: value for name, value in claims.items() if name != "auth_time"},
    "a truth": lambda claims: {**claims, "auth_time": True},
    "tomorrow": lambda claims: {**claims, "auth_time": claims["iat"] + 86400},
}


@pytest.mark.parametrize("name", STALE)
def test_an_issuer_that_did_not_ask_anew_proves_nothing(issuer: Issuer, carol: Browser, name: str) -> None:
    issuer.spoil = STALE[name]
    for purpose in ("prove", "link"):
        assert errand(carol, purpose) == back("oidc_not_afresh")
    assert proof(carol) is None


def test_somebody_else_at_the_issuer_proves_nothing_for_her(issuer: Issuer, carol: Browser) -> None:
    issuer.person = {**issuer.person, "sub": "mallory-1"}
    assert errand(carol) == back("proof_of_another")
    assert proof(carol) is None


def test_it_is_finished_only_in_the_session_that_began_it(world: World, issuer: Issuer, carol: Browser) -> None:
    begun = at_issuer(depart(carol).json["url"])
    assert come_back(world.browser(), begun) == "/login?error=oidc_state"
    assert carol.send("DELETE", "/api/v1/session").status_code == 204
    assert come_back(carol, begun) == back("oidc_state")
    log_in_at(issuer, carol)
    begun = at_issuer(depart(carol).json["url"])
    log_in_at(issuer, carol)  # in the same browser, another session
    assert come_back(carol, begun) == back("oidc_state")
    assert proof(carol) is None


def test_no_other_site_can_begin_it(world: World, carol: Browser) -> None:
    token, carol.token = carol.token, ""
    assert depart(carol).json["code"] == "csrf_failed"
    carol.token = token
    assert depart(carol, headers={"Origin": "https://evil.example"}).json["code"] == "csrf_failed"
    assert depart(world.browser()).status_code == 401
    assert depart(carol, "log_in").status_code == 422
    assert carol.send("POST", "/api/v1/session/providers/nobody", json={"purpose": "prove"}).status_code == 404


@pytest.mark.parametrize("address", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_she_is_not_led_to_another_site_at_the_end(carol: Browser, address: str) -> None:
    assert come_back(carol, at_issuer(depart(carol, return_to=address).json["url"])) == "/?outcome=proved"


def test_a_further_login_is_linked_with_a_proof_and_logs_in_from_then_on(world: World, issuer: Issuer) -> None:
    world.register("alice@example.com")
    alice = world.browser()
    enter(alice)
    issuer.person = {"sub": "alice-at-work", "email": "a.tan@work.example", "email_verified": False}
    assert errand(alice, "link") == back("proof_needed")
    alice.send("POST", "/api/v1/account/proofs", json={"method": "password", "password": PASSWORD})
    assert errand(alice, "link") == back("linked")
    again = world.browser()
    assert log_in_at(issuer, again) == "/agreements"
    assert again.state()["account"]["email"] == "alice@example.com"
    login = alice.send("GET", "/api/v1/account/logins").json["logins"][0]
    assert (login["provider"], login["issuer"], login["email"]) == ("Acme", issuer.url, "")
    assert alice.send("DELETE", f"/api/v1/account/logins/{login['id']}").status_code == 204
    assert log_in_at(issuer, world.browser()) == "/login?error=oidc_unverified"


def test_a_login_of_another_account_is_not_linked(world: World, issuer: Issuer, carol: Browser) -> None:
    world.register("alice@example.com")
    alice = world.browser()
    enter(alice)
    alice.send("POST", "/api/v1/account/proofs", json={"method": "password", "password": PASSWORD})
    assert errand(alice, "link") == back("external_of_another")


def test_an_issuer_that_is_away_or_refuses_leads_back_to_the_profile(issuer: Issuer, carol: Browser) -> None:
    issuer.spoil = lambda claims: {**claims, "nonce": "another"}
    assert errand(carol) == back("oidc_refused")
    issuer.spoil = lambda claims: {**claims, "auth_time": "now"}
    assert errand(carol) == back("oidc_refused")
    state = parse_qs(urlsplit(depart(carol).json["url"]).query)["state"][0]
    assert come_back(carol, f"/oidc/acme/callback?error=login_required&state={state}") == back("oidc_denied")


def test_an_issuer_that_is_away_is_told(tmp_path: Path, issuer: Issuer) -> None:
    world = World(tmp_path, OIDC_PROVIDERS=issuer.settings())
    world.register("alice@example.com")
    alice = world.browser()
    enter(alice)
    issuer.away = True
    answer = depart(alice)
    assert (answer.status_code, answer.json["code"]) == (503, "oidc_away")
    world.close()
