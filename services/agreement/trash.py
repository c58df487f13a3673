"""Objects nobody owns leave the store: those of deleted documents, and those of uploads that were never finished."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, Scope, database_now
from chassis.doorbell import ring_after_commit
from chassis.service import Loop, Runtime
from services.agreement.limits import WIDTHS
from services.agreement.models import Document, Trash

UNFINISHED = timedelta(hours=1)
AT_ONCE = 50


def image_key(document: Document, page: int, width: int) -> str:
    """Where the picture of a page is kept."""
    return f"{document.key.removesuffix('.pdf')}/{page}-{width}.webp"


def announce(runtime: Runtime, scope: Scope, keys: Iterable[str]) -> None:
    """Say which objects are about to be written; unless `keep` is called they are removed after an hour."""
    with runtime.db.transaction(scope) as session:
        due = database_now(session) + UNFINISHED
        session.add_all(Trash(key=key, due_at=due) for key in keys)


def keep(session: Session, keys: Iterable[str]) -> None:
    """The objects have an owner from this transaction on."""
    session.execute(delete(Trash).where(Trash.key.in_(list(keys))))


def throw_away(session: Session, document: Document) -> None:
    """Remove a document's files after the transaction."""
    images = [image_key(document, page, width) for page in range(len(document.pages)) for width in WIDTHS]
    now = database_now(session)
    session.add_all(Trash(key=key, due_at=now) for key in (document.key, document.original_key, *images))
    ring_after_commit(session, LOOP.name)


def _turn(runtime: Runtime) -> bool:
    with runtime.db.read(EVERYONE) as session:
        due = select(Trash.key).where(Trash.due_at <= database_now(session)).order_by(Trash.due_at).limit(AT_ONCE)
        keys = list(session.scalars(due))
    for key in keys:
        runtime.storage.delete(key)
    if keys:
        with runtime.db.transaction(EVERYONE) as session:
            keep(session, keys)
    return len(keys) == AT_ONCE


LOOP = Loop("agreement_trash", _turn, every=60.0)
