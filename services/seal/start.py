"""What *seal* does when it starts: open the key store, make root and platform certificate, refuse ended ones."""

from __future__ import annotations

from typing import cast

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.service import Runtime
from chassis.settings import BadSettings
from services.seal.authority import PLATFORM, ROOT, Authority, newest
from services.seal.keystore import DatabaseKeys, WrongSecret
from services.seal.models import Certificate
from services.seal.settings import SealSettings


def open_authority(runtime: Runtime) -> Authority:
    """The authority of this installation; raises `BadSettings` when it cannot sign.

    Before the first migration there are no tables yet and nothing is checked.
    """
    settings = cast(SealSettings, runtime.settings)
    lenient = settings.embedded or settings.renew_expired
    authority = Authority(DatabaseKeys(settings.secret_key), settings.organisation, lenient)
    try:
        if inspect(runtime.db.engine).has_table(Certificate.__tablename__):
            with runtime.db.transaction(EVERYONE) as session:
                _begin(session, authority, lenient)
    finally:
        runtime.db.engine.dispose()  # processes forked from this one open connections of their own
    return authority


def _begin(session: Session, authority: Authority, lenient: bool) -> None:
    for name in () if lenient else (ROOT, PLATFORM):
        _refuse_ended(session, name)
    try:
        authority.keys.load(session, authority.root(session).key_ref)
        authority.credential(session, PLATFORM)
    except WrongSecret as error:
        raise BadSettings("SECRET_KEY is wrong: it does not open the signing keys in the database.") from error


def _refuse_ended(session: Session, name: str) -> None:
    found = newest(session, name)
    if found and found.not_after <= database_now(session):
        ended = found.not_after.date().isoformat()
        raise BadSettings(f"The {name} certificate ended on {ended}: set RENEW_EXPIRED=on to replace it.")
