"""Registering: a code to the address, then the account with its consents."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from chassis.database import EVERYONE
from chassis.ids import new_key
from chassis.problem import Problem
from chassis.service import Runtime
from services.identity import codes, consents
from services.identity.accounts import by_email
from services.identity.announce import announce_registered
from services.identity.codes import Slot
from services.identity.models import Account
from services.identity.passwords import check_password
from services.identity.preferences import date_format_of, zone_of_region

REGISTER, KNOWN = "register", "known_address"


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """Who registers; ``consents`` maps each text to the version agreed to, ``time_zone`` is the browser's, if told.

    ``own_workspace`` is False for who joins the workspace that invites them.
    """

    email: str
    consents: Mapping[str, str]
    name: str = ""
    region: str = "SG"
    newsletter: bool = False
    language: str = "en"
    time_zone: str = ""
    ip: str = ""
    own_workspace: bool = True


@dataclass(frozen=True, kw_only=True)
class Registration(NewPerson):
    """Somebody who proves the address by a mailed code and logs in by password."""

    code: str
    password: str


def request_registration_code(runtime: Runtime, email: str, ip: str, language: str) -> None:
    """Mail a code to a new address, and to a registered one that it is registered."""
    with runtime.db.transaction(EVERYONE) as session:
        known = by_email(session, email)
        mail, language = (KNOWN, known.language) if known else (REGISTER, language)
        codes.request_code(runtime, session, Slot(REGISTER, email), ip, language, mail)


def register(runtime: Runtime, form: Registration) -> Account:
    """Make the account; raises the problems of the password and code_wrong."""
    check_password(form.password, form.email)
    code_id = codes.spend_try(runtime, Slot(REGISTER, form.email), form.code)
    password_hash = runtime.parts.hash(form.password)
    with runtime.db.transaction(EVERYONE) as session:
        codes.consume(session, code_id)
        return add_account(session, form, password_hash)


def register_invited(runtime: Runtime, person: NewPerson, password: str) -> Account:
    """Make the account of somebody whose link to an invitation proves the address; raises the problems of the password.

    Raises email_taken (409) when the address has an account.
    """
    check_password(password, person.email)
    password_hash = runtime.parts.hash(password)
    with runtime.db.transaction(EVERYONE) as session:
        if by_email(session, person.email):
            raise Problem(409, "email_taken")
        return add_account(session, person, password_hash)


def add_account(session: Session, person: NewPerson, password_hash: str) -> Account:
    """Make the account with its consents, and tell of it; an address that has one raises IntegrityError."""
    account = _new_account(person, password_hash)
    session.add(account)
    session.flush()
    _record_consents(session, account, person)
    announce_registered(session, account, person.own_workspace)
    return account


def _new_account(form: NewPerson, password_hash: str) -> Account:
    return Account(
        id=new_key(), email=form.email, name=form.name or name_from(form.email), password_hash=password_hash,
        region=form.region, newsletter=form.newsletter, language=form.language,
        date_format=date_format_of(form.language), time_zone=form.time_zone or zone_of_region(form.region), version=1,
        created_at=datetime.now(UTC),
    )  # fmt: skip


def _record_consents(session: Session, account: Account, form: NewPerson) -> None:
    for kind, version in form.consents.items():
        consents.record(session, account.id, kind, version, form.ip)
    if form.newsletter:
        consents.record(session, account.id, consents.NEWSLETTER, "", form.ip)


def name_from(email: str) -> str:
    """A name to begin with: ``alice.tan+x@example.com`` is Alice Tan."""
    local = unicodedata.normalize("NFC", email.partition("@")[0]).partition("+")[0]
    words = "".join(char if char.isalnum() else " " for char in local).split()
    return " ".join(word.capitalize() for word in words)[:100] or email[:100]
