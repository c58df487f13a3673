"""The CMS written here is what other parsers expect."""

import hashlib
import subprocess
from pathlib import Path

import pytest
from asn1crypto import algos, cms, core, tsp

from documents import der, sign
from tests.documents.authority import Authority, Signer

DIGEST = hashlib.sha256(b"content").digest()


def test_the_signed_attributes_are_those_of_pades_baseline(alice: Signer) -> None:
    found = cms.CMSAttributes.load(sign.signed_attributes(DIGEST, alice.chain[0]), strict=True)
    by_kind = {attribute["type"].native: attribute["values"][0] for attribute in found}
    assert set(by_kind) == {"content_type", "message_digest", "signing_certificate_v2"}
    assert by_kind["content_type"].native == "data"
    assert by_kind["message_digest"].native == DIGEST
    certificate = tsp.SigningCertificateV2.load(by_kind["signing_certificate_v2"].dump())["certs"][0]
    assert certificate["cert_hash"].native == hashlib.sha256(alice.chain[0]).digest()
    assert certificate["hash_algorithm"]["algorithm"].native == "sha256"


def test_the_attributes_are_already_in_der(alice: Signer) -> None:
    written = sign.signed_attributes(DIGEST, alice.chain[0])
    assert cms.CMSAttributes.load(written).copy().dump(force=True) == written


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_openssl_verifies_the_cms_of_both_kinds_of_key(
    who: str, authority: Authority, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    signer: Signer = request.getfixturevalue(who)
    attributes = sign.signed_attributes(DIGEST, signer.chain[0])
    (tmp_path / "cms").write_bytes(sign.cms(attributes, signer.sign(attributes), signer.chain))
    (tmp_path / "content").write_bytes(b"content")
    (tmp_path / "root").write_bytes(authority.root)
    subprocess.run(["openssl", "x509", "-inform", "der", "-in", "root", "-out", "pem"], cwd=tmp_path, check=True)
    verify = ["openssl", "cms", "-verify", "-binary", "-inform", "der", "-in", "cms", "-content", "content"]
    done = subprocess.run(
        [*verify, "-CAfile", "pem", "-purpose", "any", "-out", "out"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_time_stamp_token_is_an_unsigned_attribute(alice: Signer) -> None:
    token = der.sequence(der.oid("1.2.840.113549.1.7.2"), der.explicit(0, der.sequence()))
    attributes = sign.signed_attributes(DIGEST, alice.chain[0])
    content = cms.ContentInfo.load(sign.cms(attributes, b"signature", alice.chain, token))
    (unsigned,) = content["content"]["signer_infos"][0]["unsigned_attrs"]
    assert unsigned["type"].native == "signature_time_stamp_token"
    assert unsigned["values"][0].dump() == token


@pytest.mark.parametrize("value", [0, 1, 127, 128, 255, 256, 2**64, 2**159 - 1])
def test_integers_are_der(value: int) -> None:
    assert der.integer(value) == core.Integer(value).dump()


@pytest.mark.parametrize("size", [0, 127, 128, 255, 256, 70_000])
def test_lengths_are_der(size: int) -> None:
    assert der.octets(bytes(size)) == core.OctetString(bytes(size)).dump()


@pytest.mark.parametrize("dotted", [sign.SHA256, sign.ECDSA_SHA256, sign.SIGNING_CERTIFICATE_V2])
def test_object_identifiers_are_der(dotted: str) -> None:
    assert der.oid(dotted) == core.ObjectIdentifier(dotted).dump()


def test_algorithms_are_known_by_their_names() -> None:
    names = [algos.SignedDigestAlgorithmId(kind).native for kind in (sign.ECDSA_SHA256, sign.RSA_SHA256)]
    assert names == ["sha256_ecdsa", "sha256_rsa"]
