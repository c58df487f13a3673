"""Keys that stay in a device: they are private keys to `cryptography`, whose `sign` asks the device.

Certificates, CRLs and OCSP answers are built with them as with any other key; what would show the key itself is
refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn, Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import load_der_public_key

from services.seal.keys.port import Handle

SignDigest = Callable[[bytes], bytes]


def handle(public_key: bytes, sign_digest: SignDigest) -> Handle:
    """A private key by its public one (SubjectPublicKeyInfo, DER) and what signs a SHA-256 digest with it.

    ``sign_digest`` answers with DER for ECDSA (RFC 3279 §2.2.3), with PKCS #1 v1.5 for RSA.
    """
    match load_der_public_key(public_key):
        case ec.EllipticCurvePublicKey() as public:
            return DeviceEcKey(public, sign_digest)
        case rsa.RSAPublicKey() as public:
            return DeviceRsaKey(public, sign_digest)
        case other:
            raise UnsupportedAlgorithm(f"cannot sign with a {type(other).__name__}")


class Kept:
    """What every key in a device refuses, and that a copy of it is the same key."""

    def private_numbers(self) -> NoReturn:
        raise _kept()

    def private_bytes(self, *_: Any, **__: Any) -> NoReturn:
        raise _kept()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[Any, Any]) -> Self:
        return self


@dataclass(frozen=True)
class DeviceEcKey(Kept, ec.EllipticCurvePrivateKey):
    """An EC key that signs SHA-256 digests elsewhere."""

    public: ec.EllipticCurvePublicKey
    sign_digest: SignDigest

    def sign(self, data: Any, signature_algorithm: ec.EllipticCurveSignatureAlgorithm) -> bytes:
        return self.sign_digest(_digest(bytes(data), signature_algorithm.algorithm))

    def public_key(self) -> ec.EllipticCurvePublicKey:
        return self.public

    @property
    def curve(self) -> ec.EllipticCurve:
        return self.public.curve

    @property
    def key_size(self) -> int:
        return self.public.key_size

    def exchange(self, algorithm: ec.ECDH, peer_public_key: ec.EllipticCurvePublicKey) -> NoReturn:
        raise _kept()


@dataclass(frozen=True)
class DeviceRsaKey(Kept, rsa.RSAPrivateKey):
    """An RSA key that signs SHA-256 digests elsewhere, by PKCS #1 v1.5 only."""

    public: rsa.RSAPublicKey
    sign_digest: SignDigest

    def sign(self, data: Any, padding: Any, algorithm: Any) -> bytes:
        _demand_pkcs1(padding)
        return self.sign_digest(_digest(bytes(data), algorithm))

    def public_key(self) -> rsa.RSAPublicKey:
        return self.public

    @property
    def key_size(self) -> int:
        return self.public.key_size

    def decrypt(self, ciphertext: bytes, padding: Any) -> NoReturn:
        raise _kept()


def _digest(data: bytes, algorithm: Any) -> bytes:
    """The SHA-256 digest to sign: the data's, or the data itself where the caller hashed already."""
    if not isinstance(algorithm, SHA256 | Prehashed) or algorithm.digest_size != SHA256.digest_size:
        raise UnsupportedAlgorithm("the device signs SHA-256 digests")
    if isinstance(algorithm, Prehashed):
        return data
    hashing = Hash(algorithm)
    hashing.update(data)
    return hashing.finalize()


def _demand_pkcs1(wanted: Any) -> None:
    if not isinstance(wanted, padding.PKCS1v15):
        raise UnsupportedAlgorithm("the device signs by PKCS #1 v1.5")


def _kept() -> UnsupportedAlgorithm:
    return UnsupportedAlgorithm("the key stays in its device")
