"""The two algorithms keys sign with, by the key's type: ECDSA (RFC 5758, 3.2) and RSA PKCS #1 v1.5, with SHA-256."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey

SHA256_OID = "2.16.840.1.101.3.4.2.1"
ECDSA_SHA256 = "1.2.840.10045.4.3.2"
RSA_SHA256 = "1.2.840.113549.1.1.11"
RSA = "1.2.840.113549.1.1.1"  # with the hash said beside it (CSC API v2, signatures/signHash)
CURVES = {"secp256r1": "1.2.840.10045.3.1.7", "secp384r1": "1.3.132.0.34", "secp521r1": "1.3.132.0.35"}


@dataclass(frozen=True, slots=True)
class Algorithm:
    """How a key signs: object identifiers callers may name, the key's bits and its curve."""

    names: tuple[str, ...]
    bits: int
    curve: str | None = None


def key_of(certificate: x509.Certificate) -> PublicKey:
    """The certificate's key; raises TypeError for one that is neither EC nor RSA."""
    key = certificate.public_key()
    if not isinstance(key, PublicKey):
        raise TypeError(f"cannot sign with a {type(key).__name__}")
    return key


def algorithm_of(key: PublicKey) -> Algorithm:
    """What the key signs with."""
    match key:
        case ec.EllipticCurvePublicKey():
            return Algorithm((ECDSA_SHA256,), key.key_size, CURVES.get(key.curve.name))
        case _:
            return Algorithm((RSA_SHA256, RSA), key.key_size)


def sign_digest(key: PrivateKey, digest: bytes) -> bytes:
    """The signature over a SHA-256 digest: DER for ECDSA, PKCS #1 v1.5 for RSA."""
    match key:
        case ec.EllipticCurvePrivateKey():
            return key.sign(digest, ec.ECDSA(Prehashed(SHA256())))
        case _:
            return key.sign(digest, padding.PKCS1v15(), Prehashed(SHA256()))


def key_bits(key: PublicKey) -> bytes:
    """The content of the subjectPublicKey bit string, whose hash names an issuer's key (RFC 6960, 4.1.1)."""
    match key:
        case ec.EllipticCurvePublicKey():
            return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        case _:
            return key.public_bytes(Encoding.DER, PublicFormat.PKCS1)


def key_hashes(key: PublicKey) -> tuple[str, str]:
    """SHA-1 and SHA-256 of the key's bits, in hex."""
    bits = key_bits(key)
    return hashlib.sha1(bits, usedforsecurity=False).hexdigest(), hashlib.sha256(bits).hexdigest()
