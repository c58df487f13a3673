"""Carol comes from an issuer: registered, recognised, linked. Mallory's tokens are told apart."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import select, update

from chassis.database import EVERYONE
from chassis.settings import BadSettings
from gateway.models import OidcFlow
from gateway.providers import providers
from services.identity.models import Consent, ExternalLogin
from tests.gateway.issuer import Issuer, signed_with_secret, unsigned
from tests.gateway.people import Gateway
from tests.gateway.world import PERSON, World, at_issuer, begin, come_back, enter, log_in_at, mailed_code, post
from tests.identity.authenticator import Authenticator
from tests.identity.people import PASSWORD, app_code, logged_in, switch_on
from tests.servers import Postgres

REFUSED, STATE = "/login?error=oidc_refused", "/login?error=oidc_state"


def test_the_log_in_page_is_told_the_issuers(world: World, issuer: Issuer) -> None:
    told = world.browser().send("GET", "/api/v1/session/providers").json["providers"]
    assert told == [{"name": "acme", "title": "Acme", "issuer": issuer.url, "login_url": "/oidc/acme/login"}]


def test_the_issuer_is_asked_with_pkce_state_and_nonce(world: World, issuer: Issuer) -> None:
    address = begin(world.browser())
    assert address.startswith(f"{issuer.url}/authorize?") and "code_challenge_method=S256" in address
    assert all(f"{name}=" in address for name in ("state", "nonce", "code_challenge"))
    assert "redirect_uri=http%3A%2F%2Fsignet.test%2Foidc%2Facme%2Fcallback" in address


def test_the_first_time_registers_with_the_same_consents(world: World, issuer: Issuer) -> None:
    carol = world.browser()
    assert log_in_at(issuer, carol) == "/register/continue"
    assert carol.send("GET", "/api/v1/session").status_code == 401
    waits = carol.send("GET", "/api/v1/session/pending").json
    assert (waits["step"], waits["email"], waits["name"], waits["provider"], waits["return_to"]) == (
        "register", "carol@example.com", "Carol Goh", "Acme", "/agreements",
    )  # fmt: skip
    assert post(carol, "/registration", **{**PERSON, "consents": {}}).status_code == 422
    answer = post(carol, "/registration", **{**PERSON, "region": "TW"}, time_zone="Asia/Tokyo")
    assert (answer.status_code, answer.json["account"]["name"]) == (201, "Carol Goh")
    account = carol.state()["account"]
    assert (account["email"], account["time_zone"]) == ("carol@example.com", "Asia/Tokyo")
    registered = world.identity.emitted("identity.account_registered.v1")[0]
    assert registered.data["region"] == "TW"
    with world.identity.runtime.db.read(EVERYONE) as session:
        assert {row.kind for row in session.scalars(select(Consent))} == {"terms", "privacy", "data_processing"}
    assert post(world.browser(), "/registration", **PERSON).json["code"] == "login_not_pending"


def test_the_second_time_logs_in_and_goes_where_one_wanted(world: World, issuer: Issuer) -> None:
    carol = world.browser()
    log_in_at(issuer, carol)
    post(carol, "/registration", **PERSON)
    again = world.browser()
    assert log_in_at(issuer, again, email="carol.new@example.com", email_verified=False) == "/agreements"
    assert again.state()["account"]["email"] == "carol@example.com"


def test_an_address_with_an_account_is_linked_once_its_owner_gave_the_password(world: World, issuer: Issuer) -> None:
    world.register("carol@example.com")
    carol = world.browser()
    assert log_in_at(issuer, carol) == "/login/link"
    assert carol.send("GET", "/api/v1/session").status_code == 401
    assert post(carol, "/registration", **PERSON).status_code == 409
    assert post(carol, "/link", password="Wrong-Kettle-42").json["code"] == "invalid_credentials"
    assert post(carol, "/link", password=PASSWORD).status_code == 201
    told = world.identity.emitted("identity.security_changed.v1")[0].data
    assert (told["change"], told["detail"], told["email"]) == ("login_linked", "Acme", "carol@example.com")
    assert log_in_at(issuer, world.browser()) == "/agreements"


def test_or_once_its_owner_gave_the_code_that_was_mailed_there(world: World, issuer: Issuer) -> None:
    world.register("carol@example.com")
    carol = world.browser()
    log_in_at(issuer, carol)
    assert post(carol, "/link/codes").json["valid_seconds"] == 600
    assert world.identity.emitted("identity.code_requested.v1")[-1].data["email"] == "carol@example.com"
    assert post(carol, "/link", code="000000x").json["code"] == "code_wrong"
    assert post(world.browser(), "/link", code=mailed_code(world)).json["code"] == "login_not_pending"
    assert post(carol, "/link", code=mailed_code(world)).status_code == 201


def test_an_address_the_issuer_does_not_vouch_for_neither_registers_nor_links(world: World, issuer: Issuer) -> None:
    world.register("carol@example.com")
    for vouched, email in ((False, "carol@example.com"), (None, "carol@example.com"), (0, "new@example.com")):
        led = log_in_at(issuer, world.browser(), email_verified=vouched, email=email)
        assert led == "/login?error=oidc_unverified"


def test_an_issuer_of_ones_own_can_be_trusted_with_addresses(tmp_path: Path, issuer: Issuer) -> None:
    world = World(tmp_path, OIDC_PROVIDERS=issuer.settings(trusted_email=True))
    del issuer.person["email_verified"]
    assert log_in_at(issuer, world.browser()) == "/register/continue"
    assert log_in_at(issuer, world.browser(), email_verified=False) == "/login?error=oidc_unverified"
    world.close()


def test_an_address_that_only_the_user_info_tells_counts_too(world: World, issuer: Issuer) -> None:
    issuer.spoil = lambda claims: {name: value for name, value in claims.items() if "email" not in name}
    assert log_in_at(issuer, world.browser()) == "/register/continue"


def test_two_factor_login_is_asked_for_after_the_issuer_too(world: World, issuer: Issuer) -> None:
    carol = world.browser()
    log_in_at(issuer, carol)
    begun = post(carol, "/registration", **PERSON).json
    address = carol.send("POST", "/api/v1/session/providers/acme", json={"purpose": "prove"}).json["url"]
    assert come_back(carol, at_issuer(address)) == "/?outcome=proved"
    who = logged_in({**begun["account"], "id": begun["account"]["account_id"]})
    secret, _ = switch_on(world.identity, replace(who, session=begun["session_id"]), password="")
    again = world.browser()
    assert log_in_at(issuer, again) == "/login/second-factor"
    assert again.send("GET", "/api/v1/session").status_code == 401
    assert post(again, "/second-factor", method="totp", code=app_code(secret)).status_code == 201


def test_who_has_no_password_sets_one_like_a_forgotten_one(world: World, issuer: Issuer) -> None:
    carol = world.browser()
    log_in_at(issuer, carol)
    post(carol, "/registration", **PERSON)
    assert enter(world.browser(), "carol@example.com", PASSWORD).status_code == 401
    assert enter(world.browser(), "carol@example.com", "x").status_code == 401
    body = {"old_password": "x", "password": PASSWORD}
    assert carol.send("POST", "/api/v1/account/password", json=body).json["code"] == "no_password"
    login = carol.send("GET", "/api/v1/account/logins").json["logins"][0]
    assert (login["provider"], login["email"]) == ("Acme", "carol@example.com")
    path = f"/api/v1/account/logins/{login['id']}"
    assert carol.send("DELETE", path).json["code"] == "proof_needed"
    begun = carol.send("POST", "/api/v1/session/providers/acme", json={"purpose": "prove"}).json["url"]
    assert come_back(carol, at_issuer(begun)) == "/?outcome=proved"
    assert carol.send("DELETE", path).json["code"] == "last_login"
    anybody = world.browser()
    anybody.send("POST", "/api/v1/password/codes", json={"email": "carol@example.com"})
    new = {"email": "carol@example.com", "code": mailed_code(world), "password": PASSWORD}
    assert anybody.send("POST", "/api/v1/password", json=new).status_code == 204
    assert carol.send("DELETE", path).status_code == 204
    assert log_in_at(issuer, world.browser()) == "/login/link"


HOSTILE: dict[str, Any] = {
    "another nonce": lambda claims: {**claims, "nonce": "another"},
    "no nonce": lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
    "another audience": lambda claims: {**claims, "aud": "another-client"},
    "another audience beside ours": lambda claims: {**claims, "aud": [claims["aud"], "another-client"]},
    "for another party": lambda claims: {**claims, "azp": "another-client"},
    "another issuer": lambda claims: {**claims, "iss": "https://accounts.google.com"},
    "expired": lambda claims: {**claims, "exp": claims["iat"] - 120},
    "without end": lambda claims: {name: value for name, value in claims.items() if name != "exp"},
    "an end that is no time": lambda claims: {**claims, "exp": "tomorrow"},
    "issued tomorrow": lambda claims: {**claims, "iat": claims["iat"] + 86400, "exp": claims["exp"] + 86400},
    "without subject": lambda claims: {name: value for name, value in claims.items() if name != "sub"},
    "an empty subject": lambda claims: {**claims, "sub": ""},
    "a subject that is no text": lambda claims: {**claims, "sub": {"a": 1}},
    "another access token": lambda claims: {**claims, "at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_token_that_does_not_fit_is_refused(world: World, issuer: Issuer, name: str) -> None:
    issuer.spoil = HOSTILE[name]
    browser = world.browser()
    assert log_in_at(issuer, browser) == REFUSED
    assert browser.send("GET", "/api/v1/session/pending").json["step"] is None


STRANGER = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"}, private=True)
FORGED: dict[str, Any] = {
    "unsigned": lambda issuer: unsigned,
    "signed with the client's secret": lambda issuer: signed_with_secret,
    "signed by a stranger under the issuer's key id": lambda issuer: lambda claims: issuer.signed(claims, STRANGER),
    "not a token": lambda issuer: lambda claims: "not.a.token",
    "changed after signing": lambda issuer: lambda claims: changed(issuer.signed(claims)),
    "empty": lambda issuer: lambda claims: "",
}


def changed(token: str) -> str:
    head, body, tail = token.split(".")
    return f"{head}.{body[:-4]}AAAA.{tail}"


@pytest.mark.parametrize("name", FORGED)
def test_a_token_the_issuer_did_not_sign_is_refused(world: World, issuer: Issuer, name: str) -> None:
    issuer.sign = FORGED[name](issuer)
    assert log_in_at(issuer, world.browser()) == REFUSED


def test_a_state_is_good_once_in_the_browser_that_has_it(world: World, issuer: Issuer) -> None:
    carol, mallory = world.browser(), world.browser()
    mallory.send("GET", "/api/v1/session")
    back = at_issuer(begin(carol))
    assert come_back(mallory, back) == STATE
    assert come_back(carol, re.sub("state=[^&]+", "state=another", back)) == STATE
    assert come_back(carol, back) == "/register/continue"
    assert come_back(carol, back) == STATE


def test_a_code_that_was_used_is_refused_with_a_state_of_its_own(world: World, issuer: Issuer) -> None:
    carol = world.browser()
    used = at_issuer(begin(carol))
    come_back(carol, used)
    fresh = at_issuer(begin(carol))
    code = re.search("code=[^&]+", used)
    assert code and come_back(carol, re.sub("code=[^&]+", code[0], fresh)) == REFUSED


def test_a_code_of_somebody_elses_login_is_refused(world: World, issuer: Issuer) -> None:
    carol, mallory = world.browser(), world.browser()
    hers, mine = at_issuer(begin(carol)), at_issuer(begin(mallory))
    code = re.search("code=[^&]+", hers)
    assert code and come_back(mallory, re.sub("code=[^&]+", code[0], mine)) == REFUSED


def test_an_answer_after_ten_minutes_comes_too_late(world: World, issuer: Issuer) -> None:
    carol = world.browser()
    back = at_issuer(begin(carol))
    with world.gateway.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(OidcFlow).values(expires_at=datetime(2020, 1, 1, tzinfo=UTC)))
    assert come_back(carol, back) == STATE


def test_an_answer_that_names_another_issuer_is_refused(world: World, issuer: Issuer) -> None:
    carol = world.browser()
    assert come_back(carol, at_issuer(begin(carol)) + "&iss=https://evil.example") == STATE


def test_who_changes_their_mind_at_the_issuer_is_back_at_the_log_in_page(world: World, issuer: Issuer) -> None:
    carol = world.browser()
    state = re.search("state=[^&]+", begin(carol))
    assert (
        state and come_back(carol, f"/oidc/acme/callback?error=access_denied&{state[0]}") == "/login?error=oidc_denied"
    )


def test_an_issuer_that_is_away_leads_back_to_the_log_in_page(tmp_path: Path, issuer: Issuer) -> None:
    world = World(tmp_path, OIDC_PROVIDERS=issuer.settings())
    issuer.away = True
    assert begin(world.browser()) == "/login?error=oidc_away"
    issuer.away = False
    assert begin(world.browser()).startswith(issuer.url)
    world.close()


def test_a_discovery_document_of_another_issuer_is_not_believed(tmp_path: Path, issuer: Issuer) -> None:
    other = issuer.url.replace("127.0.0.1", "localhost")
    world = World(tmp_path, OIDC_PROVIDERS=issuer.settings(issuer=other))
    assert begin(world.browser()) == "/login?error=oidc_away"
    world.close()


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site_at_the_end(world: World, issuer: Issuer, address: str) -> None:
    carol = world.browser()
    log_in_at(issuer, carol)
    post(carol, "/registration", **PERSON)
    again = world.browser()
    assert come_back(again, at_issuer(begin(again, return_to=address))) == "/"


def test_an_unknown_issuer_is_not_found(world: World) -> None:
    assert world.browser().send("GET", "/oidc/nobody/login").status_code == 404
    assert world.browser().send("GET", "/oidc/nobody/callback?code=x&state=y").status_code == 404


def test_secrets_of_a_login_rest_sealed(world: World) -> None:
    address = begin(world.browser())
    with world.gateway.runtime.db.read(EVERYONE) as session:
        kept = str(vars(session.scalars(select(OidcFlow)).one()))
    for name in ("state", "nonce"):
        found = re.search(f"{name}=([^&]+)", address)
        assert found and found[1] not in kept


def test_two_of_one_person_who_register_at_once_are_one_account(world: World, issuer: Issuer) -> None:
    first, second = world.browser(), world.browser()
    assert [log_in_at(issuer, one) for one in (first, second)] == ["/register/continue"] * 2
    answers = [post(one, "/registration", **PERSON) for one in (first, second)]
    assert [answer.status_code for answer in answers] == [201, 409]
    with world.identity.runtime.db.read(EVERYONE) as session:
        assert len(session.scalars(select(ExternalLogin)).all()) == 1


def test_google_needs_only_our_registration_there() -> None:
    google = providers('[{"name": "google", "client_id": "id", "client_secret": "secret"}]')[0]
    assert (google.issuer, google.title) == ("https://accounts.google.com", "Google") and "secret" not in repr(google)


@pytest.mark.parametrize(
    "text",
    [
        "{}", "[1]", "not json", '[{"name": "x"}]', '[{"name": "X", "issuer": "https://x", "client_id": "a"}]',
        '[{"name": "x", "issuer": "http://x", "client_id": "a"}]',
        '[{"name": "x", "issuer": "https://x", "client_id": 5}]',
        '[{"name": "google", "client_id": "a"}, {"name": "google", "client_id": "b"}]',
    ],
)  # fmt: skip
def test_a_wrong_setting_ends_the_start_with_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadSettings, match="OIDC_PROVIDERS is wrong"):
        Gateway(tmp_path, OIDC_PROVIDERS=text)


def test_the_issuers_new_key_is_found(world: World, issuer: Issuer) -> None:
    carol = world.browser()
    log_in_at(issuer, carol)
    kept = world.gateway.runtime.parts.issuers["acme"]._kept
    kept["keys"] = (kept["keys"][0] - 60, kept["keys"][1])
    issuer.rotate()
    assert log_in_at(issuer, carol) == "/register/continue"


def test_all_steps_work_on_postgresql(tmp_path: Path, issuer: Issuer, postgres: Postgres) -> None:
    urls = tuple(postgres.create_database(f"steps_{name}") for name in ("identity", "gateway"))
    world = World(tmp_path, urls, OIDC_PROVIDERS=issuer.settings())  # type: ignore[arg-type]
    world.register("carol@example.com")
    carol, phone = world.browser(), Authenticator()
    for _ in range(2):
        assert log_in_at(issuer, carol) == "/login/link"
    assert post(carol, "/link", password=PASSWORD).status_code == 201
    asked = carol.send("POST", "/api/v1/account/passkeys/options", json={"password": PASSWORD}).json["options"]
    made = {"name": "Phone", "credential": phone.create(asked)}
    assert carol.send("POST", "/api/v1/account/passkeys", json=made).status_code == 201
    again = world.browser()
    options = post(again, "/passkey/options").json["options"]
    assert post(again, "/passkey", credential=phone.get(options)).status_code == 201
    world.gateway.turn("sweep")
    world.close()
