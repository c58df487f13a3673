"""Anybody reaches what checks certificates; only where callers have tokens of their own are these passed on."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from documents import timestamps
from tests.gateway.people import Gateway, echo
from tests.seal.desk import Desk
from tests.service_kit import Kit

QUERY, OCSP = "application/timestamp-query", "application/ocsp-request"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(Kit("seal", tmp_path))
    yield desk
    desk.db.engine.dispose()


@pytest.fixture
def gateway(tmp_path: Path, desk: Desk) -> Gateway:
    return Gateway(tmp_path / "gateway", neighbours={"seal": desk.kit.app})


@pytest.fixture
def echoing(tmp_path: Path) -> Gateway:
    return Gateway(tmp_path / "echoing", neighbours={"seal": echo("seal"), "agreement": echo("agreement")})


def question(desk: Desk, nonce: bytes = b"") -> bytes:
    leaf, root = desk.chain("platform")
    builder = ocsp.OCSPRequestBuilder().add_certificate(leaf, root, hashes.SHA1())
    builder = builder.add_extension(x509.OCSPNonce(nonce), critical=False) if nonce else builder
    return builder.build().public_bytes(Encoding.DER)


def test_ocsp_is_answered_by_post(gateway: Gateway, desk: Desk) -> None:
    answer = gateway.browser().client.post("/pki/ocsp", data=question(desk), content_type=OCSP)
    assert (answer.status_code, answer.content_type) == (200, "application/ocsp-response")
    assert ocsp.load_der_ocsp_response(answer.data).certificate_status is ocsp.OCSPCertStatus.GOOD


def test_ocsp_is_answered_by_get_whatever_slashes_the_base64_has(gateway: Gateway, desk: Desk) -> None:
    text = base64.b64encode(question(desk, b"\xff" * 24)).decode()
    assert "//" in text
    for path in (text, text.replace("/", "%2F").replace("+", "%2B").replace("=", "%3D")):
        answer = gateway.browser().client.get(f"/pki/ocsp/{path}")
        assert answer.status_code == 200
        assert ocsp.load_der_ocsp_response(answer.data).certificate_status is ocsp.OCSPCertStatus.GOOD


@pytest.mark.parametrize(
    "path", ["/pki/ocsp/../tsa", "/pki/ocsp//../../internal/grants", "/pki//tsa", "/pki/ocsp/.", "/pki"]
)
def test_an_address_leads_nowhere_else(gateway: Gateway, path: str) -> None:
    assert gateway.browser().client.get(path).status_code == 404


def test_a_time_stamp_is_given(gateway: Gateway) -> None:
    answer = gateway.browser().client.post("/pki/tsa", data=timestamps.request(b"d" * 32, 4711), content_type=QUERY)
    assert (answer.status_code, answer.content_type) == (200, "application/timestamp-reply")
    assert timestamps.token(answer.data, b"d" * 32, 4711)


def test_time_stamps_are_limited(tmp_path: Path, desk: Desk) -> None:
    gateway = Gateway(tmp_path / "strict", neighbours={"seal": desk.kit.app}, RATE_LIMIT_VALUES="timestamps=1")
    query = timestamps.request(b"d" * 32, 4711)
    codes = [gateway.browser().client.post("/pki/tsa", data=query, content_type=QUERY).status_code for _ in range(3)]
    assert codes.count(429) >= 1


def test_certificates_and_lists_are_fetched(gateway: Gateway, desk: Desk) -> None:
    point = desk.chain("platform")[0].extensions.get_extension_for_class(x509.CRLDistributionPoints).value[0]
    assert point.full_name
    path = str(point.full_name[0].value).removeprefix("http://signet.test")
    answer = gateway.browser().client.get(path)
    assert answer.content_type == "application/pkix-crl"
    assert x509.load_der_x509_crl(answer.data).is_signature_valid(desk.chain("platform")[1].public_key())
    answer = gateway.browser().client.get(path.replace("/crl/", "/ca/").replace(".crl", ".cer"))
    assert x509.load_der_x509_certificate(answer.data) == desk.chain("platform")[1]


def test_raw_bytes_reach_the_service_as_from_nobody(echoing: Gateway) -> None:
    told = echoing.browser().client.post("/pki/tsa", data=b"raw \x00 bytes", content_type=QUERY).json
    assert (told["who"]["kind"], told["size"], told["headers"]["Content-Type"]) == ("anonymous", 11, QUERY)


def test_a_callers_token_is_passed_on_where_the_service_judges_it(echoing: Gateway) -> None:
    hostile = {"Authorization": "Bearer theirs", "Caller-Authorization": "Bearer smuggled"}
    told = echoing.browser().client.post("/csc/v2/info", json={}, headers=hostile).json["headers"]
    assert told["Caller-Authorization"] == "Bearer theirs"
    assert told["Authorization"] != "Bearer theirs"
    for path in ("/pki/tsa", "/api/v1/agreements"):
        told = echoing.browser().client.post(path, json={}, headers=hostile).json["headers"]
        assert "Caller-Authorization" not in told and told["Authorization"] != "Bearer theirs"
    silent = {"Caller-Authorization": "Bearer smuggled"}
    assert "Caller-Authorization" not in echoing.browser().client.post("/csc/v2/info", headers=silent).json["headers"]
