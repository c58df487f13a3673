"""The texts a person agrees to, and the record of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from chassis.ids import new_key
from services.identity.models import Consent

VERSIONS: Mapping[str, tuple[str, ...]] = {
    "terms": ("2026-11-01",),
    "privacy": ("2026-11-01",),
    "data_processing": ("2026-11-01",),
}
NEWSLETTER = "newsletter"


def current_versions() -> dict[str, str]:
    """The newest version of each text."""
    return {kind: versions[-1] for kind, versions in VERSIONS.items()}


def record(session: Session, account_id: uuid.UUID, kind: str, version: str, ip: str, *, given: bool = True) -> None:
    """Keep that a person agreed to a text, or withdrew."""
    session.add(
        Consent(
            id=new_key(), account_id=account_id, kind=kind, version=version, given=given, at=datetime.now(UTC), ip=ip
        )
    )
