"""CSRF, limits, pages, headers and the description of the API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, jsonify
from openapi_spec_validator import validate

from gateway.bundle import entry
from gateway.limits import CLASSES, class_of
from gateway.words import PAGES
from signet.registry import MODULES
from tests.gateway.people import PASSWORD, Gateway
from tests.service_kit import Kit

LINK = "sgl_" + "x" * 43
HOME = "http://signet.test"


def change(browser: Any, **headers: str) -> int:
    return int(browser.send("POST", "/api/v1/agreements", json={}, headers=headers).status_code)


def test_a_session_changes_things_only_with_its_token(gateway: Gateway) -> None:
    alice, bob = gateway.browser(), gateway.browser()
    alice.log_in()
    bob.log_in("bob@example.com")
    assert change(alice) == 200
    assert change(alice, **{"X-CSRF-Token": bob.token}) == 403
    alice.token = ""
    assert change(alice) == 403
    assert change(alice, **{"X-CSRF-Token": "ü"}) == 403
    assert alice.send("GET", "/api/v1/agreements").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": HOME}, 200), ({"Origin": "http://signet.test.evil.example"}, 403), ({"Origin": "null"}, 403),
        ({"Origin": "https://signet.test"}, 403), ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Referer": HOME + "/x"}, 200), ({"Referer": "http://evil/"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)  # fmt: skip
def test_another_site_changes_nothing(gateway: Gateway, headers: dict[str, str], status: int) -> None:
    alice = gateway.browser()
    alice.log_in()
    assert change(alice, **headers) == status
    assert change(gateway.browser(), **headers, **{"Signing-Link": LINK}) == status


def test_another_site_cannot_log_somebody_in(gateway: Gateway) -> None:
    body = {"email": "alice@example.com", "password": PASSWORD}
    response = gateway.browser().send("POST", "/api/v1/session", json=body, headers={"Origin": "http://evil"})
    assert response.status_code == 403 and response.json["code"] == "csrf_failed"


def test_a_stale_session_does_not_keep_anybody_from_logging_in(gateway: Gateway) -> None:
    alice = gateway.browser()
    alice.log_in()
    alice.token = ""
    alice.log_in()


def test_whoever_comes_too_often_waits(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path, RATE_LIMIT_VALUES="login=2")
    body = {"email": "alice@example.com", "password": "wrong"}
    answers = [gateway.browser().send("POST", "/api/v1/session", json=body) for _ in range(3)]
    assert [one.status_code for one in answers] == [401, 401, 429]
    assert answers[2].json["code"] == "too_many_requests" and int(answers[2].headers["Retry-After"]) <= 61
    assert [one.headers["RateLimit-Remaining"] for one in answers] == ["1", "0", "0"]
    elsewhere = {"environ_base": {"REMOTE_ADDR": "203.0.113.5"}}
    assert gateway.browser().send("POST", "/api/v1/session", json=body, **elsewhere).status_code == 401


def test_an_ipv6_customer_is_counted_as_one(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path, RATE_LIMIT_VALUES="general=1")
    asked = [{"REMOTE_ADDR": address} for address in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")]
    codes = [gateway.browser().send("GET", "/", environ_base=environ).status_code for environ in asked]
    assert codes == [200, 429, 200]


def test_ipv4_customers_are_told_apart_on_a_socket_of_both_kinds(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path, RATE_LIMIT_VALUES="general=1", TRUSTED_PROXIES="10.0.0.0/8")
    asked = ("::ffff:203.0.113.5", "::ffff:203.0.113.6", "203.0.113.5")
    codes = [gateway.browser().send("GET", "/", environ_base={"REMOTE_ADDR": one}).status_code for one in asked]
    assert codes == [200, 200, 429]
    proxied = {"environ_base": {"REMOTE_ADDR": "::ffff:10.0.0.1"}, "headers": {"X-Forwarded-For": "203.0.113.6"}}
    assert gateway.browser().send("GET", "/", **proxied).status_code == 429


def test_limits_can_be_switched_off(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path, RATE_LIMITS="off", RATE_LIMIT_VALUES="general=1")
    assert {gateway.browser().send("GET", "/").status_code for _ in range(3)} == {200}


def test_the_sensitive_addresses_have_limits_of_their_own() -> None:
    def name(path: str, method: str = "POST") -> str:
        return class_of(method, "/api/v1" + path).name

    assert (name("/session"), name("/session", "GET"), name("/registration/codes")) == ("login", "general", "codes")
    assert name("/signing/link/checks/access-code") == name("/signing/agr_1/checks/email-code/verify") == "checks"
    assert name("/workspace/members") == name("/workspace/members/mem_1/invitation") == "invitations"
    assert name("/signing/link/checks/email-code") == "codes" and name("/agreements/a/documents") == "uploads"
    assert (
        name("/account/proofs") == name("/account/proofs/passkey/options") == name("/session/providers/acme") == "login"
    )
    assert (name("/workspace/logo", "PUT"), name("/seals/image-preview")) == ("pictures", "previews")
    assert len({one.name for one in CLASSES}) == len(CLASSES)


def test_every_answer_carries_the_protecting_headers(gateway: Gateway) -> None:
    for path in ("/", "/nothing", "/api/v1/agreements", "/sign/x", "/healthz"):
        headers = gateway.browser().send("GET", path).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
        assert headers["Cache-Control"] == "no-store"


def test_what_caches_may_hand_on_carries_nobodys_cookie(tmp_path: Path) -> None:
    kept = Flask("agreement")
    image = "/api/v1/agreements/agr_1/image"
    kept.add_url_rule(image, "image", lambda: Response(b"WebP", headers={"Cache-Control": "private, max-age=3600"}))
    browser = Gateway(tmp_path, neighbours={"agreement": kept}).browser()
    with browser.send("GET", entry("src/signing/main.tsx").script) as answer:
        assert answer.cache_control.public and "Set-Cookie" not in answer.headers
    answer = browser.send("GET", image)
    assert "signet-browser" in answer.headers["Set-Cookie"] and "Cookie" in answer.vary


def signing(told: dict[str, Any], status: int = 200) -> Flask:
    app = Flask("signing")
    app.extensions["seen"] = []

    @app.get("/api/v1/signing/link")
    def state() -> Any:
        app.extensions["seen"].append("GET")
        return jsonify(told), status

    return app


def test_a_finished_agreement_can_be_downloaded_in_the_browser(tmp_path: Path) -> None:
    app = signing({"title": "Lease", "state": "completed", "deadline": "2126-11-22T08:00:00+00:00"})
    file = "/api/v1/signing/link/files/document"
    app.add_url_rule(file, "file", lambda: Response(b"%PDF", headers={"Cache-Control": "no-cache"}))
    bob = Gateway(tmp_path, neighbours={"signing": app}).browser()
    got = bob.send("GET", f"/sign/{LINK}/document")
    assert (got.data, got.headers["Cache-Control"]) == (b"%PDF", "private, no-cache")
    assert bob.send("GET", f"/sign/{LINK}/audit").status_code == 404


@pytest.mark.parametrize(("tag", "language"), [("en", "en"), ("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant")])
def test_the_language_chosen_in_a_browser_goes_before_the_one_it_asks_for(
    gateway: Gateway, tag: str, language: str
) -> None:
    browser = gateway.browser()
    ask = lambda: browser.send("GET", "/verify", headers={"Accept-Language": tag}).text  # noqa: E731
    assert f'lang="{language}"' in ask() and PAGES[language]["verify"] in ask()
    browser.send("PUT", "/api/v1/language", json={"language": "zh-Hant"})
    assert 'lang="zh-Hant"' in ask()


def test_metrics_are_for_neighbours_only(gateway: Gateway) -> None:
    browser = gateway.browser()
    assert browser.send("GET", "/metrics").status_code == 200
    assert browser.send("GET", "/metrics", environ_base={"REMOTE_ADDR": "203.0.113.5"}).status_code == 404
    assert browser.send("GET", "/metrics", headers={"X-Forwarded-For": "203.0.113.5"}).status_code == 404


def suite(folder: Path) -> Gateway:
    """The gateway with every service of the suite behind it."""
    kits = {name: Kit(name, folder) for name in MODULES if name != "gateway"}
    return Gateway(folder, neighbours={name: kit.app for name, kit in kits.items()})


def test_the_description_of_the_whole_suite_is_valid_and_public(tmp_path: Path) -> None:
    answer = suite(tmp_path).browser().send("GET", "/api/v1/openapi.json")
    assert answer.cache_control.public and "Set-Cookie" not in answer.headers
    document = answer.json
    validate(document)
    assert document["openapi"].startswith("3.1") and all(path.startswith("/api/v1/") for path in document["paths"])
    expected = ("/api/v1/session", "/api/v1/account", "/api/v1/workspaces", "/api/v1/billing", "/api/v1/agreements")
    assert not [path for path in expected if path not in document["paths"]]
    assert not [name for name in document["components"]["schemas"] if name.startswith("Internal")]


def test_the_description_waits_for_a_service_that_is_away(gateway: Gateway) -> None:
    assert gateway.browser().send("GET", "/api/v1/openapi.json").status_code == 503


def test_two_services_may_use_one_name_for_different_things() -> None:
    from gateway.description import add

    def told(kind: str, path: str) -> dict[str, Any]:
        answer = {
            "200": {
                "description": "",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
            }
        }
        return {
            "paths": {path: {"get": {"responses": answer}}, "/internal/x": {"get": {"responses": answer}}},
            "components": {"schemas": {"Thing": {"type": kind}}},
        }  # fmt: skip

    merged: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "tags": [],
        "components": {},
    }
    add(merged, "agreement", told("string", "/api/v1/agreements"), embedded=False)
    add(merged, "seal", told("integer", "/api/v1/seals"), embedded=False)
    validate(merged)
    assert set(merged["components"]["schemas"]) == {"Thing", "SealThing", "Error"}
    assert "SealThing" in str(merged["paths"]["/api/v1/seals"]) and "/internal/x" not in merged["paths"]
