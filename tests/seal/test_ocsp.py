"""Anybody can ask whether a certificate holds, and gets an answer `openssl` accepts."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from tests.seal.desk import Desk
from tests.seal.inquiries import ask, issuer_hashes, question, state
from tests.seal.openssl import der, openssl, pem


def test_openssl_reads_good_then_revoked(office: Desk, tmp_path: Path) -> None:
    credential = office.signs_once()
    leaf, issuing, root = office.chain(credential)
    files = pem(tmp_path / "leaf.pem", leaf), pem(tmp_path / "ca.pem", issuing), pem(tmp_path / "root.pem", root)
    asked, told = tmp_path / "asked.der", tmp_path / "told.der"
    openssl("ocsp", "-issuer", files[1], "-cert", files[0], "-reqout", asked, "-no_nonce")
    trust = ("-CAfile", files[2], "-verify_other", files[1])
    checks = ("ocsp", "-issuer", files[1], "-cert", files[0], "-no_nonce", *trust, "-respin")
    said = openssl(*checks, der(told, ask(office, asked.read_bytes())))
    assert "Response verify OK" in said and "leaf.pem: good" in said
    assert office.revoke(credential=credential).status_code == 200
    said = openssl(*checks, der(told, ask(office, asked.read_bytes())))
    assert "leaf.pem: revoked" in said and "Reason: keyCompromise" in said


@pytest.mark.parametrize("algorithm", [hashes.SHA1(), hashes.SHA256(), hashes.SHA384()])
def test_issuers_are_known_by_every_hash(office: Desk, algorithm: hashes.HashAlgorithm) -> None:
    leaf, issuing, _ = office.chain(office.signs_once())
    told = ocsp.load_der_ocsp_response(ask(office, question(leaf, issuing, algorithm)))
    assert told.certificate_status is ocsp.OCSPCertStatus.GOOD
    assert told.hash_algorithm.name == algorithm.name
    key = issuing.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(told.signature, told.tbs_response_bytes, ec.ECDSA(hashes.SHA256()))


def test_the_root_answers_for_the_platform_and_for_authorities(office: Desk) -> None:
    _, issuing, root = office.chain(office.signs_once())
    assert state(office, [issuing, root]) is ocsp.OCSPCertStatus.GOOD
    assert state(office, office.chain("platform")) is ocsp.OCSPCertStatus.GOOD


@pytest.mark.parametrize("algorithm", [hashes.SHA1(), hashes.SHA256()])
def test_a_certificate_nobody_issued_is_unknown(office: Desk, algorithm: hashes.HashAlgorithm) -> None:
    leaf, issuing, root = office.chain(office.signs_once())
    by_hash = ocsp.OCSPRequestBuilder().add_certificate_by_hash(
        *issuer_hashes(leaf, issuing, algorithm), 4711, algorithm
    )  # fmt: skip
    told = ocsp.load_der_ocsp_response(ask(office, by_hash.build().public_bytes(Encoding.DER)))
    assert told.certificate_status is ocsp.OCSPCertStatus.UNKNOWN
    elsewhere = ocsp.OCSPRequestBuilder().add_certificate_by_hash(
        *issuer_hashes(issuing, root, algorithm), leaf.serial_number, algorithm
    )  # fmt: skip
    told = ocsp.load_der_ocsp_response(ask(office, elsewhere.build().public_bytes(Encoding.DER)))
    assert told.certificate_status is ocsp.OCSPCertStatus.UNKNOWN


def test_a_stranger_authority_is_not_answered_for(office: Desk) -> None:
    for serial in (4711, office.chain("platform")[0].serial_number):
        asked = ocsp.OCSPRequestBuilder().add_certificate_by_hash(b"x" * 20, b"y" * 20, serial, hashes.SHA1())
        told = ocsp.load_der_ocsp_response(ask(office, asked.build().public_bytes(Encoding.DER)))
        assert told.response_status is ocsp.OCSPResponseStatus.UNAUTHORIZED


def test_a_nonce_comes_back(office: Desk) -> None:
    leaf, issuing, _ = office.chain(office.signs_once())
    builder = ocsp.OCSPRequestBuilder().add_certificate(leaf, issuing, hashes.SHA1())
    asked = builder.add_extension(x509.OCSPNonce(b"n" * 32), critical=False).build().public_bytes(Encoding.DER)
    told = ocsp.load_der_ocsp_response(ask(office, asked))
    assert told.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce == b"n" * 32


def hostile() -> list[bytes]:
    nested = b"\x30\x80" * 2000
    return [b"", b"\x00", b"GET / HTTP/1.1", b"\x30\x82\xff\xff", b"\x30" * 4000, nested, b"\xff" * 100_000]


@pytest.mark.parametrize("number", range(7))
def test_a_hostile_request_is_told_to_be_malformed(desk: Desk, number: int) -> None:
    told = ocsp.load_der_ocsp_response(ask(desk, hostile()[number]))
    assert told.response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST


def test_every_broken_byte_of_a_request_is_answered(office: Desk) -> None:
    leaf, issuing, _ = office.chain(office.signs_once())
    asked = question(leaf, issuing)
    for place in range(len(asked)):
        broken = asked[:place] + bytes([asked[place] ^ 0xFF]) + asked[place + 1 :]
        assert ocsp.load_der_ocsp_response(ask(office, broken))
    assert ocsp.load_der_ocsp_response(ask(office, asked[:-3]))


def test_two_certificates_in_one_request_and_a_long_nonce_are_refused(office: Desk, tmp_path: Path) -> None:
    leaf, issuing, _ = office.chain(office.signs_once())
    builder = ocsp.OCSPRequestBuilder().add_certificate(leaf, issuing, hashes.SHA1())
    long = builder.add_extension(x509.OCSPNonce(b"n" * 200), critical=False).build().public_bytes(Encoding.DER)
    file, both = pem(tmp_path / "ca.pem", issuing), tmp_path / "both.der"
    one = pem(tmp_path / "leaf.pem", leaf)
    openssl("ocsp", "-issuer", file, "-cert", one, "-cert", file, "-reqout", both)
    for asked in (long, both.read_bytes()):
        told = ocsp.load_der_ocsp_response(ask(office, asked))
        assert told.response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST


def test_a_request_fits_into_an_address_with_whatever_slashes(office: Desk) -> None:
    leaf, issuing, _ = office.chain(office.signs_once())
    slashes = b"\xff\xff\xff\xff"
    builder = ocsp.OCSPRequestBuilder().add_certificate(leaf, issuing, hashes.SHA1())
    asked = builder.add_extension(x509.OCSPNonce(slashes * 6), critical=False).build().public_bytes(Encoding.DER)
    plain = base64.b64encode(asked).decode()
    assert "//" in plain
    for text in (plain, quote(plain, safe=""), plain.rstrip("=")):
        answer = office.kit.request("GET", f"/pki/ocsp/{text}")
        assert ocsp.load_der_ocsp_response(answer.data).certificate_status is ocsp.OCSPCertStatus.GOOD
    for text in ("not-base64", "%00", "=" * 9):
        answer = office.kit.request("GET", f"/pki/ocsp/{text}")
        told = ocsp.load_der_ocsp_response(answer.data).response_status
        assert told is ocsp.OCSPResponseStatus.MALFORMED_REQUEST
