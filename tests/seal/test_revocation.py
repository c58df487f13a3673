"""What is revoked is on the next list, signs no more, and is followed by something new."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from sqlalchemy import update

from chassis.database import EVERYONE
from chassis.ids import new_key
from services.seal.models import Certificate, RevocationList
from tests.seal.desk import Desk
from tests.seal.inquiries import number_of, revocation_list, state
from tests.seal.openssl import der, openssl, pem
from tests.service_kit import service, user


def test_a_revoked_certificate_is_on_the_next_list_which_openssl_reads(office: Desk, tmp_path: Path) -> None:
    credential = office.signs_once()
    leaf, issuing, _ = office.chain(credential)
    before = revocation_list(office, leaf)
    assert (len(before), number_of(revocation_list(office, leaf))) == (0, number_of(before))
    office.revoke("affiliationChanged", credential=credential)
    after = revocation_list(office, leaf)
    entry = after.get_revoked_certificate_by_serial_number(leaf.serial_number)
    assert entry is not None and number_of(after) > number_of(before)
    assert entry.extensions.get_extension_for_class(x509.CRLReason).value.reason is x509.ReasonFlags.affiliation_changed
    said = openssl(
        "crl", "-inform", "DER", "-in", der(tmp_path / "list.crl", after.public_bytes(Encoding.DER)), "-noout",
        "-CAfile", pem(tmp_path / "ca.pem", issuing), "-text",
    )  # fmt: skip
    assert "verify OK" in said and f"{leaf.serial_number:X}"[-8:] in said.replace(":", "")


def test_an_old_list_is_made_again_with_the_next_number(office: Desk) -> None:
    leaf = office.chain(office.signs_once())[0]
    before = revocation_list(office, leaf)
    with office.db.transaction(EVERYONE) as session:
        long_ago = datetime.now(UTC) - timedelta(hours=2)
        session.execute(update(RevocationList).values(this_update=long_ago))
    after = revocation_list(office, leaf)
    assert number_of(after) == number_of(before) + 1
    assert after.next_update_utc and after.next_update_utc > datetime.now(UTC) + timedelta(days=6)


def test_numbers_go_on_under_a_new_name(office: Desk) -> None:
    old = office.signs_once()
    first = office.chain(old)[0]
    before = revocation_list(office, first)
    office.tell_workspace(office.workspace, "Apex Ltd", 2)
    second = office.chain(office.signs_once())[0]
    after = revocation_list(office, second)
    assert after.issuer != before.issuer
    assert number_of(after) == number_of(before) + 1
    office.revoke(credential=old)
    assert revocation_list(office, first).get_revoked_certificate_by_serial_number(first.serial_number)


def test_only_authorities_have_lists_and_certificates_to_fetch(office: Desk) -> None:
    office.signs_once()
    with office.db.read(EVERYONE) as session:
        keys = [row.id for row in session.query(Certificate).where(~Certificate.is_authority)]
    for key in (*keys, new_key()):
        for path in (f"/pki/ca/{key}.cer", f"/pki/crl/{key}.crl"):
            assert office.kit.request("GET", path).status_code == 404


def test_under_a_revoked_authority_only_another_attempt_signs(office: Desk) -> None:
    act = new_key()
    first = office.signs_once(act)
    office.revoke(credential=f"workspace:{office.workspace}")
    assert office.sign(first, b"x").json["code"] == "credential_used"
    assert office.sign(office.signs_once(act, attempt=2), b"x").status_code == 200


def test_a_revoked_credential_signs_no_more(office: Desk) -> None:
    credential = office.signs_once()
    office.revoke(credential=credential)
    answer = office.sign(credential, b"x")
    assert (answer.status_code, answer.json["code"]) == (409, "credential_used")
    assert office.ask("credentials/info", credentialID=credential).json["cert"]["status"] == "revoked"


def test_a_revoked_authority_or_platform_is_followed_by_one_with_a_new_key(office: Desk) -> None:
    for name in (f"workspace:{office.workspace}", "platform"):
        before = issuer_or_platform(office, name)
        assert office.revoke(credential=name).status_code == 200
        after = issuer_or_platform(office, name)
        assert after.public_key() != before.public_key()
        root = office.chain("platform")[-1]
        assert state(office, [before, root]) is ocsp.OCSPCertStatus.REVOKED
        assert state(office, [after, root]) is ocsp.OCSPCertStatus.GOOD


def issuer_or_platform(desk: Desk, name: str) -> x509.Certificate:
    return desk.chain("platform")[0] if name == "platform" else desk.chain(desk.signs_once())[1]


def test_a_certificate_is_revoked_by_its_serial_once(office: Desk) -> None:
    leaf = office.chain(office.signs_once())[0]
    first = office.revoke(serial=f"{leaf.serial_number:X}").json["revoked"]
    again = office.revoke("superseded", serial=f"0{leaf.serial_number:x}").json["revoked"]
    assert first == again
    assert (first[0]["serial"], first[0]["reason"]) == (f"{leaf.serial_number:x}", "keyCompromise")


def test_what_cannot_be_revoked_is_told(office: Desk) -> None:
    answers = [
        office.revoke(credential="root"), office.revoke(credential="nobody"), office.revoke(serial="4711"),
        office.revoke("certificateHold", credential="platform"), office.revoke(),
        office.revoke(serial="1", credential="x"),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [409, 404, 404, 422, 422, 422]


def test_revoking_is_not_for_everybody(office: Desk) -> None:
    body = {"credential": "platform", "reason": "keyCompromise"}
    for who in (service("agreement"), user(), None):
        answer = office.kit.request("POST", "/internal/certificates/revoke", who, json=body)
        assert answer.status_code in (401, 404)


def test_many_who_fetch_an_old_list_at_once_get_the_same_new_one(office: Desk) -> None:
    leaf = office.chain(office.signs_once())[0]
    before = revocation_list(office, leaf)
    office.revoke(credential=office.signs_once())
    with ThreadPoolExecutor(6) as pool:
        numbers = {number_of(one) for one in pool.map(lambda _: revocation_list(office, leaf), range(6))}
    assert numbers == {number_of(before) + 1}
    assert all(len(revocation_list(office, leaf)) == 1 for _ in range(2))
