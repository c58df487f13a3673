"""Who signs a signer's act: *seal* by a one-time certificate in the signer's name, or a provider outside.

Both are asked for the chain first, since the signed attributes name the certificate, and then for the signature.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from chassis.client import ServiceClient
from chassis.problem import Problem, unavailable
from documents import sign

ATTEMPTS = 50


@dataclass(frozen=True, slots=True)
class Act:
    """One signer's act: *seal* makes a credential for each act and attempt."""

    act_id: UUID
    workspace_id: UUID
    name: str
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Signed:
    """What `documents.sign.cms` puts together: signed attributes, the signature over them, the chain in DER."""

    attributes: bytes
    signature: bytes
    chain: list[bytes]


class Signatory(Protocol):
    def chain(self, act: Act) -> list[bytes]:
        """Certificates in DER, the signer's first; raises a 503 problem when the signatory is away."""
        ...

    def sign(self, act: Act, attributes_digest: bytes) -> bytes:
        """The signature over a SHA-256 digest; a 409 problem `credential_used` when this attempt signed another."""
        ...


def signed(signatory: Signatory, act: Act, digest: bytes) -> Signed:
    """Sign the digest of a file's byte ranges for an act; doing it again for the same digest gives the same.

    A file that had to be made anew has another digest, for which the act's next attempt signs. Raises a 503 problem
    when the signatory is away or its signature does not fit its certificate.
    """
    for attempt in range(act.attempt, act.attempt + ATTEMPTS):
        try:
            return _signed(signatory, replace(act, attempt=attempt), digest)
        except Problem as problem:
            if problem.code != "credential_used":
                raise
    raise unavailable()


def _signed(signatory: Signatory, act: Act, digest: bytes) -> Signed:
    chain = signatory.chain(act)
    attributes = sign.signed_attributes(digest, chain[0])
    signature = signatory.sign(act, hashlib.sha256(attributes).digest())
    if not fits(chain[0], signature, attributes):
        raise unavailable()
    return Signed(attributes, signature, chain)


@dataclass(frozen=True)
class SealSignatory:
    """*seal* makes a certificate in the signer's name for every act; its key signs once."""

    client: ServiceClient

    def chain(self, act: Act) -> list[bytes]:
        order = {
            "act_id": str(act.act_id), "workspace_id": str(act.workspace_id), "name": act.name, "attempt": act.attempt,
        }  # fmt: skip
        credential = self.client.call("seal", "POST", "/internal/credentials/one-time", order)["credentialID"]
        answer = self.client.call("seal", "POST", "/internal/csc/v2/credentials/info", {"credentialID": credential})
        return [b64decode(one) for one in answer["cert"]["certificates"]]

    def sign(self, act: Act, attributes_digest: bytes) -> bytes:
        order = {
            "credentialID": _credential(act), "hashes": [b64encode(attributes_digest).decode()],
            "hashAlgorithmOID": sign.SHA256, "signAlgo": sign.ECDSA_SHA256,
        }  # fmt: skip
        answer = self.client.call("seal", "POST", "/internal/csc/v2/signatures/signHash", order)
        return b64decode(answer["signatures"][0])


def algorithm_of(certificate: bytes) -> str:
    """The object identifier of what a certificate's key signs with: ECDSA or RSA PKCS #1 v1.5, with SHA-256."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    return sign.RSA_SHA256 if isinstance(key, rsa.RSAPublicKey) else sign.ECDSA_SHA256


def fits(certificate: bytes, signature: bytes, data: bytes) -> bool:
    """Whether a signature over ``data`` is by the certificate's key."""
    try:
        match x509.load_der_x509_certificate(certificate).public_key():
            case ec.EllipticCurvePublicKey() as key:
                key.verify(signature, data, ec.ECDSA(SHA256()))
            case rsa.RSAPublicKey() as key:
                key.verify(signature, data, padding.PKCS1v15(), SHA256())
            case _:
                return False
    except InvalidSignature:
        return False
    return True


def _credential(act: Act) -> str:
    return f"act:{act.act_id}" if act.attempt == 1 else f"act:{act.act_id}:{act.attempt}"
