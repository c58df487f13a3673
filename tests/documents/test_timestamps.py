"""Alice's signature gets its time from an authority, by RFC 3161; what is wrong in an answer is found."""

import hashlib
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import ExtendedKeyUsage
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import der, sign, timestamps
from documents.timestamps import BadRequest, Failure, WrongTimestamp
from tests.documents.authority import NOW, POLICY, Authority, Stamper

DIGEST = hashlib.sha256(b"the signature of Alice").digest()
REQUEST = timestamps.request(DIGEST, 2**63 + 5)
AUTHORITY = Authority()
TSA = AUTHORITY.stamper()
RESPONSE = TSA.respond(REQUEST)


def openssl(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def pem(folder: Path, name: str, certificate: bytes) -> None:
    (folder / "der").write_bytes(certificate)
    openssl(folder, "x509", "-inform", "der", "-in", "der", "-out", name)


def imprint(algorithm: str, digest: bytes) -> bytes:
    return der.sequence(der.sequence(der.oid(algorithm), der.NULL), der.octets(digest))


def info_for(digest: bytes = DIGEST, nonce: int = 2**63 + 5, at: datetime = NOW) -> bytes:
    query = timestamps.parse_request(timestamps.request(digest, nonce))
    return timestamps.tst_info(query, 7, at, POLICY)


def answer(info: bytes, tsa: Stamper = TSA, certificates: bool = True) -> bytes:
    return timestamps.granted(tsa.signed(info, certificates))


def test_a_token_answers_its_request() -> None:
    token = timestamps.token(RESPONSE, DIGEST, 2**63 + 5)
    assert NOW - timedelta(seconds=1) <= timestamps.time_of(token) <= datetime.now(UTC)
    assert set(timestamps.certificates_of(token)) == set(TSA.chain)


def test_openssl_reads_the_request(tmp_path: Path) -> None:
    (tmp_path / "query").write_bytes(REQUEST)
    shown = openssl(tmp_path, "ts", "-query", "-in", "query", "-text")
    assert "Hash Algorithm: sha256" in shown
    assert "Certificate required: yes" in shown
    assert "Nonce: 0x8000000000000005" in shown


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_openssl_verifies_the_answer(tmp_path: Path, kind: str) -> None:
    (tmp_path / "query").write_bytes(REQUEST)
    (tmp_path / "response").write_bytes(AUTHORITY.stamper(kind=kind).respond(REQUEST))
    pem(tmp_path, "root", AUTHORITY.root)
    openssl(tmp_path, "ts", "-verify", "-queryfile", "query", "-in", "response", "-CAfile", "root")


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_token_made_by_openssl_is_accepted(tmp_path: Path, kind: str) -> None:
    tsa = AUTHORITY.stamper(kind=kind)
    pem(tmp_path, "signer", tsa.chain[0])
    (tmp_path / "key").write_bytes(tsa.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (tmp_path / "query").write_bytes(REQUEST)
    (tmp_path / "serial").write_text("01")
    (tmp_path / "config").write_text(
        "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\ndefault_policy = 1.2.3.4\ndigests = sha256\n"
        "signer_digest = sha256\ness_cert_id_alg = sha256\nordering = yes\n"
    )
    config = ("-config", "config", "-signer", "signer", "-inkey", "key", "-queryfile", "query", "-out", "response")
    openssl(tmp_path, "ts", "-reply", *config)
    token = timestamps.token((tmp_path / "response").read_bytes(), DIGEST, 2**63 + 5)
    assert timestamps.certificates_of(token) == [tsa.chain[0]]


def test_a_token_for_another_digest_is_refused() -> None:
    with pytest.raises(WrongTimestamp, match="another digest"):
        timestamps.token(RESPONSE, hashlib.sha256(b"Bob's").digest(), 2**63 + 5)


def test_a_token_for_another_request_is_refused() -> None:
    with pytest.raises(WrongTimestamp, match="another request"):
        timestamps.token(RESPONSE, DIGEST, 1)


def test_a_refusal_says_why() -> None:
    with pytest.raises(WrongTimestamp, match=r"rejection.*time_not_available"):
        timestamps.token(timestamps.rejected(Failure.TIME_NOT_AVAILABLE, "no clock"), DIGEST, 1)


@pytest.mark.parametrize(
    ("usage", "critical"),
    [
        (None, True),
        (ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), False),
        (ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), True),
        (ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING]), True),
    ],
)
def test_a_certificate_for_other_purposes_makes_no_time_stamps(usage: ExtendedKeyUsage | None, critical: bool) -> None:
    tsa = AUTHORITY.stamper(usage=usage, critical=critical)
    with pytest.raises(WrongTimestamp, match="not made for time stamps"):
        timestamps.token(answer(info_for(), tsa), DIGEST, 2**63 + 5)


