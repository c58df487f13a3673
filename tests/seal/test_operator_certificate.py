"""An operator brings a certificate to seal with; one that cannot seal stops the start with one sentence."""

from __future__ import annotations

import logging
from base64 import b64decode
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID
from prometheus_client import REGISTRY

from chassis.settings import BadSettings
from tests.seal.bought import DAY, NOW, RSA_SHA256, Bought, Key, allowed, buy, certificate
from tests.seal.desk import ECDSA_SHA256, Desk
from tests.service_kit import Kit


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Starts *seal* outside the embedded mode, on the same database every time."""
    opened: list[Desk] = []

    def begin(**env: str) -> Desk:
        opened.append(Desk(Kit("seal", tmp_path, **{"EMBEDDED": "off", **env})))
        return opened[-1]

    yield begin
    for desk in opened:
        desk.db.engine.dispose()


def seals_with(desk: Desk, bought: Bought) -> bool:
    """Whether the platform's chain is the one bought, and its signature fits."""
    assert desk.chain("platform") == list(bought.chain)
    key = bought.key.public_key()
    answer = desk.sign(
        "platform", b"sealed", signAlgo=RSA_SHA256 if isinstance(key, rsa.RSAPublicKey) else ECDSA_SHA256
    )
    assert answer.status_code == 200, answer.text
    signature = b64decode(answer.json["signatures"][0])
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, b"sealed", padding.PKCS1v15(), SHA256())
    else:
        assert isinstance(key, ec.EllipticCurvePublicKey)
        key.verify(signature, b"sealed", ec.ECDSA(SHA256()))
    return True


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP384R1()),
        rsa.generate_private_key(65537, 2048),
    ],
    ids=["P-256", "P-384", "RSA-2048"],
)
def test_the_platform_signs_with_a_certificate_that_was_brought(
    tmp_path: Path, start: Callable[..., Desk], key: Key
) -> None:
    bought = buy(key)
    assert seals_with(start(**bought.pem(tmp_path)), bought)
    assert seals_with(start(**bought.pkcs12(tmp_path)), bought)


def test_certificates_in_any_order_and_one_too_many_make_the_same_chain(
    tmp_path: Path, start: Callable[..., Desk]
) -> None:
    bought = buy()
    mixed = Bought(bought.key, [buy().chain[1], *reversed(bought.chain)])
    assert seals_with(start(**mixed.pem(tmp_path)), bought)


def test_pem_text_and_an_encrypted_key_are_taken_too(tmp_path: Path, start: Callable[..., Desk]) -> None:
    bought = buy()
    files = bought.pem(tmp_path, BestAvailableEncryption(b"quiet"))
    env = {name: Path(path).read_text() for name, path in files.items()}
    assert seals_with(start(**env, PLATFORM_CERTIFICATE_PASSWORD="quiet"), bought)


