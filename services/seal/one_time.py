"""One-time credentials: a certificate in a person's name for one act of signing, whose key makes one signature.

The key is destroyed in the transaction that keeps the signature; who asks again for the same digest gets the same
signature. An attempt takes the place of all before it, so an act has one key that signs.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.problem import Problem
from services.seal import certificates
from services.seal.algorithms import sign_digest
from services.seal.authority import ONE_TIME_LIFE, Authority, known_workspace
from services.seal.certificates import Subject, issue
from services.seal.issued import store
from services.seal.models import Certificate, OneTime
from services.seal.names import issuing, one_time


@dataclass(frozen=True, slots=True)
class Act:
    """An act of signing: whose, in which workspace, and which attempt at it."""

    id: UUID
    workspace: UUID
    name: str
    attempt: int = 1

    @property
    def credential(self) -> str:
        return one_time(self.id, self.attempt)


def issue_one_time(session: Session, authority: Authority, act: Act) -> str:
    """The name of the act's credential, made at the first call.

    Raises a 409 problem when the act is another workspace's or a later attempt took its place, and 503 for a workspace
    nobody has told of yet.
    """
    found = session.get(OneTime, act.credential)
    if found is None:
        issuer = authority.credential(session, issuing(act.workspace))
        found = _issue(session, authority, act, issuer) or session.get_one(OneTime, act.credential)
    if found.workspace_id != act.workspace:
        raise Problem(409, "conflict")
    return found.credential


def _issue(session: Session, authority: Authority, act: Act, issuer: Certificate) -> OneTime | None:
    """Make key and certificate; None when somebody else has just done so."""
    try:
        with session.begin_nested():
            row = OneTime(credential=act.credential, workspace_id=act.workspace, act_id=act.id, attempt=act.attempt)
            session.add(row)
            session.flush()
            _take_place(session, authority, act)
            _certify(session, authority, act, issuer)
    except IntegrityError:
        return None
    return row


def _certify(session: Session, authority: Authority, act: Act, issuer: Certificate) -> None:
    workspace, now = known_workspace(session, issuing(act.workspace)), database_now(session)
    reference = authority.keys.create(session, once=True)
    key = authority.keys.load(session, reference).public_key()
    subject = Subject(act.name, workspace.name, str(act.id))
    made = issue(certificates.SIGNER, subject, key, authority.issuer(session, issuer), now, now + ONE_TIME_LIFE)
    store(session, act.credential, 1, reference, issuer, made)


def _take_place(session: Session, authority: Authority, act: Act) -> None:
    """End the attempts before this one; raises a 409 problem when there is a later one or the act is another's."""
    others = select(OneTime).where(OneTime.act_id == act.id, OneTime.attempt != act.attempt).with_for_update()
    for row in session.scalars(others):
        if row.workspace_id != act.workspace:
            raise Problem(409, "conflict")
        if row.attempt > act.attempt:
            raise Problem(409, "credential_used")
        if row.ended_at is None:
            certificate = session.scalars(select(Certificate).where(Certificate.credential == row.credential)).one()
            end(session, authority, row, certificate)


def sign_once(session: Session, authority: Authority, certificate: Certificate, digest: bytes) -> tuple[bytes, bool]:
    """The credential's one signature, and whether it was made just now.

    Raises a 409 problem when it was made over another digest, or when a later attempt took its place.
    """
    query = select(OneTime).where(OneTime.credential == certificate.credential).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one()
    if row.signature is not None and row.hash == digest.hex():
        return row.signature, False
    if row.ended_at is not None or _overtaken(session, row):
        raise Problem(409, "credential_used")
    row.signature = sign_digest(authority.keys.load(session, certificate.key_ref), digest)
    row.hash = digest.hex()
    end(session, authority, row, certificate)
    return row.signature, True


def _overtaken(session: Session, row: OneTime) -> bool:
    """Whether there is a later attempt: one that began at the same time as this one has not ended it."""
    later = select(OneTime.credential).where(OneTime.act_id == row.act_id, OneTime.attempt > row.attempt)
    return session.scalars(later.limit(1)).first() is not None


def end(session: Session, authority: Authority, row: OneTime, certificate: Certificate) -> None:
    """Destroy a credential's key for good."""
    row.ended_at = database_now(session)
    authority.keys.destroy(session, certificate.key_ref)
