"""Certificates lead over the authority of a workspace to the root, as `openssl` sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID
from cryptography.x509.verification import Criticality, ExtensionPolicy, PolicyBuilder, Store

from chassis.ids import new_key
from tests.seal.desk import Desk
from tests.seal.inquiries import access_url, fetch, list_url
from tests.seal.openssl import crls, openssl, pem


def test_openssl_follows_the_chain_and_its_lists_to_the_root(office: Desk, tmp_path: Path) -> None:
    leaf, issuing, root = office.chain(office.signs_once())
    lists = crls(tmp_path / "lists.pem", [fetch(office, list_url(one)) for one in (leaf, issuing)])
    files = pem(tmp_path / "leaf.pem", leaf), pem(tmp_path / "ca.pem", issuing), pem(tmp_path / "root.pem", root)
    checks = ("-x509_strict", "-crl_check_all", "-CRLfile", lists)
    said = openssl("verify", *checks, "-CAfile", files[2], "-untrusted", files[1], files[0])
    assert said.strip().endswith("OK")


def test_a_workspaces_authority_cannot_make_another(office: Desk) -> None:
    _, issuing, root = office.chain(office.signs_once())
    limits = [one.extensions.get_extension_for_class(x509.BasicConstraints).value for one in (issuing, root)]
    assert [(one.ca, one.path_length) for one in limits] == [(True, 0), (True, 1)]
    usage = issuing.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.key_cert_sign, usage.crl_sign, usage.digital_signature, usage.content_commitment) == (
        True, True, False, False,
    )  # fmt: skip


def test_an_authority_signs_no_documents(office: Desk) -> None:
    office.signs_once()
    for name in (f"workspace:{office.workspace}", "root", "tsa"):
        assert office.sign(name, b"x").json["code"] == "credential_unknown"


def test_the_issuers_certificate_is_found_by_the_address_in_the_certificate(office: Desk) -> None:
    leaf, issuing, root = office.chain(office.signs_once())
    for one, issuer in ((leaf, issuing), (issuing, root)):
        found = fetch(office, access_url(one, AuthorityInformationAccessOID.CA_ISSUERS))
        assert x509.load_der_x509_certificate(found) == issuer
    assert access_url(leaf, AuthorityInformationAccessOID.OCSP) == "http://signet.test/pki/ocsp"


def test_a_strict_verifier_accepts_what_a_workspace_issued(office: Desk) -> None:
    leaf, issuing, root = office.chain(office.signs_once())
    lenient = ExtensionPolicy.permit_all().require_present(
        x509.BasicConstraints, Criticality.CRITICAL, lambda policy, certificate, extension: None
    )
    builder = PolicyBuilder().store(Store([root]))
    builder = builder.extension_policies(ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=lenient)
    assert builder.build_client_verifier().verify(leaf, [issuing]).chain == [leaf, issuing, root]


def test_the_authority_of_one_workspace_issues_nothing_for_another(office: Desk) -> None:
    other = new_key()
    office.tell_workspace(other, "Other")
    mine = office.chain(office.signs_once())
    theirs = office.chain(office.signs_once(workspace_id=str(other)))
    assert mine[1].public_key() != theirs[1].public_key()
    with pytest.raises(ValueError):
        mine[0].verify_directly_issued_by(theirs[1])
