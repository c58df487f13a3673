"""Logging in by an OpenID Connect issuer: recognised, registered the first time, or linked once the owner confirmed.

The gateway has verified what the issuer said; the address counts only as far as the issuer vouches for it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.ids import new_key
from chassis.problem import Problem, not_found
from chassis.service import Runtime
from services.identity import codes, login, passkeys, proofs
from services.identity.accounts import by_email, by_key
from services.identity.announce import announce_security
from services.identity.codes import Slot
from services.identity.models import Account, ExternalLogin
from services.identity.registration import NewPerson, add_account

LINK = "link_login"
MOST = 10


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who somebody is at an issuer; ``title`` is what people call the issuer, ``verified`` its word for the address."""

    provider: str
    title: str
    issuer: str
    subject: str
    email: str = ""
    verified: bool = False


def recognise(runtime: Runtime, identity: Identity) -> tuple[str, Account | None]:
    """What is to happen: ``known`` with the account, ``register``, ``link``, or ``unverified``."""
    with runtime.db.read(EVERYONE) as session:
        if found := _find(session, identity):
            return "known", by_key(session, found.account_id)
        if not (identity.verified and identity.email):
            return "unverified", None
        return ("link" if by_email(session, identity.email) else "register"), None


def register(runtime: Runtime, identity: Identity, person: NewPerson) -> Account:
    """Make an account without password; raises external_known (409) when the identity or address has one by now."""
    with runtime.db.transaction(EVERYONE) as session:
        if not identity.verified or _find(session, identity) or by_email(session, identity.email):
            raise Problem(409, "external_known")
        account = add_account(session, person, "")
        _add(session, account, identity)
    return account


def request_link_code(runtime: Runtime, identity: Identity, ip: str) -> None:
    """Mail a code to the owner of the account that has the identity's address."""
    with runtime.db.transaction(EVERYONE) as session:
        account = _owner(session, identity)
        codes.request_code(runtime, session, _slot(account), ip, account.language, LINK)


def link_by_code(runtime: Runtime, identity: Identity, code: str) -> Account:
    """Link the identity to the account of its address by a mailed code; raises code_wrong."""
    with runtime.db.read(EVERYONE) as session:
        slot = _slot(_owner(session, identity))
    code_id = codes.spend_try(runtime, slot, code)
    with runtime.db.transaction(EVERYONE) as session:
        codes.consume(session, code_id)
        return _link(session, identity)


def link_by_password(runtime: Runtime, identity: Identity, password: str, ip: str) -> Account:
    """The same by the account's password; raises what `login.authenticate` does."""
    login.authenticate(runtime, identity.email, password, ip)
    with runtime.db.transaction(EVERYONE) as session:
        return _link(session, identity)


def _link(session: Session, identity: Identity) -> Account:
    account = _owner(session, identity)
    if _find(session, identity):
        raise Problem(409, "external_known")
    _add(session, account, identity)
    announce_security(session, account, "login_linked", identity.title)
    return account


def _owner(session: Session, identity: Identity) -> Account:
    account = by_email(session, identity.email, lock=True) if identity.verified else None
    if account is None:
        raise not_found()
    return account


def _slot(account: Account) -> Slot:
    return Slot(LINK, account.email, str(account.id))


def _find(session: Session, identity: Identity) -> ExternalLogin | None:
    same = (ExternalLogin.issuer == identity.issuer, ExternalLogin.subject == identity.subject)
    found: ExternalLogin | None = session.scalars(select(ExternalLogin).where(*same)).one_or_none()
    return found


def _add(session: Session, account: Account, identity: Identity) -> None:
    row = ExternalLogin(
        id=new_key(), account_id=account.id, provider=identity.title, issuer=identity.issuer,
        subject=identity.subject, email=identity.email, linked_at=database_now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()


def prove(runtime: Runtime, identity: Identity, account_id: uuid.UUID, of_session: str) -> None:
    """Keep a proof for a session whose person has just logged in at an issuer.

    Raises proof_of_another (422) unless the account logs in there as just this one.
    """
    with runtime.db.read(EVERYONE) as session:
        found = _find(session, identity)
    if found is None or found.account_id != account_id:
        raise Problem(422, "proof_of_another")
    proofs.by_issuer(runtime, account_id, of_session)


def link_further(runtime: Runtime, identity: Identity, account_id: uuid.UUID, of_session: str) -> None:
    """Link one more login to an account, whatever its address there; doing it again is harmless.

    Raises proof_needed (403), external_of_another (409), and logins_full (409) beyond `MOST`.
    """
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id, lock=True)
        proofs.demand_in(session, account_id, of_session)
        if known := _find(session, identity):
            if known.account_id != account_id:
                raise Problem(409, "external_of_another")
            return
        if len(of_account(session, account_id)) >= MOST:
            raise Problem(409, "logins_full")
        _add(session, account, identity)
        announce_security(session, account, "login_linked", identity.title)


def of_account(session: Session, account_id: uuid.UUID) -> Sequence[ExternalLogin]:
    """A person's logins elsewhere, oldest first."""
    mine = select(ExternalLogin).where(ExternalLogin.account_id == account_id)
    return session.scalars(mine.order_by(ExternalLogin.id)).all()


def unlink(runtime: Runtime, account_id: uuid.UUID, key: uuid.UUID | None) -> None:
    """Take a login off the account; raises the 404 problem, and last_login (409) when it is the only way in."""
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id, lock=True)
        mine = of_account(session, account_id)
        row = next((one for one in mine if one.id == key), None)
        if row is None:
            raise not_found()
        if len(mine) == 1 and not account.has_password and not passkeys.count(session, account_id):
            raise Problem(409, "last_login")
        session.delete(row)
        announce_security(session, account, "login_unlinked", row.provider)
