"""Who signs, apart from how it is embedded: attributes to sign, the CMS around a signature, its place in the file.

A revision is written with room for a signature (`Reserved`), a key held elsewhere signs `signed_attributes`, and
`embed` writes the CMS into the room. Profile: PAdES baseline (EN 319 142-1, 6.3) on CMS (RFC 5652).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from documents import der

CAPACITY = 16_384  # bytes: a chain of four certificates and an RFC 3161 token with its own chain

DATA = "1.2.840.113549.1.7.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
TST_INFO = "1.2.840.113549.1.9.16.1.4"
TIMESTAMP_TOKEN = "1.2.840.113549.1.9.16.2.14"  # noqa: S105 - an object identifier
SHA256 = "2.16.840.1.101.3.4.2.1"
ECDSA_SHA256 = "1.2.840.10045.4.3.2"
RSA_SHA256 = "1.2.840.113549.1.1.11"


@dataclass(frozen=True)
class Reserved:
    """Room for a signature: SHA-256 over the byte ranges, file offset of the first hex digit, number of hex digits."""

    digest: bytes
    offset: int
    length: int
    field: str = ""


@dataclass(frozen=True)
class Act:
    """What a signature dictionary says: the claimed time (aware) and, where given, who, why and how to reach them."""

    signed_at: datetime
    name: str = ""
    reason: str = ""
    contact: str = ""
    capacity: int = CAPACITY


class DoesNotFit(Exception):
    """The CMS is longer than the room reserved for it; write the revision again with more."""


def signed_attributes(digest: bytes, certificate: bytes, content_type: str = DATA) -> bytes:
    """The DER SET OF attributes whose SHA-256 is to be signed (RFC 5652, 5.4); `certificate` is the signer's, in DER.

    There is no signing-time: PAdES keeps the claimed time in /M of the signature dictionary (EN 319 142-1, 6.3).
    """
    attributes = [
        _attribute(CONTENT_TYPE, der.oid(content_type)),
        _attribute(MESSAGE_DIGEST, der.octets(digest)),
        _attribute(SIGNING_CERTIFICATE_V2, _signing_certificate(certificate)),
    ]
    return der.set_of(attributes)


def signature_value_digest(signature: bytes) -> bytes:
    """What a time stamp over a signature stamps: SHA-256 of the signature value (EN 319 122-1, 5.3)."""
    return hashlib.sha256(signature).digest()


def cms(
    attributes: bytes,
    signature: bytes,
    chain: Sequence[bytes],
    timestamp_token: bytes | None = None,
    *,
    content_type: str = DATA,
    content: bytes | None = None,
    certificates: bool = True,
) -> bytes:
    """A CMS SignedData in DER (RFC 5652, 5.1); `chain` is DER certificates, the signer's first.

    `signature` is what the key made of the attributes: DER for ECDSA, PKCS #1 v1.5 for RSA, both with SHA-256.
    `timestamp_token` is an RFC 3161 token over the signature value (EN 319 122-1, 5.3). Without `content` the CMS is
    detached; without `certificates` the chain only names the signer.
    """
    signed_data = der.sequence(
        der.integer(1 if content_type == DATA else 3),
        der.set_of([_algorithm(SHA256)]),
        der.sequence(der.oid(content_type), *([der.explicit(0, der.octets(content))] if content is not None else [])),
        *([der.implicit(0, der.set_of(set(chain)))] if certificates else []),
        der.set_of([_signer_info(attributes, signature, chain[0], timestamp_token)]),
    )
    return der.sequence(der.oid(SIGNED_DATA), der.explicit(0, signed_data))


def embed(target: Path, reserved: Reserved, content: bytes) -> None:
    """Write the CMS into its room, in place; doing it again with the same CMS changes nothing. Raises DoesNotFit."""
    digits = content.hex().encode()
    if len(digits) > reserved.length:
        raise DoesNotFit(f"{len(digits)} digits, room for {reserved.length}")
    with target.open("r+b") as file:
        file.seek(reserved.offset)
        file.write(digits.ljust(reserved.length, b"0"))


def _attribute(kind: str, value: bytes) -> bytes:
    return der.sequence(der.oid(kind), der.set_of([value]))


@lru_cache(maxsize=64)
def _algorithm(kind: str) -> bytes:
    return der.sequence(der.oid(kind))


def _signer_info(attributes: bytes, signature: bytes, certificate: bytes, token: bytes | None) -> bytes:
    signer, algorithm = _constants(certificate)
    return der.sequence(
        der.integer(1),
        signer,
        _algorithm(SHA256),
        der.implicit(0, attributes),
        algorithm,
        der.octets(signature),
        *([der.implicit(1, der.set_of([_attribute(TIMESTAMP_TOKEN, token)]))] if token else []),
    )


@lru_cache(maxsize=256)
def _constants(certificate: bytes) -> tuple[bytes, bytes]:
    """What each signature by this certificate repeats: issuer and serial number, signature algorithm."""
    parsed = x509.load_der_x509_certificate(certificate)
    signer = der.sequence(parsed.issuer.public_bytes(), der.integer(parsed.serial_number))
    match parsed.public_key():
        case ec.EllipticCurvePublicKey():
            return signer, _algorithm(ECDSA_SHA256)
        case rsa.RSAPublicKey():
            return signer, der.sequence(der.oid(RSA_SHA256), der.NULL)
        case other:
            raise ValueError(f"cannot sign with a {type(other).__name__}")


@lru_cache(maxsize=256)
def _signing_certificate(certificate: bytes) -> bytes:
    """SigningCertificateV2 with one ESSCertIDv2, SHA-256 being the default algorithm (RFC 5035, 4)."""
    return der.sequence(der.sequence(der.sequence(der.octets(hashlib.sha256(certificate).digest()))))
