"""Take a certificate back: for good, told by OCSP at once and by the next revocation list."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography import x509
from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.problem import Problem
from services.seal.issued import newest_first
from services.seal.models import Certificate

REASONS = tuple(
    flag.value for flag in x509.ReasonFlags if flag.value not in ("certificateHold", "removeFromCRL")
)  # both would take a revocation back


def revoke_credential(session: Session, name: str, reason: str) -> Sequence[Certificate]:
    """Revoke every certificate of a credential; its next one gets a new key. Raises a 404 problem."""
    return _revoke(session, session.scalars(newest_first(name).with_for_update(key_share=True)).all(), reason)


def revoke_serial(session: Session, serial: str, reason: str) -> Sequence[Certificate]:
    """Revoke the certificate with a serial number in hex; raises a 404 problem."""
    query = select(Certificate).where(Certificate.serial == serial.lower().lstrip("0"))
    return _revoke(session, session.scalars(query.with_for_update(key_share=True)).all(), reason)


def _revoke(session: Session, found: Sequence[Certificate], reason: str) -> Sequence[Certificate]:
    """Mark what is not revoked yet; the first reason and time stay. Raises a 409 problem for what others issued."""
    if not found:
        raise Problem(404, "credential_unknown")
    issuers = [session.get(Certificate, one.issuer_id) if one.issuer_id else None for one in found]
    if any(issuer is None or not issuer.key_ref for issuer in issuers):
        raise Problem(409, "not_revocable")
    now = database_now(session)
    for one in found:
        if one.revoked_at is None:
            one.revoked_at, one.revocation_reason = now, reason
    return found
