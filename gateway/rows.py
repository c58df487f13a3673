"""Writing a row that somebody else may write at the same moment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def keep_newer(session: Session, model: Any, key: UUID, version: int, values: dict[str, Any]) -> None:
    """Write a row unless it is there with this version or a newer one."""
    insert = insert_into(session, model).values(id=key, version=version, **values)
    newer = insert.on_conflict_do_update(
        index_elements=["id"], set_={**values, "version": version}, where=model.version < version
    )
    session.execute(newer)


def ensure(session: Session, model: Any, key: UUID, values: dict[str, Any]) -> Any:
    """The row of a key, locked; made with version 0 when there is none."""
    session.execute(insert_into(session, model).values(id=key, version=0, **values).on_conflict_do_nothing())
    return session.get_one(model, key, with_for_update=True, populate_existing=True)


def insert_into(session: Session, model: Any) -> Any:
    """An INSERT of the session's database that can say what happens on a conflict."""
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(model)
