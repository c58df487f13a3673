"""Digests are signed by keys whose certificates lead to the published root."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.verification import PolicyBuilder, Store
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from chassis.database import EVERYONE
from services.seal.models import SignatureMade
from tests.seal.desk import ECDSA_SHA256, Desk
from tests.service_kit import service, user


def signature_of(desk: Desk, credential: str, data: bytes) -> bytes:
    answer = desk.sign(credential, data)
    assert answer.status_code == 200, answer.text
    return base64.b64decode(answer.json["signatures"][0])


def require_signed(leaf: x509.Certificate, signature: bytes, data: bytes) -> None:
    key = leaf.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(signature, data, ec.ECDSA(SHA256()))


def test_a_signature_of_the_platform_verifies_up_to_the_published_root(desk: Desk) -> None:
    leaf, root = desk.chain("platform")
    require_signed(leaf, signature_of(desk, "platform", b"contract"), b"contract")
    leaf.verify_directly_issued_by(root)
    root.verify_directly_issued_by(root)
    published = desk.kit.request("GET", "/api/v1/certificates/root")
    assert published.content_type == "application/x-pem-file"
    assert x509.load_pem_x509_certificate(published.data) == root


def test_a_strict_verifier_accepts_the_chain(desk: Desk) -> None:
    from cryptography.x509.verification import Criticality, ExtensionPolicy

    leaf, root = desk.chain("platform")
    lenient = ExtensionPolicy.permit_all().require_present(
        x509.BasicConstraints, Criticality.CRITICAL, lambda policy, certificate, extension: None
    )
    builder = PolicyBuilder().store(Store([root]))
    builder = builder.extension_policies(ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=lenient)
    assert builder.build_client_verifier().verify(leaf, []).chain == [leaf, root]


def test_certificates_say_what_the_standards_ask(desk: Desk) -> None:
    leaf, root = desk.chain("platform")
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert (usage.value.digital_signature, usage.value.content_commitment, usage.value.key_cert_sign) == (
        True,
        True,
        False,
    )
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    own = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    assert leaf.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier == own
    assert root.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    assert (root.not_valid_after_utc - root.not_valid_before_utc).days == 20 * 365 + 5
    assert leaf.not_valid_after_utc <= root.not_valid_after_utc


@pytest.mark.parametrize(
    "name",
    [
        "root",
        "tsa",
        "nobody",
        "workspace:",
        "workspace:01a202af-65f2-7c9d-84f9-9a09c53f6561",
        "",
        "PLATFORM",
        "act:",
        "act:01a202af-65f2-7c9d-84f9-9a09c53f6561",
        "operator:",
    ],
)
def test_what_is_no_credential_for_documents_is_told(desk: Desk, name: str) -> None:
    for answer in (desk.sign(name, b"x"), desk.ask("credentials/info", credentialID=name)):
        assert (answer.status_code, answer.json["code"]) == (404, "credential_unknown")


def test_other_algorithms_and_lengths_are_refused(desk: Desk) -> None:
    sha1 = desk.sign("platform", b"x", hashAlgorithmOID="1.3.14.3.2.26")
    rsa = desk.sign("platform", b"x", signAlgo="1.2.840.113549.1.1.11")
    short = desk.sign("platform", b"x", hashes=[base64.b64encode(b"x" * 31).decode()])
    garbage = desk.sign("platform", b"x", hashes=["???"])
    codes = [(answer.status_code, answer.json["code"]) for answer in (sha1, rsa, short, garbage)]
    refused = (422, "algorithm_not_supported")
    assert codes == [refused, refused, (422, "hash_length"), (422, "validation_failed")]


def test_every_signature_is_recorded_and_the_record_cannot_be_changed(desk: Desk) -> None:
    digests = [hashlib.sha256(bytes([number])).digest() for number in range(3)]
    answer = desk.sign("platform", b"", hashes=[base64.b64encode(digest).decode() for digest in digests])
    assert len(answer.json["signatures"]) == 3
    with desk.db.read(EVERYONE) as session:
        rows = session.scalars(select(SignatureMade).order_by(SignatureMade.id)).all()
    assert {row.hash for row in rows} == {digest.hex() for digest in digests}
    assert {(row.credential, row.caller) for row in rows} == {("platform", "signing")}
    assert all(row.correlation for row in rows)
    with pytest.raises(DBAPIError, match="append-only"), desk.db.transaction(EVERYONE) as session:
        session.execute(update(SignatureMade).values(caller="nobody"))


def test_only_signing_reaches_the_keys(desk: Desk) -> None:
    body = {"credentialID": "platform", "hashes": [], "signAlgo": ECDSA_SHA256}
    for who in (service("agreement"), user()):
        answer = desk.kit.request("POST", "/internal/csc/v2/signatures/signHash", who, json=body)
        assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_the_platforms_credential_is_listed_and_described(desk: Desk) -> None:
    assert desk.ask("credentials/list", maxResults=1).json == {"credentialIDs": ["platform"]}
    assert desk.ask("credentials/list", pageToken="platform").json == {"credentialIDs": []}
    told = desk.ask("credentials/info", credentialID="platform").json
    leaf = desk.chain("platform")[0]
    assert told["key"] == {"status": "enabled", "algo": [ECDSA_SHA256], "len": 256, "curve": "1.2.840.10045.3.1.7"}
    assert (told["auth"], told["SCAL"], told["multisign"]) == ({"mode": "implicit"}, "1", 100)
    assert (told["cert"]["status"], told["cert"]["subjectDN"]) == ("valid", leaf.subject.rfc4514_string())
    assert told["cert"]["serialNumber"] == f"{leaf.serial_number:X}"
    assert told["cert"]["validTo"] == f"{leaf.not_valid_after_utc:%Y%m%d%H%M%SZ}"


def test_as_many_certificates_are_told_as_are_asked_for(desk: Desk) -> None:
    for wanted, count in (("none", 0), ("single", 1), ("chain", 2)):
        told = desk.ask("credentials/info", credentialID="platform", certificates=wanted).json
        assert len(told["cert"]["certificates"]) == count


def test_the_service_says_what_it_can_do(desk: Desk) -> None:
    told = desk.ask("info").json
    assert told["specs"].startswith("2.")
    assert {"credentials/list", "credentials/info", "signatures/signHash", "signatures/timestamp"} <= set(
        told["methods"]
    )
