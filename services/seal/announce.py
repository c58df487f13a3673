"""Events *seal* emits about seals, each with the next version of its seal, whose lock the caller holds."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.outbox import emit
from chassis.tokens import Principal
from services.seal.models import Seal


def tell(session: Session, seal: Seal, type: str, by: Principal | None, **more: Any) -> None:
    """Tell what somebody did with a seal; None when nobody did, but a member was removed."""
    seal.version += 1
    data = {
        "seal_id": str(seal.id), "workspace_id": str(seal.workspace_id), "name": seal.name,
        "by": by and by.told(), "at": database_now(session).isoformat(), **more,
    }  # fmt: skip
    emit(session, type, subject=seal.id, sequence=seal.version, data=data, workspace=seal.workspace_id)
