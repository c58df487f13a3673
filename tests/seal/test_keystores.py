"""Lasting keys stay in the store of the operator's choice; when it is away, signing waits for it and nothing breaks."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import func, select

from chassis.database import EVERYONE
from chassis.problem import Problem
from chassis.settings import BadSettings
from services.seal.keys import Handle, KeyRing, WrongSecret
from services.seal.keys.port import Kind
from services.seal.models import Certificate, SigningKey
from tests.seal.desk import Desk
from tests.servers import Kms, SoftHsm
from tests.service_kit import Kit
from tests.support import seconds

Env = dict[str, str]


@pytest.fixture(scope="module")
def kms_server() -> Iterator[Kms]:
    with Kms() as server:
        yield server


@pytest.fixture
def amazon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Access to AWS, as its own chain finds it."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")


@pytest.fixture
def kms(kms_server: Kms, amazon: None) -> Env:
    return {"KEY_STORE": "aws-kms:eu-central-1", "KMS_ENDPOINT": kms_server.url}


@pytest.fixture
def hsm(monkeypatch: pytest.MonkeyPatch) -> SoftHsm:
    token = SoftHsm()
    monkeypatch.setenv("SOFTHSM2_CONF", str(token.configuration))
    return token


@pytest.fixture
def hsm_token(hsm: SoftHsm) -> Env:
    return {"KEY_STORE": f"pkcs11:{hsm.module}", "PKCS11_TOKEN": hsm.label, "PKCS11_PIN": hsm.pin}


@pytest.fixture(params=["database", "hsm_token", "kms"])
def store(request: pytest.FixtureRequest) -> Env:
    """Settings of each kind of store."""
    return {} if request.param == "database" else dict(request.getfixturevalue(request.param))


@pytest.fixture(params=["hsm_token", "kms"])
def device(request: pytest.FixtureRequest) -> Env:
    """Settings of each store that keeps its keys to itself."""
    return dict(request.getfixturevalue(request.param))


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Starts *seal* with settings, on the same database every time."""
    opened: list[Desk] = []

    def start(**env: str) -> Desk:
        opened.append(Desk(Kit("seal", tmp_path, **env)))
        return opened[-1]

    yield start
    for desk in opened:
        desk.db.engine.dispose()


def keys_of(desk: Desk) -> KeyRing:
    ring: KeyRing = desk.kit.runtime.parts.keys
    return ring


def verifies(desk: Desk, credential: str, data: bytes) -> bool:
    """Whether what a credential signs fits its certificate, and its certificate its issuers' up to the root."""
    chain = desk.chain(credential)
    for certificate, issuer in zip(chain, [*chain[1:], chain[-1]], strict=True):
        certificate.verify_directly_issued_by(issuer)
    answer = desk.sign(credential, data)
    assert answer.status_code == 200, answer.text
    key = chain[0].public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(b64decode(answer.json["signatures"][0]), data, ec.ECDSA(SHA256()))
    return True


