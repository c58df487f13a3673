"""Lists of people are not kept: what was begun and left lying, or was finished, is forgotten after thirty days."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from chassis.database import EVERYONE, database_now
from chassis.service import Loop, Runtime
from services.workspace.imports.lists import INVITING
from services.workspace.models import Import, ImportRow

KEPT = timedelta(days=30)


def forget_one(runtime: Runtime) -> bool:
    """Forget the oldest list whose time is over, with its rows; False when there is none."""
    with runtime.db.transaction(EVERYONE) as session:
        old = select(Import).where(Import.status != INVITING, Import.created_at < database_now(session) - KEPT)
        found = session.scalars(old.order_by(Import.created_at).limit(1).with_for_update(skip_locked=True)).first()
        if found is None:
            return False
        session.execute(delete(ImportRow).where(ImportRow.import_id == found.id))
        session.delete(found)
    return True


LOOP = Loop("forget_imports", forget_one, 3600.0)
