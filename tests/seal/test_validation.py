"""What *seal* tells when a document is closed proves its signatures for good, as pyHanko judges."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from chassis.ids import new_key
from documents.validate import flaws, signatures
from tests.documents import ceremony, makers
from tests.documents.authority import Authority
from tests.seal.desk import Desk
from tests.seal.signatures import SealSigner, archive
from tests.service_kit import service, user


def root_of(desk: Desk) -> bytes:
    return desk.chain("platform")[-1].public_bytes(Encoding.DER)


def signed(desk: Desk, folder: Path, revoke: str = "") -> Path:
    """A certified contract that Alice and Bob have signed; the one named may have been revoked at once."""
    fields = ceremony.form("alice", "bob")
    target, plan = ceremony.prepared(makers.plain(folder / "contract.pdf"), fields, SealSigner(desk, "platform"))
    for who in ("alice", "bob"):
        credential = desk.signs_once(name=who.title())
        target = ceremony.signed(target, plan, fields, who, SealSigner(desk, credential))
        if who == revoke:
            assert desk.revoke(credential=credential).status_code == 200
    return target


def test_two_signers_and_the_platform_are_sound_now_and_in_two_years(office: Desk, tmp_path: Path) -> None:
    done = archive(office, signed(office, tmp_path))
    assert flaws(done, [root_of(office)], archived=True) == []
    statuses = signatures(done, [root_of(office)])
    assert [status.signer for status in statuses] == ["Signet Platform", "Alice", "Bob"]
    assert all(status.stamped_at for status in statuses)


def test_a_revoked_signer_is_told(office: Desk, tmp_path: Path) -> None:
    done = archive(office, signed(office, tmp_path, revoke="alice"))
    found = flaws(done, [root_of(office)], archived=True)
    assert any("REVOKED" in flaw for flaw in found)


def test_chains_come_with_a_status_for_each_certificate_below_the_root(office: Desk) -> None:
    first, second = office.chain(office.signs_once()), office.chain(office.signs_once())
    told = office.validation_data(first[0], second[0])
    certificates = {one.public_bytes(Encoding.DER) for one in (*first, *second)}
    assert set(told["certificates"]) == certificates
    responses = [ocsp.load_der_ocsp_response(one) for one in told["ocsp"]]
    asked = {one.serial_number for one in (first[0], second[0], first[1])}
    assert {one.serial_number for one in responses} == asked
    assert {one.certificate_status for one in responses} == {ocsp.OCSPCertStatus.GOOD}
    (revoked,) = [x509.load_der_x509_crl(one) for one in told["crls"]]
    assert revoked.issuer == first[-1].subject


def test_what_others_issued_is_told_by_its_place(office: Desk) -> None:
    stranger = Authority().signer("Stranger").chain[0]
    told = office.validation_data(stranger, office.chain("platform")[0], b"no certificate")
    assert told["unknown"] == [0, 2]
    assert len(told["certificates"]) == 2


def test_a_certificate_that_borrows_a_serial_number_is_not_ours(office: Desk) -> None:
    leaf = office.chain("platform")[0].public_bytes(Encoding.DER)
    forged = leaf[:-1] + bytes([leaf[-1] ^ 1])
    assert office.validation_data(forged) == {"certificates": [], "ocsp": [], "crls": [], "unknown": [0]}


def test_only_signing_asks_for_validation_data(office: Desk) -> None:
    for who in (service("agreement"), user(), user(workspace=new_key())):
        answer = office.kit.request("POST", "/internal/validation-data", who, json={"certificates": []})
        assert answer.status_code == 404
