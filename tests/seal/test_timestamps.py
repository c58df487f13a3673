"""Time stamps by RFC 3161: asked for with `openssl`, and judged by it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import core, tsp
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from sqlalchemy import select

from chassis.database import EVERYONE
from chassis.settings import BadSettings
from documents import timestamps
from services.seal.models import SignatureMade
from services.seal.settings import TRIAL_POLICY
from tests.seal.desk import Desk
from tests.seal.openssl import der, openssl, pem
from tests.seal.signatures import timestamp
from tests.service_kit import Kit

KIND = "application/timestamp-query"
DIGEST = hashlib.sha256(b"contract").digest()


def post(desk: Desk, query: bytes) -> bytes:
    answer = desk.kit.request("POST", "/pki/tsa", data=query, content_type=KIND)
    assert (answer.status_code, answer.content_type) == (200, "application/timestamp-reply")
    return answer.data


def status(answer: bytes) -> tsp.PKIStatusInfo:
    """The first part of a TimeStampResp; the second is there only when a token is granted."""
    return tsp.PKIStatusInfo.load(core.Sequence.load(answer, strict=True)[0].dump(), strict=True)


def failure(answer: bytes) -> set[str]:
    told = status(answer)
    assert told["status"].native == "rejection"
    return set(told["fail_info"].native)


def content(token: bytes) -> tsp.TSTInfo:
    return tsp.ContentInfo.load(token)["content"]["encap_content_info"]["content"].parsed


@pytest.mark.parametrize("algorithm", ["-sha256", "-sha384", "-sha512"])
@pytest.mark.parametrize("certificates", [("-cert",), ()])
def test_openssl_asks_and_verifies(desk: Desk, tmp_path: Path, algorithm: str, certificates: tuple[str, ...]) -> None:
    tsa, root = x509_of_tsa(desk)
    contract, asked = der(tmp_path / "contract", b"contract"), tmp_path / "asked.tsq"
    openssl("ts", "-query", "-data", contract, algorithm, *certificates, "-out", asked)
    told = der(tmp_path / "told.tsr", post(desk, asked.read_bytes()))
    trust = ("-CAfile", pem(tmp_path / "root.pem", root), "-untrusted", pem(tmp_path / "tsa.pem", tsa))
    for what in (("-queryfile", asked), ("-data", contract)):
        assert "Verification: OK" in openssl("ts", "-verify", "-in", told, *what, *trust)
    forged = der(tmp_path / "forged", b"forged contract")
    openssl("ts", "-verify", "-in", told, "-data", forged, *trust, good=False)


def x509_of_tsa(desk: Desk) -> tuple[x509.Certificate, x509.Certificate]:
    """The time stamp authority's certificate and the root."""
    found = timestamps.certificates_of(timestamp(desk, DIGEST))
    first, second = (x509.load_der_x509_certificate(one) for one in found)
    return (second, first) if first.issuer == first.subject else (first, second)


def test_the_certificate_is_for_time_stamps_alone_and_holds_ten_years(desk: Desk) -> None:
    tsa, root = x509_of_tsa(desk)
    usage = tsa.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    assert usage.critical and list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
    assert tsa.not_valid_after_utc > datetime.now(UTC) + timedelta(days=3650)
    tsa.verify_directly_issued_by(root)


def test_the_suites_own_client_accepts_what_services_get(desk: Desk) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    token = timestamp(desk, DIGEST, nonce="0123456789abcdef")
    info = content(token)
    assert info["nonce"].native == 0x0123456789ABCDEF
    assert info["message_imprint"]["hashed_message"].native == DIGEST
    assert before <= timestamps.time_of(token) <= datetime.now(UTC)
    assert (info["policy"].dotted, info["accuracy"]["seconds"].native) == (TRIAL_POLICY, 1)
    answer = timestamps.granted(token)
    assert timestamps.token(answer, DIGEST, 0x0123456789ABCDEF) == token


def test_no_serial_number_is_given_twice_and_each_stamp_is_recorded(desk: Desk) -> None:
    serials = {content(timestamp(desk, DIGEST))["serial_number"].native for _ in range(5)}
    with desk.db.read(EVERYONE) as session:
        rows = session.scalars(select(SignatureMade).where(SignatureMade.credential == "tsa")).all()
    assert (len(serials), len(rows)) == (5, 5)


@pytest.mark.parametrize(
    "query", [b"", b"\x30", b"GET / HTTP/1.1", b"\x30\x80" * 2000, b"\xff" * 100_000], ids=range(5)
)
def test_a_hostile_query_is_rejected(desk: Desk, query: bytes) -> None:
    assert failure(post(desk, query)) <= {"bad_data_format", "bad_request"}


def test_every_broken_byte_of_a_query_is_answered(desk: Desk) -> None:
    asked = timestamps.request(DIGEST, 4711)
    for place in range(len(asked)):
        broken = asked[:place] + bytes([asked[place] ^ 0xFF]) + asked[place + 1 :]
        assert status(post(desk, broken))["status"].native in ("granted", "rejection")


def test_another_policy_and_sha_1_are_not_accepted(desk: Desk, tmp_path: Path) -> None:
    contract, asked = der(tmp_path / "contract", b"contract"), tmp_path / "asked.tsq"
    openssl("ts", "-query", "-data", contract, "-sha256", "-tspolicy", "1.2.3.4", "-out", asked)
    assert failure(post(desk, asked.read_bytes())) == {"unaccepted_policy"}
    openssl("ts", "-query", "-data", contract, "-sha1", "-out", asked)
    assert failure(post(desk, asked.read_bytes())) == {"bad_alg"}


def test_services_are_told_what_cannot_be_stamped(desk: Desk) -> None:
    short = desk.ask("signatures/timestamp", hash="AAAA")
    sha1 = desk.ask("signatures/timestamp", hash="AAAA", hashAlgo="1.3.14.3.2.26")
    nonce = desk.ask("signatures/timestamp", hash="AAAA", nonce="xyz")
    codes = [(answer.status_code, answer.json["code"]) for answer in (short, sha1, nonce)]
    assert codes == [(422, "hash_length"), (422, "algorithm_not_supported"), (422, "validation_failed")]


def test_an_operator_names_the_policy(tmp_path: Path) -> None:
    desk = Desk(Kit("seal", tmp_path, TSA_POLICY="1.3.6.1.4.1.99999.7"))
    assert content(timestamp(desk, DIGEST))["policy"].dotted == "1.3.6.1.4.1.99999.7"
    desk.db.engine.dispose()
    for wrong in ("policy", "1", "3.1.2", "1.2.", "1.40.1"):
        with pytest.raises(BadSettings, match="TSA_POLICY is wrong"):
            Kit("seal", tmp_path, TSA_POLICY=wrong)
