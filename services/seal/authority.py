"""Which certificate a credential has: made on first use, once however many ask, renewed in time under the same key.

A credential is `platform` or `workspace:<uuid>`; its key stays when its certificate is renewed, so a signature that is
being made meanwhile fits the old certificate and the new one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from chassis.problem import Problem, unavailable
from services.seal.certificates import Subject, issue_root, issue_signing
from services.seal.keystore import KeyStore
from services.seal.models import Certificate, Workspace

ROOT, PLATFORM, OF_WORKSPACE = "root", "platform", "workspace:"
YEAR = timedelta(days=365)
ROOT_LIFE, SIGNING_LIFE = 20 * YEAR + timedelta(days=5), 3 * YEAR
RENEW_BEFORE = timedelta(days=30)

Make = Callable[[ec.EllipticCurvePrivateKey, datetime], x509.Certificate]


@dataclass(frozen=True)
class Authority:
    """The platform's certification authority. With ``renew_root`` an ended root is followed by a new one."""

    keys: KeyStore
    organisation: str
    renew_root: bool

    def root(self, session: Session) -> Certificate:
        """The root in use, made at the first call."""
        found = newest(session, ROOT)
        if found and (found.not_after > database_now(session) or not self.renew_root):
            return found
        subject = Subject(f"{self.organisation} Root CA", self.organisation)
        return self._issue(session, ROOT, found, None, lambda key, now: issue_root(subject, key, now, now + ROOT_LIFE))

    def credential(self, session: Session, name: str) -> Certificate:
        """The certificate in use of a credential, made or renewed when it must be.

        Raises a 404 problem for a name that is none, 503 for a workspace nobody has told of yet, and 503 when the
        root has ended.
        """
        require_credential(name)
        found, root = newest(session, name), self.root(session)
        now = database_now(session)
        if root.not_after <= now:
            raise Problem(503, "certificate_expired")
        if found is None or _due(found, root, now):
            subject = self._subject(session, name)
            found = self._issue(session, name, found, root, self._below(session, root, subject))
        return found

    def _below(self, session: Session, root: Certificate, subject: Subject) -> Make:
        issuer, issuer_key = x509.load_der_x509_certificate(root.der), self.keys.load(session, root.key_ref)
        return lambda key, now: issue_signing(subject, key.public_key(), issuer, issuer_key, now, now + SIGNING_LIFE)

    def _subject(self, session: Session, name: str) -> Subject:
        if name == PLATFORM:
            return Subject(f"{self.organisation} Platform", self.organisation)
        workspace = session.get(Workspace, workspace_of(name))
        if workspace is None:
            raise unavailable(1)
        return Subject(workspace.name, workspace.name, workspace.public_id)

    def _issue(
        self, session: Session, name: str, last: Certificate | None, issuer: Certificate | None, make: Make
    ) -> Certificate:
        """Add the next version of a certificate; whoever comes second takes what the first has made."""
        now, version = database_now(session), last.version + 1 if last else 1
        try:
            with session.begin_nested():
                reference = last.key_ref if last else self.keys.create(session)
                made = make(self.keys.load(session, reference), now)
                row = _row(name, version, reference, issuer, made)
                session.add(row)
                session.flush()
        except IntegrityError:
            return session.scalars(_newest(name)).one()
        return row


def newest(session: Session, name: str) -> Certificate | None:
    """The certificate with the highest version of a credential."""
    return session.scalars(_newest(name)).first()


def chain(session: Session, certificate: Certificate) -> list[bytes]:
    """DER certificates, the given one first, the root last."""
    found = [certificate.der]
    while certificate.issuer_id is not None:
        certificate = session.get_one(Certificate, certificate.issuer_id)
        found.append(certificate.der)
    return found


def require_credential(name: str) -> None:
    """Raise a 404 problem for a name that is neither the platform's nor a workspace's; the root signs nothing else."""
    if name != PLATFORM and workspace_of(name) is None:
        raise Problem(404, "credential_unknown")


def workspace_of(name: str) -> UUID | None:
    """The workspace of a credential, None when the name is not exactly one of a workspace."""
    try:
        key = UUID(name.removeprefix(OF_WORKSPACE))
    except ValueError:
        return None
    return key if name == f"{OF_WORKSPACE}{key}" else None


def _newest(name: str) -> Select[Certificate]:
    return select(Certificate).where(Certificate.credential == name).order_by(Certificate.version.desc()).limit(1)


def _due(found: Certificate, root: Certificate, now: datetime) -> bool:
    return found.not_after - now < RENEW_BEFORE and found.not_after < root.not_after


def _row(name: str, version: int, reference: str, issuer: Certificate | None, made: x509.Certificate) -> Certificate:
    return Certificate(
        id=new_key(), credential=name, version=version, key_ref=reference, issuer_id=issuer and issuer.id,
        der=made.public_bytes(Encoding.DER), not_before=made.not_valid_before_utc, not_after=made.not_valid_after_utc,
    )  # fmt: skip
