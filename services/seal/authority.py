"""Which certificate a credential has: made on first use, once however many ask, renewed in time under the same key.

The root issues `platform`, which signs for the suite, `tsa`, which stamps times, and for each workspace an authority
that issues the certificates its people sign with. A credential's key stays when its certificate is renewed, so a
signature that is being made meanwhile fits the old certificate and the new one; after a revocation the key is new.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.problem import Problem, unavailable
from services.seal import certificates
from services.seal.algorithms import PrivateKey
from services.seal.certificates import Issuer, Places, Profile, Subject, issue, issue_root
from services.seal.issued import newest, newest_first, parsed, store
from services.seal.models import Certificate, Workspace
from services.seal.names import PLATFORM, ROOT, TSA, workspace_of

if TYPE_CHECKING:
    from services.seal.keys import KeyRing
    from services.seal.operator_certificate import OperatorCertificate

YEAR = timedelta(days=365)
MONTH = timedelta(days=30)
ROOT_LIFE, ONE_TIME_LIFE = 20 * YEAR + timedelta(days=5), 3 * YEAR


@dataclass(frozen=True, slots=True)
class Plan:
    """What a credential's certificate is for, how long it lives, and how much of that must be left."""

    profile: Profile
    life: timedelta
    least: timedelta


PLANS = {
    PLATFORM: Plan(certificates.SIGNER, 3 * YEAR, MONTH),
    TSA: Plan(certificates.TIME_STAMPER, 15 * YEAR, 10 * YEAR),  # time stamps hold no longer than their certificate
}
OF_WORKSPACES = Plan(certificates.ISSUING, 10 * YEAR, ONE_TIME_LIFE + MONTH)

Make = Callable[[PrivateKey, datetime], x509.Certificate]


@dataclass(frozen=True)
class Authority:
    """The platform's certification authority. With ``renew_root`` an ended root is followed by a new one."""

    keys: KeyRing
    organisation: str
    renew_root: bool
    public_url: str
    operator: OperatorCertificate | None = None

    def root(self, session: Session) -> Certificate:
        """The root in use, made at the first call."""
        found = newest(session, ROOT)
        if found and (found.not_after > database_now(session) or not self.renew_root):
            return found
        return self._add(session, ROOT, found, None, self._root)

    def _root(self, key: PrivateKey, now: datetime) -> x509.Certificate:
        """A root whose name no other installation's has: verifiers take an equal name for an imitation."""
        own = x509.SubjectKeyIdentifier.from_public_key(key.public_key()).digest.hex()[:16]
        subject = Subject(f"{self.organisation} Root CA", self.organisation, own)
        return issue_root(subject, key, now, now + ROOT_LIFE)

    def credential(self, session: Session, name: str) -> Certificate:
        """The certificate in use of `platform`, `tsa` or a workspace, made or renewed when it must be.

        Raises a 404 problem for another name, 503 for a workspace nobody has told of yet, and 503 when the root has
        ended.
        """
        if name == PLATFORM and self.operator:
            return self.operator.certificate(session)
        plan, found, root = plan_of(name), newest(session, name), self.root(session)
        if root.not_after <= database_now(session):
            raise Problem(503, "certificate_expired")
        subject = self._subject(session, name)
        if found and not self._due(found, root, plan, subject, database_now(session)):
            return found
        issuer = self.issuer(session, root)
        return self._add(session, name, found, root, _maker(plan, subject, issuer), self._keeps_key(found, plan))

    def serves(self, session: Session, found: Certificate) -> bool:
        """Whether a credential's certificate is the one to use now; writes nothing."""
        if found.credential == PLATFORM and self.operator:
            return False
        plan, root, now = plan_of(found.credential), newest(session, ROOT), database_now(session)
        subject = self._subject(session, found.credential)
        return root is not None and root.not_after > now and not self._due(found, root, plan, subject, now)

    def issuer(self, session: Session, certificate: Certificate) -> Issuer:
        """An authority as it issues."""
        key = self.keys.load(session, certificate.key_ref)
        return Issuer(parsed(certificate), key, self.places(certificate))

    def places(self, certificate: Certificate) -> Places:
        """What an authority publishes where."""
        base = f"{self.public_url}/pki"
        return Places(f"{base}/ca/{certificate.id}.cer", f"{base}/crl/{certificate.id}.crl", f"{base}/ocsp")

    def _subject(self, session: Session, name: str) -> Subject:
        if name in PLANS:
            role = "Time Stamping" if name == TSA else "Platform"
            return Subject(f"{self.organisation} {role}", self.organisation)
        workspace = known_workspace(session, name)
        return Subject(workspace.name, workspace.name, workspace.public_id, role=" CA")

    def _add(
        self, session: Session, name: str, last: Certificate | None, issuer: Certificate | None, make: Make,
        keep_key: bool = True,
    ) -> Certificate:  # fmt: skip
        """Add the next version of a certificate; whoever comes second takes what the first has made."""
        now, version = database_now(session), last.version + 1 if last else 1
        reference = last.key_ref if last and keep_key else self.keys.create(session)
        try:
            with session.begin_nested():
                made = make(self.keys.load(session, reference), now)
                return store(session, name, version, reference, issuer, made)
        except IntegrityError:
            if not (last and keep_key):
                self.keys.destroy(session, reference)
            return session.scalars(newest_first(name).limit(1)).one()

    def _keeps_key(self, found: Certificate | None, plan: Plan) -> bool:
        """A key that served another purpose, whose certificate was revoked, or that is elsewhere, is not used again."""
        if found is None:
            return True
        fits = found.revoked_at is None and found.is_authority == plan.profile.authority
        return fits and self.keys.holds(found.key_ref)

    def _due(self, found: Certificate, root: Certificate, plan: Plan, subject: Subject, now: datetime) -> bool:
        renamed = plan.profile.authority and parsed(found).subject != subject.name()
        ending = found.not_after - now < plan.least and found.not_after < root.not_after
        return renamed or ending or not self._keeps_key(found, plan)


def plan_of(name: str) -> Plan:
    """The plan of a credential that is made on first use; raises a 404 problem for a name that is none."""
    if name not in PLANS and workspace_of(name) is None:
        raise Problem(404, "credential_unknown")
    return PLANS.get(name, OF_WORKSPACES)


def known_workspace(session: Session, name: str) -> Workspace:
    """The workspace of a credential; raises a 503 problem for one nobody has told of yet."""
    workspace = session.get(Workspace, workspace_of(name))
    if workspace is None:
        raise unavailable(1)
    return workspace


def _maker(plan: Plan, subject: Subject, issuer: Issuer) -> Make:
    return lambda key, now: issue(plan.profile, subject, key.public_key(), issuer, now, now + plan.life)
