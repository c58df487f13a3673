"""Rows of certificates: kept, found, and followed up to the root."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from chassis.ids import new_key
from services.seal.algorithms import key_hashes, key_of
from services.seal.models import Certificate


def store(
    session: Session, credential: str, version: int, key_ref: str, issuer: Certificate | None, made: x509.Certificate
) -> Certificate:
    """Keep a certificate as a version of a credential; raises IntegrityError when the version exists."""
    authority = is_authority(made)
    sha1, sha256 = key_hashes(key_of(made)) if authority else (None, None)
    row = Certificate(
        id=new_key(), credential=credential, version=version, key_ref=key_ref, issuer_id=issuer and issuer.id,
        der=made.public_bytes(Encoding.DER), not_before=made.not_valid_before_utc, not_after=made.not_valid_after_utc,
        serial=f"{made.serial_number:x}", is_authority=authority, key_sha1=sha1, key_sha256=sha256,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether a certificate may issue others."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def newest(session: Session, name: str) -> Certificate | None:
    """The certificate with the highest version of a credential."""
    return session.scalars(newest_first(name).limit(1)).first()


def newest_first(name: str) -> Select[Certificate]:
    """The versions of a credential's certificate, the one in use first."""
    return select(Certificate).where(Certificate.credential == name).order_by(Certificate.version.desc())


def line(session: Session, certificate: Certificate) -> Sequence[Certificate]:
    """The certificate, its issuer, and so on to the root."""
    found = [certificate]
    while found[-1].issuer_id is not None:
        found.append(session.get_one(Certificate, found[-1].issuer_id))
    return found


def chain(session: Session, certificate: Certificate) -> list[bytes]:
    """DER certificates, the given one first, the root last."""
    return [one.der for one in line(session, certificate)]


def by_serial(session: Session, serial: int) -> Certificate | None:
    """The certificate with a serial number; numbers are never given twice, whoever issues."""
    return session.scalars(select(Certificate).where(Certificate.serial == f"{serial:x}")).first()


def parsed(certificate: Certificate) -> x509.Certificate:
    """The certificate read."""
    return x509.load_der_x509_certificate(certificate.der)
