"""Revocation lists (RFC 5280, 5): one for each authority's certificate, numbered, made again when it is old.

An authority keeps its numbers when its certificate is renewed, and its list names all it has ever revoked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, Database, database_now
from chassis.problem import not_found
from services.seal.authority import Authority
from services.seal.issued import parsed
from services.seal.models import Certificate, RevocationList

RENEWED_AFTER, GOOD_FOR = timedelta(hours=1), timedelta(days=7)


def current_list(db: Database, authority: Authority, key: UUID) -> bytes:
    """The list of an authority's certificate with all that is revoked, at most an hour old.

    Raises a 404 problem for what is no authority here.
    """
    with db.read(EVERYONE) as session:
        issuer = find_authority(session, key)
        if found := _fresh(session, issuer):
            return found.der
    with db.transaction(EVERYONE) as session:
        return make_list(session, authority, issuer)


def make_list(session: Session, authority: Authority, issuer: Certificate) -> bytes:
    """The list, made now unless somebody has just done so."""
    one_at_a_time = _versions(issuer).order_by(Certificate.version).with_for_update(key_share=True)
    session.execute(one_at_a_time).all()  # numbers rise
    if found := _fresh(session, issuer):
        return found.der
    now = database_now(session).replace(microsecond=0)
    number = _last_number(session, issuer) + 1
    revoked = session.scalars(_revoked(issuer)).all()
    der = _build(session, authority, issuer, number, now, revoked)
    session.merge(
        RevocationList(certificate_id=issuer.id, number=number, der=der, this_update=now, entries=len(revoked))
    )
    return der


def find_authority(session: Session, key: UUID) -> Certificate:
    """An authority of ours by its certificate's key; raises a 404 problem."""
    found = session.get(Certificate, key)
    if found is None or not found.is_authority or not found.key_ref:
        raise not_found()
    return found


def _fresh(session: Session, issuer: Certificate) -> RevocationList | None:
    found = session.get(RevocationList, issuer.id, populate_existing=True)
    if found is None or database_now(session) - found.this_update > RENEWED_AFTER:
        return None
    return found if found.entries == len(session.scalars(_revoked(issuer)).all()) else None


def _last_number(session: Session, issuer: Certificate) -> int:
    of_authority = RevocationList.certificate_id.in_(_versions(issuer))
    return session.scalar(select(func.max(RevocationList.number)).where(of_authority)) or 0


def _versions(issuer: Certificate) -> Select[UUID]:
    return select(Certificate.id).where(Certificate.credential == issuer.credential)


def _revoked(issuer: Certificate) -> Select[Certificate]:
    by_it = Certificate.issuer_id.in_(_versions(issuer))
    return select(Certificate).where(by_it, Certificate.revoked_at.is_not(None)).order_by(Certificate.revoked_at)


def _build(
    session: Session, authority: Authority, issuer: Certificate, number: int, now: datetime,
    revoked: Sequence[Certificate],
) -> bytes:  # fmt: skip
    key = authority.keys.load(session, issuer.key_ref)
    builder = x509.CertificateRevocationListBuilder(parsed(issuer).subject, now, now + GOOD_FOR)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
    ).add_extension(x509.CRLNumber(number), critical=False)
    for certificate in revoked:
        builder = builder.add_revoked_certificate(_entry(certificate))
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


def _entry(certificate: Certificate) -> x509.RevokedCertificate:
    """An entry; an unspecified reason is left out (RFC 5280, 5.3.1)."""
    at = certificate.revoked_at.replace(microsecond=0) if certificate.revoked_at else None
    builder = x509.RevokedCertificateBuilder(int(certificate.serial, 16), at)
    reason = x509.ReasonFlags(certificate.revocation_reason)
    if reason is not x509.ReasonFlags.unspecified:
        builder = builder.add_extension(x509.CRLReason(reason), critical=False)
    return builder.build()
