"""What the gateway passes on, what it keeps to itself, and what it answers when a service is away."""

from __future__ import annotations

import io
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import waitress
from flask import Flask, Response, redirect, request

from chassis.ids import digest
from gateway.routes import ROUTES, route_of
from signet.registry import MODULES
from tests.gateway.people import ALICE, BOB, Gateway, echo, identity
from tests.processes import free_port

LINK = "sgl_" + "x" * 43
MIB = 1 << 20


def test_only_listed_headers_reach_a_service(gateway: Gateway) -> None:
    hostile = {
        "SCRIPT_NAME": "/internal", "X-Forwarded-For": "10.0.0.1", "X-Forwarded-Prefix": "/x", "X-Signet-User": "root",
        "Authorization": "Bearer forged", "Cookie": "a=b", "X-Request-Id": "mine", "Forwarded": "for=1",
        "Connection": "close, range", "Range": "bytes=0-1", "Upgrade": "h2c", "X-Original-URL": "/internal",
        "Accept-Language": "zh-TW", "If-None-Match": '"1"', "Idempotency-Key": "k",
    }  # fmt: skip
    told = gateway.browser().send("GET", "/api/v1/agreements?x=1&y=%2F", headers=hostile).json
    assert (told["path"], told["query"]) == ("/api/v1/agreements", "x=1&y=%2F")
    names = {name.lower() for name in told["headers"]}
    allowed = {"accept", "accept-language", "if-none-match", "idempotency-key", "authorization", "x-request-id"}
    assert names <= allowed | {"x-correlation-id", "accept-encoding", "user-agent", "connection", "host"}
    assert told["headers"]["Authorization"] != "Bearer forged" and told["headers"]["X-Request-Id"] != "mine"
    assert told["headers"]["Accept-Language"] == "zh-TW" and told["who"]["kind"] == "anonymous"


def test_a_payment_providers_word_reaches_billing_as_it_was_signed(tmp_path: Path) -> None:
    near = {"identity": identity(), "billing": echo("billing")}
    alice, body = Gateway(tmp_path, neighbours=near).browser(), b'{ "id":  "evt_1" }\n'
    alice.log_in()
    signed = {"Stripe-Signature": "t=1,v1=00"}
    path = "/api/v1/billing/webhooks/stripe"
    told = alice.client.post(path, data=body, content_type="application/json", headers=signed).json
    assert (told["who"]["kind"], told["size"]) == ("anonymous", len(body))
    assert told["headers"]["Stripe-Signature"] == "t=1,v1=00"
    other = alice.send("GET", "/api/v1/billing", headers=signed).json
    assert "Stripe-Signature" not in other["headers"] and other["who"]["kind"] == "user"


def test_a_service_sets_no_cookie_and_one_persons_cookies_never_reach_another(gateway: Gateway) -> None:
    alice, bob = gateway.browser(), gateway.browser()
    alice.log_in()
    bob.log_in("bob@example.com")
    first = alice.send("GET", "/api/v1/agreements")
    second = bob.send("GET", "/api/v1/agreements")
    assert not any("tracker" in cookie for cookie in first.headers.getlist("Set-Cookie"))
    assert "Cookie" not in second.json["headers"]
    assert (first.json["who"]["sub"], second.json["who"]["sub"]) == (str(ALICE), str(BOB))


@pytest.mark.parametrize(
    "path",
    [
        "/internal/authenticate", "/api/v1/agreements/../../internal/x", "/api/v1/agreements/%2e%2e/%2e%2e/internal/x",
        "/api/v1/agreements//x", "/api/v1/agreements/..%2f..%2finternal", "/api/v1/agreements/\\..\\internal",
        "/api/v1/agreementsx", "/api/v2/agreements", "/readyz/x", "/api/v1/internal", "/static/x", "/metrics/",
    ],
)  # fmt: skip
def test_an_address_outside_the_table_is_not_found(gateway: Gateway, path: str) -> None:
    response = gateway.browser().send("GET", path)
    assert (response.status_code, response.content_type) == (404, "application/problem+json")


def test_the_mailbox_is_reached_in_the_embedded_mode_only() -> None:
    assert [route_of(path, embedded=False) for path in ("/mailbox", "/api/v1/mailbox/x")] == [None, None]
    assert all(route_of(route.prefix, embedded=True) == route and route.service in MODULES for route in ROUTES)


def test_the_browser_is_told_to_services_as_a_digest_that_stays(gateway: Gateway) -> None:
    alice, bob = gateway.browser(), gateway.browser()
    seen = [browser.send("GET", "/api/v1/agreements").json["who"]["browser"] for browser in (alice, alice, bob)]
    assert seen[0] == seen[1] != seen[2] and len(seen[0]) == 64
    assert alice.client.get_cookie("signet-browser").value not in seen  # type: ignore[union-attr]


def test_a_link_speaks_by_its_digest_and_a_session_wins_elsewhere(gateway: Gateway) -> None:
    alice = gateway.browser()
    alice.log_in()
    by_link = alice.send("GET", "/api/v1/signing/link", headers={"Signing-Link": LINK}).json
    elsewhere = alice.send("GET", "/api/v1/signing/agr_1", headers={"Signing-Link": LINK}).json
    assert (by_link["who"]["kind"], by_link["who"]["sub"]) == ("link", digest(LINK))
    assert LINK not in str(by_link) and elsewhere["who"]["sub"] == str(ALICE)