def test_a_certificate_that_had_ended_makes_no_time_stamps() -> None:
    tsa = AUTHORITY.stamper(until=NOW - timedelta(hours=1))
    with pytest.raises(WrongTimestamp, match="not valid then"):
        timestamps.token(answer(info_for(), tsa), DIGEST, 2**63 + 5)


def test_a_token_without_its_certificate_is_refused() -> None:
    with pytest.raises(WrongTimestamp, match="certificate is missing"):
        timestamps.token(answer(info_for(), certificates=False), DIGEST, 2**63 + 5)


def test_a_signature_by_another_key_is_refused() -> None:
    forger = Stamper(AUTHORITY.stamper().key, TSA.chain)
    with pytest.raises(WrongTimestamp, match="signature is wrong"):
        timestamps.token(answer(info_for(), forger), DIGEST, 2**63 + 5)


def test_a_content_that_was_exchanged_is_refused() -> None:
    mine, other = info_for(at=NOW), info_for(at=NOW - timedelta(hours=1))
    with pytest.raises(WrongTimestamp, match="not what was signed"):
        timestamps.token(answer(mine).replace(mine, other), DIGEST, 2**63 + 5)


def test_a_token_that_names_another_certificate_is_refused() -> None:
    info, other = info_for(), AUTHORITY.stamper().chain[0]
    attributes = sign.signed_attributes(hashlib.sha256(info).digest(), other, sign.TST_INFO)
    token = sign.cms(attributes, TSA.sign(attributes), TSA.chain, content_type=sign.TST_INFO, content=info)
    with pytest.raises(WrongTimestamp, match="another certificate"):
        timestamps.token(timestamps.granted(token), DIGEST, 2**63 + 5)


def test_a_document_signature_is_no_time_stamp() -> None:
    attributes = sign.signed_attributes(DIGEST, TSA.chain[0])
    token = sign.cms(attributes, TSA.sign(attributes), TSA.chain)
    with pytest.raises(WrongTimestamp, match="not a time stamp"):
        timestamps.token(timestamps.granted(token), DIGEST, 1)


def test_the_answer_repeats_what_was_asked() -> None:
    query = timestamps.parse_request(REQUEST)
    assert query == timestamps.Query(DIGEST, sign.SHA256, 2**63 + 5, None, True)
    at = datetime(2026, 3, 1, 12, 0, 0, 120_000, tzinfo=UTC)
    written = timestamps.tst_info(query, 99, at, POLICY, timedelta(seconds=2, milliseconds=30, microseconds=4))
    info = tsp.TSTInfo.load(written, strict=True).native
    assert info["message_imprint"]["hashed_message"] == DIGEST
    assert (info["serial_number"], info["gen_time"], info["nonce"]) == (99, at, 2**63 + 5)
    assert dict(info["accuracy"]) == {"seconds": 2, "millis": 30, "micros": 4}
    assert tsp.TSTInfo.load(written).copy().dump(force=True) == written


def test_a_negative_nonce_comes_back_as_it_was() -> None:
    query = timestamps.parse_request(timestamps.request(DIGEST, -129))
    assert tsp.TSTInfo.load(timestamps.tst_info(query, 1, NOW, POLICY)).native["nonce"] == -129


