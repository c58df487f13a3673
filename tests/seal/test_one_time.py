"""Bob signs with a key of his own that makes one signature and is gone."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from sqlalchemy import func, select, update

from chassis.database import EVERYONE
from chassis.ids import new_key
from services.seal.models import Certificate, OneTime, SignatureMade, SigningKey
from tests.seal.desk import Desk
from tests.service_kit import service, user


def signature(desk: Desk, credential: str, data: bytes) -> bytes:
    answer = desk.sign(credential, data)
    assert answer.status_code == 200, answer.text
    return base64.b64decode(answer.json["signatures"][0])


def keys(desk: Desk) -> int:
    with desk.db.read(EVERYONE) as session:
        return session.scalar(select(func.count()).select_from(SigningKey)) or 0


def value(certificate: x509.Certificate, kind: x509.ObjectIdentifier) -> str:
    return str(certificate.subject.get_attributes_for_oid(kind)[0].value)


def test_bob_signs_in_his_own_name_under_the_authority_of_his_workspace(office: Desk) -> None:
    act = new_key()
    credential = office.signs_once(act, "李博")
    leaf, issuing, root = office.chain(credential)
    key = leaf.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(signature(office, credential, b"contract"), b"contract", ec.ECDSA(SHA256()))
    leaf.verify_directly_issued_by(issuing)
    issuing.verify_directly_issued_by(root)
    names = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.SERIAL_NUMBER)
    assert [value(leaf, kind) for kind in names] == ["李博", "Acme 有限公司", str(act)]
    assert leaf.not_valid_after_utc <= issuing.not_valid_after_utc


def test_asked_again_it_is_the_same_credential(office: Desk) -> None:
    act = new_key()
    first = office.signs_once(act)
    before = office.chain(first)
    assert (office.signs_once(act), office.chain(first)) == (first, before)
    assert first == f"act:{act}"


def test_the_key_is_gone_with_its_one_signature(office: Desk) -> None:
    at_rest, credential = keys(office), office.signs_once()
    assert keys(office) == at_rest + 1
    assert office.ask("credentials/info", credentialID=credential).json["key"]["status"] == "enabled"
    signature(office, credential, b"contract")
    assert keys(office) == at_rest
    assert office.ask("credentials/info", credentialID=credential).json["key"]["status"] == "disabled"


def test_the_same_digest_gets_the_same_signature_and_another_gets_none(office: Desk) -> None:
    credential = office.signs_once()
    first = signature(office, credential, b"contract")
    assert signature(office, credential, b"contract") == first
    answer = office.sign(credential, b"forged contract")
    assert (answer.status_code, answer.json["code"]) == (409, "credential_used")
    with office.db.read(EVERYONE) as session:
        (made,) = session.scalars(select(SignatureMade).where(SignatureMade.credential == credential))
    assert made.caller == "signing"


def test_another_attempt_takes_the_place_of_those_before(office: Desk) -> None:
    act, at_rest = new_key(), keys(office)
    first, second = office.signs_once(act), office.signs_once(act, attempt=2)
    assert second == f"act:{act}:2"
    assert keys(office) == at_rest + 1
    assert office.sign(first, b"x").json["code"] == "credential_used"
    assert office.order_credential(act, attempt=1).json == {"credentialID": first}
    assert signature(office, second, b"x") == signature(office, second, b"x")
    assert keys(office) == at_rest


def test_an_attempt_that_was_left_out_is_not_made_up_for(office: Desk) -> None:
    act = new_key()
    office.signs_once(act, attempt=3)
    answer = office.order_credential(act, attempt=2)
    assert (answer.status_code, answer.json["code"]) == (409, "credential_used")


def test_twins_asking_for_one_credential_get_one(office: Desk) -> None:
    act, at_rest = new_key(), keys(office)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: office.order_credential(act).status_code, range(6)))
    with office.db.read(EVERYONE) as session:
        made = session.scalars(select(Certificate).where(Certificate.credential == f"act:{act}")).all()
    assert (set(answers), len(made), keys(office)) == ({200}, 1, at_rest + 1)


def test_twins_signing_one_digest_get_one_signature(office: Desk) -> None:
    credential = office.signs_once()
    with ThreadPoolExecutor(6) as pool:
        made = set(pool.map(lambda _: signature(office, credential, b"contract"), range(6)))
    assert len(made) == 1


def test_twins_signing_different_digests_make_one_signature(office: Desk) -> None:
    credential = office.signs_once()
    with ThreadPoolExecutor(6) as pool:
        codes = list(pool.map(lambda number: office.sign(credential, bytes([number])).status_code, range(6)))
    assert sorted(codes) == [200] + 5 * [409]


def test_racing_attempts_leave_one_key(office: Desk) -> None:
    act, at_rest = new_key(), keys(office)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: office.order_credential(act, attempt=n).status_code, (1, 2, 3, 4)))
    assert set(answers) <= {200, 409}
    office.signs_once(act, attempt=5)
    assert keys(office) == at_rest + 1


def test_an_act_stays_with_its_workspace(office: Desk) -> None:
    act, other = new_key(), new_key()
    office.tell_workspace(other, "Other")
    office.signs_once(act)
    answer = office.order_credential(act, workspace_id=str(other))
    assert (answer.status_code, answer.json["code"]) == (409, "conflict")
    answer = office.order_credential(act, attempt=2, workspace_id=str(other))
    assert (answer.status_code, answer.json["code"]) == (409, "conflict")


def test_a_workspace_not_yet_told_of_is_to_be_asked_again(desk: Desk) -> None:
    answer = desk.order_credential()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    with desk.db.read(EVERYONE) as session:
        assert session.scalars(select(OneTime)).all() == []


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "a\x00b"},
        {"attempt": 0},
        {"attempt": 10_000},
        {"act_id": "x"},
        {"email": "b@x.example"},
    ],
)
def test_what_is_no_act_is_refused(office: Desk, change: dict[str, object]) -> None:
    assert office.order_credential(**change).status_code == 422


def test_one_act_signs_one_digest(office: Desk) -> None:
    two = [base64.b64encode(bytes([number]) * 32).decode() for number in range(2)]
    answer = office.sign(office.signs_once(), b"", hashes=two)
    assert (answer.status_code, answer.json["code"]) == (422, "one_signature_only")


def test_only_signing_orders_credentials(office: Desk) -> None:
    body = {"act_id": str(new_key()), "workspace_id": str(office.workspace), "name": "Bob"}
    for who in (service("agreement"), user()):
        assert office.kit.request("POST", "/internal/credentials/one-time", who, json=body).status_code == 404


def test_one_time_credentials_are_not_listed(office: Desk) -> None:
    office.signs_once()
    assert office.ask("credentials/list").json == {"credentialIDs": ["platform"]}


def test_a_long_name_is_cut_to_what_a_certificate_can_carry(office: Desk) -> None:
    leaf = office.chain(office.signs_once(name="甲" * 100))[0]
    assert value(leaf, NameOID.COMMON_NAME) == "甲" * 21


def test_a_workspace_that_changed_its_name_issues_in_the_new_one(office: Desk) -> None:
    old = office.chain(office.signs_once())
    office.tell_workspace(office.workspace, "Apex Ltd", 3)
    office.tell_workspace(office.workspace, "Late news", 2)
    leaf, issuing, _ = office.chain(office.signs_once())
    assert value(leaf, NameOID.ORGANIZATION_NAME) == "Apex Ltd"
    assert value(issuing, NameOID.COMMON_NAME) == "Apex Ltd CA"
    leaf.verify_directly_issued_by(issuing)
    old[0].verify_directly_issued_by(old[1])
    assert issuing.public_key() == old[1].public_key()


def test_a_name_told_before_the_workspace_itself_stays(desk: Desk) -> None:
    key: UUID = desk.workspace
    desk.tell_workspace(key, "New name", 2)
    desk.tell_workspace(key, "First name", 1)
    leaf = desk.chain(desk.signs_once())[0]
    assert value(leaf, NameOID.ORGANIZATION_NAME) == "New name"


def test_a_key_nobody_came_back_for_is_destroyed_after_a_week(office: Desk) -> None:
    at_rest, act = keys(office), new_key()
    forgotten, waiting = office.signs_once(act), office.signs_once()
    with office.db.transaction(EVERYONE) as session:
        made = datetime.now(UTC) - timedelta(days=8)
        session.execute(update(Certificate).where(Certificate.credential == forgotten).values(not_before=made))
    office.kit.turn("sweep")
    assert keys(office) == at_rest + 1
    assert office.sign(forgotten, b"x").json["code"] == "credential_used"
    assert signature(office, waiting, b"x")
    assert signature(office, office.signs_once(act, attempt=2), b"x")
