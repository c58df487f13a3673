"""A certificate the operator brings for `platform`: a PEM chain with its key, or a PKCS#12 file.

What is wrong with it stops the start with one sentence, in the embedded mode, too.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from prometheus_client import Gauge
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from chassis.problem import Problem
from services.seal.keys.given import given_reference
from services.seal.keys.port import Handle
from services.seal.models import Certificate
from services.seal.names import PLATFORM
from services.seal.operator_chain import require_fit, whole_chain
from services.seal.operator_files import read_files

if TYPE_CHECKING:
    from services.seal.settings import SealSettings

log = logging.getLogger(__name__)
WARN_BEFORE = timedelta(days=30)
ENDS = Gauge("signet_platform_certificate_end_seconds", "Unix time at which the operator's own certificate ends")


@dataclass(frozen=True)
class OperatorCertificate:
    """A key and its chain, the signer's certificate first, the root last."""

    key: Handle
    chain: tuple[x509.Certificate, ...]
    _told: set[date] = field(default_factory=set, compare=False)

    def certificate(self, session: Session) -> Certificate:
        """The row of the signer's certificate, added with those of its issuers at the first call.

        Raises a 503 problem when it has ended since the start.
        """
        found = self._known(session) or self._add(session)
        now = database_now(session)
        self.tell_end(now)
        if found.not_after <= now:
            raise Problem(503, "certificate_expired")
        return found

    def tell_end(self, now: datetime) -> None:
        """Tell the metrics when the certificate ends, and in its last month the log, too, once a day."""
        end = self.chain[0].not_valid_after_utc
        ENDS.set(end.timestamp())
        if end - now < WARN_BEFORE and now.date() not in self._told:
            self._told.add(now.date())
            log.warning("PLATFORM_CERTIFICATE ends on %s: bring its successor in time", end.date())

    def _known(self, session: Session) -> Certificate | None:
        query = select(Certificate).where(Certificate.credential == PLATFORM, Certificate.der == _der(self.chain[0]))
        return session.scalars(query.order_by(Certificate.version.desc())).first()

    def _add(self, session: Session) -> Certificate:
        """Whoever comes second takes what the first has made."""
        try:
            with session.begin_nested():
                row = _row(PLATFORM, _next_version(session), self.chain[0], _keep_issuers(session, self.chain[1:]))
                row.key_ref = given_reference(self.key)
                session.add(row)
                session.flush()
        except IntegrityError:
            if (found := self._known(session)) is None:
                raise
            return found
        return row


def open_operator_certificate(settings: SealSettings) -> OperatorCertificate | None:
    """The certificate configuration names, None when it names none; raises `BadSettings` for one that cannot sign."""
    if not settings.platform_certificate:
        return None
    key, certificates = read_files(settings)
    now = datetime.now(UTC)
    chain = whole_chain(key, certificates)
    require_fit(key, chain, now)
    operator = OperatorCertificate(key, chain)
    operator.tell_end(now)
    return operator


def _keep_issuers(session: Session, issuers: tuple[x509.Certificate, ...]) -> Certificate | None:
    """Rows of the issuers, the root first; the signer's issuer, None when it is its own."""
    above = None
    for one in reversed(issuers):
        name = f"operator:{hashlib.sha256(_der(one)).hexdigest()[:40]}"
        row = session.scalars(select(Certificate).where(Certificate.credential == name)).first()
        if row is None:
            row = _row(name, 1, one, above)
            session.add(row)
            session.flush()
        above = row
    return above


def _row(credential: str, version: int, made: x509.Certificate, issuer: Certificate | None) -> Certificate:
    """A certificate that others answer for: its stand-in serial and missing hashes keep it out of OCSP and CRLs."""
    serial = hashlib.sha256(f"{credential} {version}".encode() + _der(made)).hexdigest()[:39]
    return Certificate(
        id=new_key(), credential=credential, version=version, key_ref="", issuer_id=issuer and issuer.id,
        der=_der(made), not_before=made.not_valid_before_utc, not_after=made.not_valid_after_utc,
        serial=f"-{serial}", is_authority=issuer is None or credential != PLATFORM,
    )  # fmt: skip


def _next_version(session: Session) -> int:
    query = select(Certificate.version).where(Certificate.credential == PLATFORM).order_by(Certificate.version.desc())
    return (session.scalars(query.limit(1)).first() or 0) + 1


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
