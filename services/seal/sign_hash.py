"""Sign digests with a credential's key and record each."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from chassis.outbox import correlation
from chassis.problem import Problem
from services.seal.authority import Authority
from services.seal.models import Certificate, SignatureMade

SHA256_OID = "2.16.840.1.101.3.4.2.1"
ECDSA_SHA256 = "1.2.840.10045.4.3.2"
ALGORITHM = ec.ECDSA(Prehashed(SHA256()))


def require_algorithm(hash_oid: str, sign_oid: str) -> None:
    """Raise a 422 problem for anything but ECDSA with SHA-256 (RFC 5758 §3.2)."""
    if (hash_oid, sign_oid) != (SHA256_OID, ECDSA_SHA256):
        raise Problem(422, "algorithm_not_supported")


def sign_hashes(
    session: Session, authority: Authority, credential: str, digests: Sequence[bytes], caller: str
) -> list[bytes]:
    """DER signatures over SHA-256 digests, in order; raises a 422 problem unless each has 32 bytes."""
    if any(len(digest) != SHA256.digest_size for digest in digests):
        raise Problem(422, "hash_length")
    certificate = authority.credential(session, credential)
    key = authority.keys.load(session, certificate.key_ref)
    _record(session, certificate, digests, caller)
    return [key.sign(digest, ALGORITHM) for digest in digests]


def _record(session: Session, certificate: Certificate, digests: Sequence[bytes], caller: str) -> None:
    at, cause = database_now(session), (correlation.get() or "")[:200]
    for digest in digests:
        session.add(
            SignatureMade(
                id=new_key(), credential=certificate.credential, certificate_id=certificate.id, hash=digest.hex(),
                at=at, caller=caller, correlation=cause,
            )
        )  # fmt: skip