def test_the_signer_that_is_its_own_root_is_taken(tmp_path: Path, start: Callable[..., Desk]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    own = certificate("Acme itself", key, None, key, False, NOW - DAY, NOW + 365 * DAY)
    desk = start(**Bought(key, [own]).pem(tmp_path))
    assert seals_with(desk, Bought(key, [own]))
    assert own in x509.load_pem_x509_certificates(desk.get("/certificates/root").data)


def test_the_bought_root_is_served_beside_our_own(tmp_path: Path, start: Callable[..., Desk]) -> None:
    bought = buy()
    desk = start(**bought.pem(tmp_path))
    desk.chain("platform")
    roots = x509.load_pem_x509_certificates(desk.get("/certificates/root").data)
    names = {one.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value for one in roots}
    assert names == {"Bought Root", "Signet Root CA"}


def test_signers_and_time_stamps_keep_our_own_authority(tmp_path: Path, start: Callable[..., Desk]) -> None:
    desk = start(**buy().pem(tmp_path))
    desk.tell_workspace(desk.workspace)
    chain = desk.chain(desk.signs_once())
    assert "Signet Root CA" in chain[-1].subject.rfc4514_string()


def test_without_the_certificate_the_platform_gets_its_own_again_and_back(
    tmp_path: Path, start: Callable[..., Desk]
) -> None:
    own = start().chain("platform")
    bought = buy()
    env = bought.pem(tmp_path)
    assert seals_with(start(**env), bought)
    again = start().chain("platform")
    assert again[-1] == own[-1]
    assert seals_with(start(**env), bought)
    assert start().sign("platform", b"sealed").status_code == 200


def test_replicas_with_the_same_certificate_share_its_rows(tmp_path: Path, start: Callable[..., Desk]) -> None:
    env = (bought := buy()).pem(tmp_path)
    desks = [start(**env), start(**env)]
    assert all(seals_with(desk, bought) for desk in desks)


def test_the_next_years_certificate_takes_over(tmp_path: Path, start: Callable[..., Desk]) -> None:
    assert seals_with(start(**(old := buy()).pem(tmp_path)), old)
    assert seals_with(start(**(new := buy()).pem(tmp_path)), new)


def test_no_private_key_that_was_brought_comes_into_the_database(tmp_path: Path, start: Callable[..., Desk]) -> None:
    bought = buy()
    assert seals_with(start(**bought.pem(tmp_path)), bought)
    plain = bought.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    assert plain not in (tmp_path / "seal.db").read_bytes()


def test_a_certificate_in_its_last_month_is_warned_of(
    tmp_path: Path, start: Callable[..., Desk], caplog: pytest.LogCaptureFixture
) -> None:
    end = (NOW + 20 * DAY).replace(microsecond=0)
    with caplog.at_level(logging.WARNING):
        start(**buy(end=end).pem(tmp_path))
    assert f"PLATFORM_CERTIFICATE ends on {end.date()}" in caplog.text
    assert REGISTRY.get_sample_value("signet_platform_certificate_end_seconds") == end.timestamp()


def test_a_certificate_with_time_left_is_not_warned_of(
    tmp_path: Path, start: Callable[..., Desk], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        start(**buy(end=NOW + 40 * DAY).pem(tmp_path))
    assert "PLATFORM_CERTIFICATE" not in caplog.text


def headless() -> Bought:
    bought = buy()
    return Bought(bought.key, [bought.chain[0], bought.chain[2]])


def rootless() -> Bought:
    bought = buy()
    return Bought(bought.key, bought.chain[:2])


@pytest.mark.parametrize("embedded", ["on", "off"])
@pytest.mark.parametrize(
    ("bought", "sentence"),
    [
        (lambda: buy(end=NOW - timedelta(hours=1)), "PLATFORM_CERTIFICATE has expired: CN=Acme Ltd ended on"),
        (lambda: buy(begin=NOW + DAY), "PLATFORM_CERTIFICATE is not valid yet: CN=Acme Ltd begins on"),
        (lambda: Bought(buy().key, buy().chain), "PLATFORM_KEY does not fit"),
        (headless, "PLATFORM_CERTIFICATE is not whole: the certificate of the issuer CN=Bought CA is missing"),
        (rootless, "PLATFORM_CERTIFICATE is not whole: the certificate of the issuer CN=Bought Root is missing"),
        (lambda: buy(rsa.generate_private_key(65537, 1024)), "RSA of 2048 bits or more"),
        (lambda: buy(ec.generate_private_key(ec.SECP521R1())), "EC P-256 or P-384"),
        (lambda: buy(ed25519.Ed25519PrivateKey.generate()), "EC P-256 or P-384"),
        (lambda: buy(url=None), "CN=Acme Ltd does not say where to ask for its revocation"),
        (lambda: buy(usage=allowed(digital_signature=True)), "key usage does not include nonRepudiation"),
    ],
)
def test_a_certificate_that_cannot_seal_stops_the_start(
    tmp_path: Path, start: Callable[..., Desk], bought: Callable[[], Bought], sentence: str, embedded: str
) -> None:
    with pytest.raises(BadSettings, match=sentence):
        start(**bought().pem(tmp_path), EMBEDDED=embedded)


def spoil(env: dict[str, str], name: str, content: bytes | None) -> dict[str, str]:
    """The settings with one of the files spoilt, or gone."""
    path = Path(env[name])
    path.write_bytes(content) if content is not None else path.unlink()
    return env


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (lambda one, to: spoil(one.pem(to), "PLATFORM_CERTIFICATE", None), "CERTIFICATE names .* cannot be read"),
        (lambda one, to: spoil(one.pem(to), "PLATFORM_KEY", None), "PLATFORM_KEY names .* cannot be read"),
        (lambda one, to: spoil(one.pem(to), "PLATFORM_KEY", b"\x00\xff"), "PLATFORM_KEY is wrong"),
        (lambda one, to: spoil(one.pem(to), "PLATFORM_CERTIFICATE", b"\x00\xff"), "neither PEM nor PKCS#12"),
        (
            lambda one, to: spoil(one.pem(to), "PLATFORM_CERTIFICATE", b"-----BEGIN CERTIFICATE-----\nx\n"),
            "does not hold certificates in PEM",
        ),
        (lambda one, to: {**one.pem(to), "PLATFORM_KEY": ""}, "PLATFORM_KEY is missing"),
        (lambda one, to: one.pem(to, BestAvailableEncryption(b"quiet")), "PLATFORM_CERTIFICATE_PASSWORD is missing"),
        (
            lambda one, to: {
                **one.pem(to, BestAvailableEncryption(b"quiet")), "PLATFORM_CERTIFICATE_PASSWORD": "loud",
            },
            "not with this password",
        ),
        (lambda one, to: {**one.pkcs12(to), "PLATFORM_CERTIFICATE_PASSWORD": "loud"}, "not with this password"),
        (lambda one, to: {**one.pkcs12(to), "PLATFORM_CERTIFICATE_PASSWORD": ""}, "not with this password"),
        (lambda one, to: {"PLATFORM_CERTIFICATE_FILE": one.pkcs12(to)["PLATFORM_CERTIFICATE"]}, "which is not text"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used_stop_the_start_with_one_sentence(
    tmp_path: Path, start: Callable[..., Desk], settings: Callable[[Bought, Path], dict[str, str]], sentence: str
) -> None:
    with pytest.raises(BadSettings, match=sentence) as stopped:
        start(**settings(buy(), tmp_path))
    assert "\n" not in str(stopped.value)
