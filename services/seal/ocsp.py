"""The OCSP responder (RFC 6960): each authority answers for what it has issued, with its own key.

One certificate is asked for at a time. Answers are made when asked for, so ``thisUpdate`` is the time of the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import database_now
from services.seal.algorithms import key_bits, key_of
from services.seal.authority import Authority
from services.seal.issued import by_serial, parsed
from services.seal.models import Certificate

GOOD_FOR = timedelta(days=1)
LARGEST = 4096  # bytes of a request
LONGEST_SERIAL = 160  # bits (RFC 5280, 4.1.2.2)
NONCES = range(1, 129)  # bytes (RFC 9654, 2.1)
UNREADABLE = (ValueError, TypeError, NotImplementedError, UnsupportedAlgorithm)
KEYS: Mapping[str, str] = MappingProxyType({"sha1": "key_sha1", "sha256": "key_sha256"})


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: an issuer by two hashes, a serial number, and a nonce to give back."""

    algorithm: hashes.HashAlgorithm
    name_hash: bytes
    key_hash: bytes
    serial: int
    nonce: bytes | None = None


class Malformed(Exception):
    """The request cannot be read, or asks for more than this responder answers."""


def respond(session: Session, authority: Authority, request: bytes) -> bytes:
    """The OCSPResponse to an OCSPRequest, both in DER, whatever it is."""
    try:
        question = read(request)
    except Malformed:
        return _refuse(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
    found = by_serial(session, question.serial)
    issuer = _issuer(session, question, found)
    if issuer is None:
        return _refuse(ocsp.OCSPResponseStatus.UNAUTHORIZED)
    return _answer(session, authority, question, issuer, found if found and found.issuer_id == issuer.id else None)


def read(request: bytes) -> Question:
    """Read a request; raises `Malformed`."""
    if len(request) > LARGEST:
        raise Malformed("too long")
    try:
        asked = ocsp.load_der_ocsp_request(request)
        algorithm, serial, nonce = asked.hash_algorithm, _serial(asked.serial_number), _nonce(asked.extensions)
        return Question(algorithm, asked.issuer_name_hash, asked.issuer_key_hash, serial, nonce)
    except UNREADABLE as error:
        raise Malformed from error


def answer_for(session: Session, authority: Authority, certificate: Certificate) -> bytes:
    """A fresh OCSPResponse for a certificate that has an issuer here, named by SHA-1 as every reader expects."""
    issuer = session.get_one(Certificate, certificate.issuer_id)
    name_hash, key_hash = _hashes(hashes.SHA1(), issuer)  # noqa: S303 - names the issuer, protects nothing
    question = Question(hashes.SHA1(), name_hash, key_hash, int(certificate.serial, 16))  # noqa: S303
    return _answer(session, authority, question, issuer, certificate)


def _answer(
    session: Session, authority: Authority, question: Question, issuer: Certificate, found: Certificate | None
) -> bytes:
    now = database_now(session).replace(microsecond=0)
    status, revoked_at, reason = _status(found)
    builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
        question.name_hash, question.key_hash, question.serial, question.algorithm, status, now, now + GOOD_FOR,
        revoked_at, reason,
    )  # fmt: skip
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, parsed(issuer))
    if question.nonce is not None:
        builder = builder.add_extension(x509.OCSPNonce(question.nonce), critical=False)
    key = authority.keys.load(session, issuer.key_ref)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def _status(
    found: Certificate | None,
) -> tuple[ocsp.OCSPCertStatus, datetime | None, x509.ReasonFlags | None]:
    if found is None:
        return ocsp.OCSPCertStatus.UNKNOWN, None, None
    if found.revoked_at is None:
        return ocsp.OCSPCertStatus.GOOD, None, None
    return ocsp.OCSPCertStatus.REVOKED, found.revoked_at, x509.ReasonFlags(found.revocation_reason)


def _issuer(session: Session, question: Question, found: Certificate | None) -> Certificate | None:
    """The authority that is asked about; None when it is none of ours."""
    candidates = [session.get_one(Certificate, found.issuer_id)] if found and found.issuer_id else []
    if column := KEYS.get(question.algorithm.name):
        of_key = select(Certificate).where(getattr(Certificate, column) == question.key_hash.hex())
        candidates += session.scalars(of_key.order_by(Certificate.version.desc()))
    asked = (question.name_hash, question.key_hash)
    return next((one for one in candidates if one.key_ref and _hashes(question.algorithm, one) == asked), None)


def _hashes(algorithm: hashes.HashAlgorithm, issuer: Certificate) -> tuple[bytes, bytes]:
    """How a request names an issuer: hashes of its name and of its key (RFC 6960, 4.1.1)."""
    certificate = parsed(issuer)
    return _hash(algorithm, certificate.subject.public_bytes()), _hash(algorithm, key_bits(key_of(certificate)))


def _hash(algorithm: hashes.HashAlgorithm, data: bytes) -> bytes:
    made = hashes.Hash(algorithm)
    made.update(data)
    return made.finalize()


def _serial(number: int) -> int:
    """A serial number (RFC 5280, 4.1.2.2); raises ValueError for what can be none."""
    if not 0 < number < 1 << LONGEST_SERIAL:
        raise ValueError("serial number out of range")
    return number


def _nonce(extensions: x509.Extensions) -> bytes | None:
    """The nonce to give back; raises ValueError for a bad one, and for a critical extension nobody knows."""
    nonce = None
    for one in extensions:
        if isinstance(one.value, x509.OCSPNonce):
            nonce = one.value.nonce
        elif one.critical:
            raise ValueError(f"extension {one.oid.dotted_string}")
    if nonce is not None and len(nonce) not in NONCES:
        raise ValueError(f"nonce of {len(nonce)} bytes")
    return nonce


def _refuse(status: ocsp.OCSPResponseStatus) -> bytes:
    return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(Encoding.DER)
