"""Outsiders with a token sign as the platform by the CSC API v2, and get its errors in its own form."""

from __future__ import annotations

import base64
import hashlib
import io
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from sqlalchemy import select

from chassis.database import EVERYONE
from chassis.settings import BadSettings
from documents import timestamps
from services.seal.models import SignatureMade
from tests.processes import free_port
from tests.seal.bought import RSA_SHA256, buy
from tests.seal.outsiders import OTHER, TOKEN, Outside
from tests.service_kit import user


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Callable[..., Outside]]:
    """Makes installations with settings of their *seal*."""
    made: list[Outside] = []

    def one(**env: str) -> Outside:
        made.append(Outside(tmp_path / str(len(made)), **env))
        return made[-1]

    yield one
    for outside in made:
        outside.close()


@pytest.fixture
def outside(install: Callable[..., Outside]) -> Outside:
    return install()


def platform(outside: Outside) -> x509.Certificate:
    return outside.desk.chain("platform")[0]


@pytest.mark.parametrize("token", [TOKEN, OTHER])
def test_whoever_holds_a_token_signs_as_the_platform(outside: Outside, token: str) -> None:
    answer = outside.sign(b"agreed", token=token)
    assert answer.status_code == 200, answer.text
    key = platform(outside).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(b64decode(answer.json["signatures"][0]), b"agreed", ec.ECDSA(SHA256()))


def test_an_rsa_credential_is_told_and_signs_by_either_name_of_its_algorithm(
    tmp_path: Path, install: Callable[..., Outside]
) -> None:
    outside = install(**buy(rsa.generate_private_key(65537, 2048)).pem(tmp_path))
    told = outside.ask("credentials/info", credentialID="platform").json["key"]
    assert (told["algo"], told["len"], "curve" in told) == ([RSA_SHA256, "1.2.840.113549.1.1.1"], 2048, False)
    key = platform(outside).public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    for name in told["algo"]:
        made = outside.sign(b"agreed", signAlgo=name).json["signatures"][0]
        key.verify(b64decode(made), b"agreed", padding.PKCS1v15(), SHA256())


def test_every_signature_is_recorded_with_the_token_that_asked_but_not_the_token(outside: Outside) -> None:
    outside.sign(b"one")
    outside.sign(b"two", token=OTHER)
    with outside.seal.runtime.db.read(EVERYONE) as session:
        rows = session.scalars(select(SignatureMade).order_by(SignatureMade.id)).all()
    assert [row.hash for row in rows] == [hashlib.sha256(data).hexdigest() for data in (b"one", b"two")]
    assert [row.caller for row in rows] == [
        f"csc:{hashlib.sha256(token.encode()).hexdigest()[:12]}" for token in (TOKEN, OTHER)
    ]


def test_the_service_and_its_credential_are_described(outside: Outside) -> None:
    info = outside.ask("info", token=None).json
    assert info["specs"].startswith("2.") and {"signatures/signHash", "credentials/info"} <= set(info["methods"])
    assert outside.ask("credentials/list").json == {"credentialIDs": ["platform"]}
    told = outside.ask("credentials/info", credentialID="platform", authInfo=True, certInfo=True).json
    assert (told["auth"], told["SCAL"], told["key"]["curve"]) == ({"mode": "implicit"}, "1", "1.2.840.10045.3.1.7")


def test_certificates_are_shown_as_far_as_asked(outside: Outside) -> None:
    shown = {
        wish: len(
            outside.ask("credentials/info", credentialID="platform", certificates=wish).json["cert"]["certificates"]
        )
        for wish in ("none", "single", "chain")
    }
    assert shown == {"none": 0, "single": 1, "chain": 2}
    assert len(outside.ask("credentials/info", credentialID="platform").json["cert"]["certificates"]) == 1


def test_the_list_tells_of_its_credentials_when_asked(outside: Outside) -> None:
    listed = outside.ask("credentials/list", credentialInfo=True, certificates="chain").json["credentialInfos"]
    assert [(one["credentialID"], len(one["cert"]["certificates"])) for one in listed] == [("platform", 2)]


def test_a_time_stamp_is_given_over_a_digest(outside: Outside) -> None:
    digest = hashlib.sha256(b"signature").digest()
    answer = outside.ask(
        "signatures/timestamp", hash=base64.b64encode(digest).decode(), hashAlgo="2.16.840.1.101.3.4.2.1"
    )
    assert answer.status_code == 200, answer.text
    assert timestamps.certificates_of(b64decode(answer.json["timestamp"]))


def test_what_other_services_also_say_is_passed_over(outside: Outside) -> None:
    extra = {"SAD": "none", "numSignatures": 1, "clientData": "x", "operationMode": "S", "lang": "en"}
    assert outside.sign(b"agreed", **extra).status_code == 200