def test_certificates_are_left_out_when_nobody_asks() -> None:
    bare = der.sequence(der.integer(1), imprint(sign.SHA256, DIGEST))
    query = timestamps.parse_request(bare)
    assert (query.nonce, query.cert_req) == (None, False)
    assert timestamps.certificates_of(TSA.signed(timestamps.tst_info(query, 1, NOW, POLICY), query.cert_req)) == []


@pytest.mark.parametrize(
    ("request_", "failure"),
    [
        (b"", Failure.BAD_DATA_FORMAT),
        (b"\x30\x80" * 1000, Failure.BAD_DATA_FORMAT),
        (bytes(5000), Failure.BAD_REQUEST),
        (der.sequence(der.integer(2), imprint(sign.SHA256, DIGEST)), Failure.BAD_REQUEST),
        (der.sequence(der.integer(1), imprint("1.3.14.3.2.26", bytes(20))), Failure.BAD_ALGORITHM),
        (der.sequence(der.integer(1), imprint(sign.SHA256, bytes(31))), Failure.BAD_DATA_FORMAT),
        (der.sequence(der.integer(1), imprint(sign.SHA256, DIGEST), der.integer(2**600)), Failure.BAD_REQUEST),
        (
            der.sequence(
                der.integer(1),
                imprint(sign.SHA256, DIGEST),
                der.implicit(0, der.sequence(der.sequence(der.oid("1.2.3"), der.octets(b"")))),
            ),
            Failure.UNACCEPTED_EXTENSION,
        ),
    ],
)
def test_a_bad_request_is_told_by_its_kind(request_: bytes, failure: Failure) -> None:
    with pytest.raises(BadRequest) as caught:
        timestamps.parse_request(request_)
    assert caught.value.failure is failure


def test_another_policy_is_not_served() -> None:
    query = timestamps.parse_request(der.sequence(der.integer(1), imprint(sign.SHA256, DIGEST), der.oid("1.2.3")))
    with pytest.raises(BadRequest) as caught:
        timestamps.tst_info(query, 1, NOW, POLICY)
    assert caught.value.failure is Failure.UNACCEPTED_POLICY


@pytest.mark.parametrize("failure", Failure)
def test_openssl_reads_every_refusal(tmp_path: Path, failure: Failure) -> None:
    (tmp_path / "response").write_bytes(timestamps.rejected(failure, "not today"))
    shown = openssl(tmp_path, "ts", "-reply", "-in", "response", "-text")
    assert "Status: Rejected" in shown
    assert "not today" in shown


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_hostile_bytes_are_refused_and_nothing_else(data: bytes) -> None:
    with pytest.raises(BadRequest):
        timestamps.parse_request(data)
    with pytest.raises(WrongTimestamp):
        timestamps.token(data, DIGEST, 1)
    with pytest.raises(WrongTimestamp):
        timestamps.time_of(data)
    with pytest.raises(WrongTimestamp):
        timestamps.certificates_of(data)


@settings(deadline=None)
@given(st.integers(0, len(REQUEST) - 1), st.integers(1, 255), st.booleans())
def test_a_damaged_request_is_read_or_refused(place: int, change: int, cut: bool) -> None:
    data = REQUEST[:place] if cut else REQUEST[:place] + bytes([REQUEST[place] ^ change]) + REQUEST[place + 1 :]
    try:
        query = timestamps.parse_request(data)
    except BadRequest:
        return
    assert timestamps.tst_info(query, 1, NOW, query.policy or POLICY)


@settings(deadline=None)
@given(st.integers(0, len(RESPONSE) - 1), st.integers(1, 255), st.booleans())
def test_a_damaged_answer_is_refused_or_says_the_same(place: int, change: int, cut: bool) -> None:
    damaged = RESPONSE[:place] + bytes([RESPONSE[place] ^ change]) + RESPONSE[place + 1 :]
    try:
        token = timestamps.token(RESPONSE[:place] if cut else damaged, DIGEST, 2**63 + 5)
    except WrongTimestamp:
        return
    assert timestamps.time_of(token) == timestamps.time_of(timestamps.token(RESPONSE, DIGEST, 2**63 + 5))