@pytest.mark.parametrize("link", ["", "x", "sgl_short", "ses_" + "x" * 43, LINK + "y", LINK + "/.."])
def test_a_malformed_link_is_not_found(gateway: Gateway, link: str) -> None:
    assert gateway.browser().send("GET", "/api/v1/signing/link", headers={"Signing-Link": link}).status_code == 404


def test_registering_is_done_as_nobody_even_with_a_session(gateway: Gateway) -> None:
    alice = gateway.browser()
    alice.log_in()
    alice.token = ""
    told = alice.send("POST", "/api/v1/registration/codes", json={"email": "x@example.com"}).json
    assert told["who"]["kind"] == "anonymous"


def test_a_service_that_is_away_is_a_503_with_retry_after(gateway: Gateway) -> None:
    response = gateway.browser().send("GET", "/api/v1/seals")
    assert (response.status_code, response.json["code"], response.headers["Retry-After"]) == (503, "unavailable", "5")


def test_a_body_over_the_limit_is_refused_at_the_door(gateway: Gateway) -> None:
    environ = {"CONTENT_LENGTH": str(80 * MIB + 1)}
    response = gateway.browser().send("POST", "/api/v1/agreements/agr_1/documents", environ_overrides=environ)
    assert (response.status_code, response.json["code"]) == (413, "too_large")


def test_a_chunked_body_gets_its_length(gateway: Gateway) -> None:
    environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    response = gateway.browser().send(
        "POST", "/api/v1/agreements", input_stream=io.BytesIO(b"y" * 70000), environ_overrides=environ
    )
    assert response.json["size"] == 70000 and response.json["headers"]["Content-Length"] == "70000"


def test_the_client_address_is_believed_from_trusted_proxies_only(tmp_path: Path) -> None:
    headers = {"X-Forwarded-For": "6.6.6.6, 203.0.113.7, 10.1.1.1"}
    forwarded: dict[str, Any] = {"headers": headers, "environ_base": {"REMOTE_ADDR": "10.0.0.9"}}
    doors = Gateway(tmp_path / "a"), Gateway(tmp_path / "b", TRUSTED_PROXIES="10.0.0.0/8")
    plain, behind = (door.browser().send("GET", "/api/v1/agreements", **forwarded) for door in doors)
    assert (plain.json["who"]["ip"], behind.json["who"]["ip"]) == ("10.0.0.9", "203.0.113.7")


def answering(view: Any) -> Flask:
    app = Flask("odd")
    app.add_url_rule("/<path:rest>", "odd", lambda rest: view())
    return app


@pytest.mark.parametrize("target", ["https://evil.example/x", "//evil.example"])
def test_a_redirect_to_elsewhere_is_never_passed_on(tmp_path: Path, target: str) -> None:
    odd = answering(lambda: Response(status=302, headers={"Location": target}))
    response = Gateway(tmp_path, neighbours={"agreement": odd}).browser().send("GET", "/api/v1/agreements")
    assert response.status_code == 503 and "Location" not in response.headers


def test_a_redirect_inside_and_to_the_object_store_is_passed_on(tmp_path: Path) -> None:
    odd = answering(lambda: redirect(request.args["to"]))
    store = "s3://k:s@bucket?endpoint=http://s3:9000&public=https://files.signet.test"
    gateway = Gateway(tmp_path, neighbours={"agreement": odd}, STORAGE_URL=store)
    for target in ("/api/v1/agreements/x", "https://files.signet.test/bucket/x?sig=1"):
        response = gateway.browser().send("GET", "/api/v1/agreements", query_string={"to": target})
        assert (response.status_code, response.headers["Location"]) == (302, target)


def test_an_error_page_of_a_service_does_not_show_its_insides(tmp_path: Path) -> None:
    odd = answering(lambda: Response("Traceback: secret", 500))
    response = Gateway(tmp_path, neighbours={"agreement": odd}).browser().send("GET", "/api/v1/agreements")
    assert response.status_code == 503 and "Traceback" not in response.text


class Pattern(io.RawIOBase):
    """An upload of so many bytes that is nowhere in memory."""

    def __init__(self, size: int) -> None:
        self.left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = min(len(buffer), self.left)
        buffer[:count] = b"p" * count
        self.left -= count
        return count


@pytest.fixture
def agreement_over_http() -> Iterator[str]:
    """An echoing service behind a real server; werkzeug's own would read 10 MB into memory when a connection ends."""
    server = waitress.create_server(echo("agreement"), host="127.0.0.1", port=free_port())
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join()


def test_sixty_mebibytes_pass_with_their_length_and_flat_memory(tmp_path: Path, agreement_over_http: str) -> None:
    gateway = Gateway(tmp_path, SERVICE_URLS=f"agreement={agreement_over_http}")
    gateway.browser().send("POST", "/api/v1/agreements/a/documents", data=b"warm")
    upload = {"wsgi.input": io.BufferedReader(Pattern(60 * MIB)), "CONTENT_LENGTH": str(60 * MIB)}
    tracemalloc.start()
    response = gateway.browser().send("POST", "/api/v1/agreements/a/documents", environ_overrides=upload)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    gateway.close()
    assert (response.json["size"], response.json["headers"]["Content-Length"]) == (60 * MIB, str(60 * MIB))
    assert peak < 8 * MIB


def test_a_service_that_does_not_listen_is_told_at_once(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path, SERVICE_URLS=f"agreement=http://127.0.0.1:{free_port()}")
    begin = time.monotonic()
    response = gateway.browser().send("POST", "/api/v1/agreements", json={})
    assert response.status_code == 503 and time.monotonic() - begin < 5
