"""Alice logs in in two steps, or by a passkey; her sessions, her language, her picture."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet
from PIL import Image
from sqlalchemy import update

from chassis.database import EVERYONE
from chassis.settings import BadSettings
from gateway.devices import device_of
from gateway.models import PendingLogin
from tests.gateway.people import Browser, Gateway
from tests.gateway.world import World, enter, post
from tests.identity.authenticator import Authenticator
from tests.identity.people import PASSWORD, app_code, let_blocks_end

STEP = "/second-factor"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/19.1 Mobile/15E148 Safari/604.1"
)
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    world.register()
    yield world
    world.close()


def logged_in(world: World) -> Browser:
    alice = world.browser()
    assert enter(alice).status_code == 201
    return alice


def account(browser: Browser, path: str, **body: Any) -> Any:
    answer = browser.send("POST", f"/api/v1/account{path}", json=body)
    assert answer.status_code < 300, answer.json
    return answer.json


def switch_on(browser: Browser) -> tuple[str, list[str]]:
    secret = account(browser, "/totp", password=PASSWORD)["secret"]
    return secret, account(browser, "/totp/confirm", code=app_code(secret, -1))["recovery_codes"]


def add_passkey(browser: Browser, phone: Authenticator) -> None:
    options = account(browser, "/passkeys/options", password=PASSWORD)["options"]
    account(browser, "/passkeys", name="Phone", credential=phone.create(options))


def test_the_password_alone_is_the_first_of_two_steps(world: World) -> None:
    secret, _ = switch_on(logged_in(world))
    alice = world.browser()
    first = enter(alice)
    assert (first.status_code, first.json["step"], first.json["methods"]) == (
        202, "second_factor", ["totp", "recovery_code"],
    )  # fmt: skip
    assert alice.client.get_cookie("signet") is None and alice.send("GET", "/api/v1/session").status_code == 401
    assert alice.send("GET", "/api/v1/session/pending").json == first.json
    second = post(alice, STEP, method="totp", code=app_code(secret))
    assert second.status_code == 201 and alice.state()["account"]["email"] == "alice@example.com"
    assert alice.send("GET", "/api/v1/session/pending").json["step"] is None


def test_a_recovery_code_takes_the_second_step(world: World) -> None:
    _, codes = switch_on(logged_in(world))
    alice = world.browser()
    enter(alice)
    assert post(alice, STEP, method="recovery_code", code=codes[0]).status_code == 201


def test_the_second_step_without_the_first_is_refused(world: World) -> None:
    secret, _ = switch_on(logged_in(world))
    enter(world.browser())
    mallory = world.browser()
    refused = post(mallory, STEP, method="totp", code=app_code(secret))
    assert (refused.status_code, refused.json["code"]) == (409, "login_not_pending")
    assert post(mallory, f"{STEP}/passkey/options").status_code == 409


def test_a_second_step_after_ten_minutes_comes_too_late(world: World) -> None:
    secret, _ = switch_on(logged_in(world))
    alice = world.browser()
    enter(alice)
    with world.gateway.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(PendingLogin).values(expires_at=datetime(2020, 1, 1, tzinfo=UTC)))
    assert post(alice, STEP, method="totp", code=app_code(secret)).json["code"] == "login_not_pending"
    world.gateway.turn("sweep")


def test_a_login_that_waits_can_be_begun_anew(world: World) -> None:
    secret, _ = switch_on(logged_in(world))
    alice = world.browser()
    enter(alice)
    assert alice.send("DELETE", "/api/v1/session/pending").status_code == 204
    assert post(alice, STEP, method="totp", code=app_code(secret)).status_code == 409


def test_guesses_at_the_second_step_are_slowed_down_and_told_in_the_readers_language(world: World) -> None:
    switch_on(logged_in(world))
    alice = world.browser()
    enter(alice)
    answers = [post(alice, STEP, method="totp", code="000000") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    let_blocks_end(world.identity)
    body = {"method": "totp", "code": "000000"}
    chinese = alice.send("POST", f"/api/v1/session{STEP}", json=body, headers={"Accept-Language": "zh-TW"})
    assert chinese.json["title"].startswith("驗證碼錯誤")


def test_a_password_changed_between_the_steps_ends_the_login(world: World) -> None:
    first = logged_in(world)
    secret, _ = switch_on(first)
    mallory = world.browser()
    enter(mallory)
    new = {"old_password": PASSWORD, "password": "Green-Teapot-77"}
    assert first.send("POST", "/api/v1/account/password", json=new).status_code == 204
    event = world.identity.emitted("identity.password_changed.v1")[0]
    world.gateway.deliver(event.type, event.subject, event.sequence, **event.data)
    world.gateway.redeliver_later(event, time=event.time.isoformat())
    assert post(mallory, STEP, method="totp", code=app_code(secret)).status_code == 401


def test_a_passkey_alone_logs_in_with_two_factor_login_on(world: World) -> None:
    phone, alice = Authenticator(), logged_in(world)
    add_passkey(alice, phone)
    switch_on(alice)
    again = world.browser()
    options = post(again, "/passkey/options").json["options"]
    assert options["allowCredentials"] == []
    assert post(again, "/passkey", credential=phone.get(options)).status_code == 201
    assert again.state()["account"]["email"] == "alice@example.com"


def test_a_passkey_takes_the_second_step(world: World) -> None:
    phone, alice = Authenticator(), logged_in(world)
    add_passkey(alice, phone)
    switch_on(alice)
    again = world.browser()
    assert enter(again).json["methods"] == ["totp", "recovery_code", "passkey"]
    options = post(again, f"{STEP}/passkey/options").json["options"]
    assert len(options["allowCredentials"]) == 1
    assert post(again, "/passkey", credential=phone.get(options)).status_code == 201
    assert again.send("GET", "/api/v1/session/pending").json["step"] is None


def test_a_passkeys_answer_is_bound_to_the_browser_that_was_asked(world: World) -> None:
    phone = Authenticator()
    add_passkey(logged_in(world), phone)
    alice, mallory = world.browser(), world.browser()
    mallory.send("GET", "/api/v1/session/pending")
    answer = phone.get(post(alice, "/passkey/options").json["options"])
    assert post(mallory, "/passkey", credential=answer).json["code"] == "passkey_wrong"
    assert post(alice, "/passkey", credential=answer).status_code == 201
    assert post(alice, "/passkey", credential=answer).status_code == 422


def test_steps_of_a_login_from_another_site_are_refused(world: World) -> None:
    alice = world.browser()
    for path in ("/second-factor", "/passkey", "/passkey/options", "/link", "/link/codes", "/registration"):
        answer = alice.send("POST", f"/api/v1/session{path}", json={}, headers={"Origin": "https://evil.example"})
        assert (answer.status_code, answer.json["code"]) == (403, "csrf_failed")


def test_all_other_sessions_end_and_this_one_stays(world: World) -> None:
    alice, phone, laptop = logged_in(world), logged_in(world), logged_in(world)
    assert len(alice.send("GET", "/api/v1/sessions").json["sessions"]) == 3
    assert alice.send("DELETE", "/api/v1/sessions").status_code == 204
    states = [one.send("GET", "/api/v1/session").status_code for one in (alice, phone, laptop)]
    assert states == [200, 401, 401]


def test_sessions_are_told_by_device_in_words(world: World) -> None:
    alice = world.browser()
    enter(alice, headers={"User-Agent": SAFARI})
    row = alice.send("GET", "/api/v1/sessions").json["sessions"][0]
    assert row["device"] == {"kind": "phone", "browser": "Safari", "system": "iOS"} and row["place"] is None


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (CHROME, ("desktop", "Chrome", "Linux")), (CHROME + " Edg/142.0", ("desktop", "Edge", "Linux")),
        (CHROME.replace("X11; Linux x86_64", "Linux; Android 16; K"), ("tablet", "Chrome", "Android")),
        (CHROME.replace("X11; Linux x86_64", "Linux; Android 16; K").replace("Safari", "Mobile Safari"),
         ("phone", "Chrome", "Android")),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
         ("desktop", "Firefox", "Windows")),
        ("python-requests/2.34", ("other", "", "")), ("", ("other", "", "")),
    ],
)  # fmt: skip
def test_browsers_are_known_by_what_they_say(user_agent: str, device: tuple[str, str, str]) -> None:
    assert tuple(device_of(user_agent).values()) == device


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """A database of places that knows one network."""
    writer = MMDBWriter(ip_version=6, database_type="Places", languages=["en", "zh-CN"], ipv4_compatible=True)
    city = {"names": {"en": "Singapore", "zh-CN": "新加坡市"}}
    writer.insert_network(IPSet(["203.0.113.0/24"]), {"city": city, "country": {"iso_code": "SG"}})
    writer.to_db_file(str(tmp_path / "places.mmdb"))
    return tmp_path / "places.mmdb"


def test_sessions_are_told_by_place_where_the_operator_has_a_database_of_places(tmp_path: Path, places: Path) -> None:
    world = World(tmp_path, PLACES_DATABASE=str(places), TRUSTED_PROXIES="127.0.0.0/8")
    world.register()
    alice = world.browser()
    enter(alice, headers={"X-Forwarded-For": "203.0.113.9"})
    ask = lambda language: alice.send("GET", "/api/v1/sessions", headers={"Accept-Language": language})  # noqa: E731
    assert ask("en").json["sessions"][0]["place"] == {"city": "Singapore", "country": "Singapore"}
    assert ask("zh-CN").json["sessions"][0]["place"] == {"city": "新加坡市", "country": "新加坡"}
    world.close()


def test_a_file_that_is_no_database_of_places_ends_the_start(tmp_path: Path) -> None:
    (tmp_path / "x.mmdb").write_text("hello")
    with pytest.raises(BadSettings, match="PLACES_DATABASE is wrong"):
        Gateway(tmp_path / "g", PLACES_DATABASE=str(tmp_path / "x.mmdb"))


def test_a_language_is_remembered_in_the_browser_and_for_the_account(world: World) -> None:
    visitor = world.browser()
    assert visitor.send("PUT", "/api/v1/language", json={"language": "zh-Hant"}).status_code == 204
    cookie = visitor.client.get_cookie("signet-language")
    assert cookie and cookie.value == "zh-Hant"
    assert world.identity.emitted("identity.account_changed.v1") == []
    alice = logged_in(world)
    assert alice.send("PUT", "/api/v1/language", json={"language": "zh-Hans"}).status_code == 204
    assert alice.send("GET", "/api/v1/account").json["language"] == "zh-Hans"
    assert visitor.send("PUT", "/api/v1/language", json={"language": "fr"}).status_code == 422


def test_logging_in_brings_the_accounts_language_along(world: World) -> None:
    alice = logged_in(world)
    alice.send("PUT", "/api/v1/account/preferences", json={"language": "zh-Hans"})
    event = world.identity.emitted("identity.account_changed.v1")[-1]
    world.gateway.deliver(event.type, event.subject, event.sequence, **event.data)
    again = logged_in(world)
    cookie = again.client.get_cookie("signet-language")
    assert cookie and cookie.value == "zh-Hans"


def test_a_picture_passes_the_gateway_and_stays_with_its_person(world: World) -> None:
    held = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(held, "PNG")
    alice = logged_in(world)
    told = alice.send("PUT", "/api/v1/account/avatar", data={"image": (io.BytesIO(held.getvalue()), "me.png")}).json
    shown = alice.send("GET", told["avatar"])
    assert shown.mimetype == "image/webp" and "private" in shown.headers["Cache-Control"]
    again = alice.send("GET", told["avatar"], headers={"If-None-Match": shown.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert world.browser().send("GET", told["avatar"]).status_code == 401
