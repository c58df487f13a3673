"""Personal signatures: a person has several, and exactly one of them is the default one.

Every change locks the account's row first; the default is a pointer there.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chassis.database import EVERYONE
from chassis.ids import new_key
from chassis.problem import Problem, not_found
from chassis.service import Runtime
from chassis.storage import Stored
from services.identity import pictures
from services.identity.accounts import by_key
from services.identity.models import Account, DiscardedImage, Signature

MOST = 50


@dataclass(frozen=True, slots=True)
class Image:
    """A finished picture and what it is: typed, drawn or uploaded; ``style`` belongs to typed ones."""

    kind: str
    name: str
    png: bytes
    style: str | None = None


def add(runtime: Runtime, account_id: uuid.UUID, image: Image) -> Signature:
    """Keep a signature; the first one becomes the default. Raises signatures_full beyond `MOST`."""
    stored = pictures.keep(runtime, account_id, image.png)
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id, lock=True)
        _demand_room(session, account_id)
        signature = _new_signature(account, image, stored)
        session.add(signature)
        if account.default_signature_id is None:
            account.default_signature_id = signature.id
    return signature


def _demand_room(session: Session, account_id: uuid.UUID) -> None:
    query = select(func.count()).select_from(Signature).where(Signature.account_id == account_id)
    if (session.scalar(query) or 0) >= MOST:
        raise Problem(409, "signatures_full")


def _new_signature(account: Account, image: Image, stored: Stored) -> Signature:
    return Signature(
        id=new_key(), account_id=account.id, kind=image.kind, name=image.name, style=image.style,
        image_key=stored.key, image_sha256=stored.sha256, created_at=datetime.now(UTC),
    )  # fmt: skip


def of_account(session: Session, account_id: uuid.UUID) -> tuple[uuid.UUID | None, Sequence[Signature]]:
    """The key of the default one, and all of them, oldest first."""
    query = select(Signature).where(Signature.account_id == account_id).order_by(Signature.id)
    return by_key(session, account_id).default_signature_id, session.scalars(query).all()


def find(session: Session, account_id: uuid.UUID, key: uuid.UUID | None) -> Signature:
    """One of the account's own; raises the 404 problem."""
    query = select(Signature).where(Signature.id == key, Signature.account_id == account_id)
    signature: Signature | None = session.scalars(query).one_or_none()
    if signature is None:
        raise not_found()
    return signature


def edit(
    runtime: Runtime, account_id: uuid.UUID, key: uuid.UUID | None, name: str | None, style: str | None, default: bool
) -> Signature:
    """Give a signature another name or style, or make it the default one; a typed one is written anew."""
    with runtime.db.read(EVERYONE) as session:
        found = find(session, account_id, key)
    stored = _rewrite(runtime, found, name, style)
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id, lock=True)
        signature = find(session, account_id, key)
        signature.name = name or signature.name
        if stored:
            _discard(session, signature.image_key)
            signature.style = style or signature.style
            signature.image_key, signature.image_sha256 = stored.key, stored.sha256
        if default:
            account.default_signature_id = signature.id
    return signature


def _rewrite(runtime: Runtime, signature: Signature, name: str | None, style: str | None) -> Stored | None:
    if style and signature.kind != "typed":
        raise Problem(422, "signature_not_typed")
    text, hand = name or signature.name, style or signature.style
    if hand is None or (text, hand) == (signature.name, signature.style):
        return None
    return pictures.keep(runtime, signature.account_id, pictures.write_name(text, hand))


def delete(session: Session, account_id: uuid.UUID, key: uuid.UUID | None) -> None:
    """Delete a signature; when it was the default one, the newest of the others becomes it."""
    account = by_key(session, account_id, lock=True)
    signature = find(session, account_id, key)
    _discard(session, signature.image_key)
    session.delete(signature)
    session.flush()
    if account.default_signature_id == signature.id:
        query = select(Signature.id).where(Signature.account_id == account_id).order_by(Signature.id.desc()).limit(1)
        account.default_signature_id = session.scalars(query).one_or_none()


def _discard(session: Session, image_key: str) -> None:
    session.add(DiscardedImage(image_key=image_key, discarded_at=datetime.now(UTC)))