@pytest.mark.parametrize("token", [None, "", "wrong" * 8, TOKEN[:-1], TOKEN + "x", f"{TOKEN},{OTHER}", TOKEN.upper()])
@pytest.mark.parametrize(
    "path", ["credentials/list", "credentials/info", "signatures/signHash", "signatures/timestamp"]
)
def test_without_the_right_token_nothing_is_told(outside: Outside, token: str | None, path: str) -> None:
    answer = outside.ask(path, token=token, credentialID="platform")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.json["error"] == "invalid_token" and set(answer.json) == {"error", "error_description"}


def test_a_token_counts_only_as_a_bearer_token(outside: Outside) -> None:
    for said in (f"Basic {TOKEN}", TOKEN, f"Bearer  {TOKEN} x"):
        assert outside.ask("credentials/list", token=None, headers={"Authorization": said}).status_code == 401
    forged = {"Caller-Authorization": f"Bearer {TOKEN}"}
    assert outside.ask("credentials/list", token=None, headers=forged).status_code == 401


def test_a_token_opens_nothing_else(outside: Outside) -> None:
    client = outside.gateway.app.test_client()
    said = {"Authorization": f"Bearer {TOKEN}"}
    assert client.get("/api/v1/seals", headers=said).status_code == 401
    assert client.post("/internal/csc/v2/credentials/list", json={}, headers=said).status_code == 404
    assert outside.seal.app.test_client().post("/internal/csc/v2/info", json={}, headers=said).status_code == 401


def test_without_tokens_there_is_no_such_api(install: Callable[..., Outside]) -> None:
    outside = install(CSC_ACCESS_TOKENS="")
    for path in ("info", "credentials/list"):
        answer = outside.ask(path)
        assert (answer.status_code, answer.json["code"]) == (404, "not_found")


@pytest.mark.parametrize("tokens", ["short", f"{TOKEN},guessable"])
def test_a_token_that_can_be_guessed_stops_the_start(install: Callable[..., Outside], tokens: str) -> None:
    with pytest.raises(BadSettings, match="CSC_ACCESS_TOKENS is wrong: write random tokens of 32"):
        install(CSC_ACCESS_TOKENS=tokens)


def test_outsiders_have_no_credential_but_the_platforms(outside: Outside) -> None:
    desk = outside.desk
    desk.tell_workspace(desk.workspace)
    for name in (desk.signs_once(), f"workspace:{desk.workspace}", "root", "tsa", "nobody", "", "platform "):
        for answer in (outside.sign(b"agreed", name), outside.ask("credentials/info", credentialID=name)):
            assert (answer.status_code, answer.json["error"]) == (400, "invalid_request"), name


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"credentialID": None}, "credentialID"),
        ({"hashes": []}, "hashes"),
        ({"hashes": ["not base64"]}, "hashes"),
        ({"hashes": [base64.b64encode(b"short").decode()]}, "length"),
        ({"signAlgo": RSA_SHA256}, ""),
        ({"hashAlgorithmOID": "1.3.14.3.2.26"}, ""),
        ({"operationMode": "A"}, "operationMode"),
    ],
)
def test_a_wrong_request_is_told_in_csc_form(outside: Outside, changes: dict[str, Any], told: str) -> None:
    answer = outside.sign(b"agreed", **changes)
    assert (answer.status_code, answer.mimetype) == (400, "application/json")
    assert answer.json["error"] == "invalid_request" and told in answer.json["error_description"]


def test_what_is_no_json_is_told_in_csc_form(outside: Outside) -> None:
    answer = outside.gateway.app.test_client().post(
        "/csc/v2/credentials/list", input_stream=io.BytesIO(b"{"), content_length=1, content_type="application/json",
        headers={"Authorization": f"Bearer {TOKEN}"},
    )  # fmt: skip
    assert (answer.status_code, answer.json["error"]) == (400, "invalid_request")


def test_a_key_store_that_is_away_is_temporarily_unavailable(
    install: Callable[..., Outside], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    outside = install(KEY_STORE="aws-kms:eu-central-1", KMS_ENDPOINT=f"http://127.0.0.1:{free_port()}")
    answer = outside.sign(b"agreed")
    assert (answer.status_code, answer.json["error"]) == (503, "temporarily_unavailable")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_page_of_another_site_cannot_use_the_api(outside: Outside) -> None:
    assert outside.ask("credentials/list", headers={"Origin": "https://evil.example"}).status_code == 403


def test_a_logged_in_persons_request_needs_the_token_as_well(outside: Outside) -> None:
    assert outside.seal.request("POST", "/csc/v2/credentials/list", user(), json={}).status_code == 401
