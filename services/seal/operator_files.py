"""Reads the operator's certificate and key; every failure is one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12

from chassis.settings import BadSettings
from services.seal.keys.port import Handle

if TYPE_CHECKING:
    from services.seal.settings import SealSettings

PEM = b"-----BEGIN"
LARGEST = 1 << 20


def read_files(settings: SealSettings) -> tuple[Handle, list[x509.Certificate]]:
    """Key and certificates, in whatever order the file has them; raises `BadSettings`."""
    data = _content("PLATFORM_CERTIFICATE", settings.platform_certificate)
    password = settings.platform_certificate_password.encode() or None
    if PEM not in data:
        return _from_pkcs12(data, password)
    if not settings.platform_key:
        raise BadSettings("PLATFORM_KEY is missing: PLATFORM_CERTIFICATE is a PEM file.")
    return _key(_content("PLATFORM_KEY", settings.platform_key), password), _certificates(data)


def _content(name: str, value: str) -> bytes:
    """The PEM text itself, or what the file at this path holds."""
    if value.lstrip().startswith(PEM.decode()):
        return value.encode()
    try:
        with Path(value).open("rb") as source:
            return source.read(LARGEST)
    except OSError as error:
        raise BadSettings(f"{name} names {value}, which cannot be read ({error.strerror}).") from error


def _certificates(data: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(data)
    except ValueError as error:
        raise BadSettings("PLATFORM_CERTIFICATE is wrong: it does not hold certificates in PEM.") from error


def _key(data: bytes, password: bytes | None) -> Handle:
    try:
        found = load_pem_private_key(data, password if b"ENCRYPTED" in data else None)
    except TypeError as error:
        raise BadSettings("PLATFORM_CERTIFICATE_PASSWORD is missing: PLATFORM_KEY is encrypted.") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BadSettings("PLATFORM_KEY is wrong: not a PEM key, or not with this password.") from error
    return _usable(found)


def _from_pkcs12(data: bytes, password: bytes | None) -> tuple[Handle, list[x509.Certificate]]:
    try:
        key, own, others = pkcs12.load_key_and_certificates(data, password)
    except (ValueError, UnsupportedAlgorithm) as error:
        sentence = "PLATFORM_CERTIFICATE is wrong: neither PEM nor PKCS#12, or not with this password."
        raise BadSettings(sentence) from error
    if key is None or own is None:
        raise BadSettings("PLATFORM_CERTIFICATE is wrong: the PKCS#12 file lacks the key or its certificate.")
    return _usable(key), [own, *others]


def _usable(key: object) -> Handle:
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise BadSettings("PLATFORM_KEY is wrong: it must be an EC P-256 or P-384 key, or RSA of 2048 bits or more.")
    return key
