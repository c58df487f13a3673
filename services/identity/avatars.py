"""A person's picture: made safe and square in the sandbox, kept in the object store, served with private caching."""

from __future__ import annotations

import uuid

from chassis.database import EVERYONE, database_now
from chassis.ids import new_key
from chassis.service import Runtime
from chassis.storage import Stored, scratch_folder
from services.identity import pictures
from services.identity.accounts import by_key
from services.identity.forgetting import KEEP_IMAGES
from services.identity.models import Account, DiscardedImage

KIND = "image/webp"


def replace(runtime: Runtime, account_id: uuid.UUID, data: bytes) -> Account:
    """Give the account a new picture from an uploaded PNG or JPEG; raises a 422 problem for anything else."""
    stored = _keep(runtime, account_id, pictures.square(data))
    return _set(runtime, account_id, stored.key, stored.sha256)


def remove(runtime: Runtime, account_id: uuid.UUID) -> Account:
    """Take the picture away."""
    return _set(runtime, account_id, None, None)


def _set(runtime: Runtime, account_id: uuid.UUID, key: str | None, sha256: str | None) -> Account:
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id, lock=True)
        if account.avatar_key:
            at_once = database_now(session) - KEEP_IMAGES
            session.add(DiscardedImage(image_key=account.avatar_key, discarded_at=at_once))
        account.avatar_key, account.avatar_sha256 = key, sha256
    return account


def _keep(runtime: Runtime, account_id: uuid.UUID, webp: bytes) -> Stored:
    with scratch_folder() as folder:
        path = folder / "avatar.webp"
        path.write_bytes(webp)
        return runtime.storage.put(f"avatars/{account_id}/{new_key()}.webp", path)
