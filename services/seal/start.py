"""What *seal* does when it starts: open the key stores, make the certificates of the platform, refuse ended ones."""

from __future__ import annotations

import logging
from typing import cast

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, Database, database_now
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.settings import BadSettings
from services.seal.authority import Authority
from services.seal.issued import newest
from services.seal.keys import WrongSecret, open_keys
from services.seal.models import Certificate
from services.seal.names import PLATFORM, ROOT, TSA
from services.seal.operator_certificate import open_operator_certificate
from services.seal.settings import SealSettings

log = logging.getLogger(__name__)


def open_authority(runtime: Runtime) -> Authority:
    """The authority of this installation; raises `BadSettings` when it cannot sign.

    Before the newest migration nothing is checked. A key store that is away is waited for by who first needs it.
    """
    settings = cast(SealSettings, runtime.settings)
    lenient = settings.embedded or settings.renew_expired
    operator = open_operator_certificate(settings)
    keys = open_keys(settings, operator.key if operator else None)
    authority = Authority(keys, settings.organisation, lenient, settings.public_url, operator)
    try:
        if _migrated(runtime.db):
            with runtime.db.transaction(EVERYONE) as session:
                _begin(session, authority, lenient)
    except Problem as error:
        log.warning("certificates are made later: %s", error)
    finally:
        runtime.db.engine.dispose()  # processes forked from this one open connections of their own
    return authority


def _migrated(db: Database) -> bool:
    found, table = inspect(db.engine), Certificate.__table__
    return found.has_table(table.name) and {one["name"] for one in found.get_columns(table.name)} >= {
        column.name for column in table.columns
    }


def _begin(session: Session, authority: Authority, lenient: bool) -> None:
    own = (ROOT,) if authority.operator else (ROOT, PLATFORM)
    for name in () if lenient else own:
        _refuse_ended(session, name)
    try:
        authority.keys.load(session, authority.root(session).key_ref)
        for name in (PLATFORM, TSA):
            authority.credential(session, name)
    except WrongSecret as error:
        raise BadSettings(str(error)) from error


def _refuse_ended(session: Session, name: str) -> None:
    found = newest(session, name)
    if found and found.not_after <= database_now(session):
        ended = found.not_after.date().isoformat()
        raise BadSettings(f"The {name} certificate ended on {ended}: set RENEW_EXPIRED=on to replace it.")
