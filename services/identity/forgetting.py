"""The sweep that forgets what is over: codes, counters, images of deleted signatures."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from chassis.database import EVERYONE, database_now
from chassis.service import Runtime
from services.identity.models import Ceremony, Code, DiscardedImage, LoginGuard, Proof, Throttle

A_DAY = timedelta(days=1)
KEEP_IMAGES = timedelta(days=90)  # longer than an agreement that shows the image stays open


def forget(runtime: Runtime) -> bool:
    """Delete rows nobody needs any more and some discarded images; whether there may be more."""
    with runtime.db.transaction(EVERYONE) as session:
        old = database_now(session) - A_DAY
        session.execute(delete(Code).where(Code.expires_at < old))
        session.execute(delete(Ceremony).where(Ceremony.expires_at < old))
        session.execute(delete(Proof).where(Proof.expires_at < old))
        session.execute(delete(LoginGuard).where(LoginGuard.failed_at < old))
        session.execute(delete(Throttle).where(Throttle.started_at < old))
    return _remove_images(runtime)


def _remove_images(runtime: Runtime) -> bool:
    with runtime.db.read(EVERYONE) as session:
        over = DiscardedImage.discarded_at < database_now(session) - KEEP_IMAGES
        keys = session.scalars(select(DiscardedImage.image_key).where(over).limit(100)).all()
    for key in keys:
        runtime.storage.delete(key)
    if keys:
        with runtime.db.transaction(EVERYONE) as session:
            session.execute(delete(DiscardedImage).where(DiscardedImage.image_key.in_(keys)))
    return bool(keys)
