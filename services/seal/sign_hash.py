"""Sign digests with a credential's key and record each."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.hazmat.primitives.hashes import SHA256
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from chassis.outbox import correlation
from chassis.problem import Problem
from services.seal.algorithms import SHA256_OID, algorithm_of, key_of, sign_digest
from services.seal.authority import Authority
from services.seal.credentials import signing_certificate, status_of
from services.seal.issued import line, parsed
from services.seal.models import Certificate, SignatureMade
from services.seal.names import is_one_time
from services.seal.one_time import sign_once


def sign_hashes(
    session: Session, authority: Authority, credential: str, digests: Sequence[bytes], hash_oid: str, sign_oid: str,
    caller: str,
) -> list[bytes]:  # fmt: skip
    """Signatures over SHA-256 digests, in order: DER for ECDSA, PKCS #1 v1.5 for RSA.

    Raises a 404 problem for a credential that signs no documents, 409 for one that does not sign any more, 422 for an
    algorithm its key does not sign with, for digests that have not 32 bytes, and for more than one for one act.
    """
    certificate = signing_certificate(session, authority, credential)
    now = database_now(session)
    if any(status_of(one, now) != "valid" for one in line(session, certificate) if one.key_ref):
        raise Problem(409, "credential_used")
    _require(certificate, digests, hash_oid, sign_oid)
    if not is_one_time(credential):
        key = authority.keys.load(session, certificate.key_ref)
        record(session, certificate, digests, caller)
        return [sign_digest(key, digest) for digest in digests]
    signature, new = sign_once(session, authority, certificate, digests[0])
    record(session, certificate, digests if new else (), caller)
    return [signature]


def record(session: Session, certificate: Certificate, digests: Sequence[bytes], caller: str) -> None:
    """Keep for good who had which digests signed."""
    at, cause = database_now(session), (correlation.get() or "")[:200]
    for digest in digests:
        session.add(
            SignatureMade(
                id=new_key(), credential=certificate.credential, certificate_id=certificate.id, hash=digest.hex(),
                at=at, caller=caller, correlation=cause,
            )
        )  # fmt: skip


def _require(certificate: Certificate, digests: Sequence[bytes], hash_oid: str, sign_oid: str) -> None:
    if hash_oid != SHA256_OID or sign_oid not in algorithm_of(key_of(parsed(certificate))).names:
        raise Problem(422, "algorithm_not_supported")
    if any(len(digest) != SHA256.digest_size for digest in digests):
        raise Problem(422, "hash_length")
    if is_one_time(certificate.credential) and len(digests) != 1:
        raise Problem(422, "one_signature_only")