def check_signatures(key: Handle, data: bytes) -> None:
    """Both ways to sign, of data and of a digest, fit the public key."""
    digest = hashlib.sha256(data).digest()
    match key:
        case ec.EllipticCurvePrivateKey():
            for signature in (
                key.sign(data, ec.ECDSA(SHA256())),
                key.sign(digest, ec.ECDSA(Prehashed(SHA256()))),
            ):
                key.public_key().verify(signature, data, ec.ECDSA(SHA256()))
        case rsa.RSAPrivateKey():
            for signature in (
                key.sign(data, padding.PKCS1v15(), SHA256()),
                key.sign(digest, padding.PKCS1v15(), Prehashed(SHA256())),
            ):
                key.public_key().verify(signature, data, padding.PKCS1v15(), SHA256())


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_every_store_makes_keys_that_sign_until_they_are_destroyed(
    store: Env, kind: Kind, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk(**store)
    with desk.db.transaction(EVERYONE) as session:
        reference = keys_of(desk).create(session, kind)
        check_signatures(keys_of(desk).load(session, reference), b"agreed")
        keys_of(desk).destroy(session, reference)
        keys_of(desk).destroy(session, reference)
        with pytest.raises((WrongSecret, Problem)):
            check_signatures(keys_of(desk).load(session, reference), b"again")


def test_the_whole_chain_and_every_credential_work_with_keys_of_any_store(
    store: Env, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk(**store)
    desk.tell_workspace(desk.workspace)
    assert verifies(desk, "platform", b"sealed")
    assert verifies(desk, desk.signs_once(), b"signed")


def test_with_a_device_the_database_holds_one_time_keys_only_and_those_until_they_have_signed(
    device: Env, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk(**device)
    desk.tell_workspace(desk.workspace)
    act = desk.signs_once()
    with desk.db.read(EVERYONE) as session:
        lasting = session.scalars(select(Certificate.key_ref).where(Certificate.credential != act)).all()
        assert all(reference.startswith(device["KEY_STORE"].partition(":")[0]) for reference in lasting)
        assert session.scalar(select(func.count()).select_from(SigningKey)) == 1
    assert verifies(desk, act, b"signed")
    with desk.db.read(EVERYONE) as session:
        assert session.scalar(select(func.count()).select_from(SigningKey)) == 0


def test_a_key_never_leaves_its_device(device: Env, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(**device)
    with desk.db.transaction(EVERYONE) as session:
        key = keys_of(desk).load(session, keys_of(desk).create(session))
    with pytest.raises(UnsupportedAlgorithm, match="stays in its device"):
        key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def test_a_second_start_finds_its_keys_in_the_device(device: Env, open_desk: Callable[..., Desk]) -> None:
    first = open_desk(**device)
    second = open_desk(**device)
    assert first.chain("platform") == second.chain("platform")
    assert verifies(second, "platform", b"sealed")


def test_keys_made_in_the_database_still_sign_after_a_device_took_over(
    hsm_token: Env, open_desk: Callable[..., Desk]
) -> None:
    before = open_desk().chain("platform")
    desk = open_desk(**hsm_token)
    desk.tell_workspace(desk.workspace)
    assert desk.chain("platform") == before
    assert verifies(desk, desk.signs_once(), b"signed")
    with desk.db.read(EVERYONE) as session:
        made = session.scalars(select(Certificate.key_ref).where(Certificate.credential.startswith("workspace:")))
        assert all(reference.startswith("pkcs11:") for reference in made)


def test_a_device_that_configuration_forgot_stops_the_start_with_one_sentence(
    hsm_token: Env, open_desk: Callable[..., Desk]
) -> None:
    open_desk(**hsm_token)
    with pytest.raises(BadSettings, match="KEY_STORE is wrong: a key in use is kept in pkcs11"):
        open_desk()


def test_an_unplugged_token_is_told_as_away_and_signs_when_it_is_back(
    hsm: SoftHsm, hsm_token: Env, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk(**hsm_token)
    assert verifies(desk, "platform", b"before")
    hsm.unplug()
    answer = desk.sign("platform", b"meanwhile")
    assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (503, "key_store_away", "5")
    hsm.plug()
    assert verifies(desk, "platform", b"after")


def test_a_kms_that_hangs_is_told_as_away_within_seconds_and_signs_when_it_goes_on(
    kms_server: Kms, kms: Env, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk(**kms)
    assert verifies(desk, "platform", b"before")
    kms_server.freeze()
    try:
        answers = []
        assert seconds(lambda: answers.append(desk.sign("platform", b"meanwhile"))) < 8
    finally:
        kms_server.thaw()
    assert (answers[0].status_code, answers[0].json["code"]) == (503, "key_store_away")
    assert verifies(desk, "platform", b"after")


def test_while_kms_is_down_it_starts_and_signs_as_soon_as_kms_is_up(
    amazon: None, open_desk: Callable[..., Desk]
) -> None:
    server = Kms()
    desk = open_desk(KEY_STORE="aws-kms:eu-central-1", KMS_ENDPOINT=server.url)
    assert desk.sign("platform", b"early").json["code"] == "key_store_away"
    assert desk.get("/seals").status_code == 200
    with server:
        assert verifies(desk, "platform", b"late")
    assert desk.sign("platform", b"down again").json["code"] == "key_store_away"


def test_worker_processes_forked_after_the_start_open_the_token_for_themselves(hsm: SoftHsm) -> None:
    script = Path(__file__).with_name("forked_signers.py")
    command = [sys.executable, str(script), hsm.module, hsm.label, hsm.pin]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.split()) == (0, ["signed"] * 7), done.stderr


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({"PKCS11_PIN": "000000"}, "PKCS11_PIN is wrong"),
        ({"PKCS11_PIN": ""}, "PKCS11_PIN is missing"),
        ({"PKCS11_TOKEN": "nobody's"}, "PKCS11_TOKEN is wrong: there is no token nobody's"),
        ({"PKCS11_TOKEN": ""}, "PKCS11_TOKEN is missing"),
        ({"KEY_STORE": "pkcs11:/nowhere/module.so"}, "/nowhere/module.so is not a file"),
        ({"KEY_STORE": "pkcs11:/etc/hostname"}, "KEY_STORE is wrong: /etc/hostname is no PKCS#11 module"),
        ({"KEY_STORE": "aws-kms:"}, "KEY_STORE is wrong: write database"),
    ],
)
def test_a_token_that_cannot_be_opened_stops_the_start_with_one_sentence(
    hsm_token: Env, open_desk: Callable[..., Desk], env: Env, sentence: str
) -> None:
    with pytest.raises(BadSettings, match=sentence):
        open_desk(**{**hsm_token, **env})
