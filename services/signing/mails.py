"""What became of mails, as evidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.signing import aggregate, evidence


def record_mail(session: Session, kind: str, data: Mapping[str, Any]) -> None:
    """Append ``delivered`` or ``bounced``; one about an agreement that is not known is left."""
    ceremony = aggregate.lock(session, UUID(data["agreement_id"]))
    if ceremony is None:
        return
    happened = datetime.fromisoformat(data["at"]).isoformat()
    detail = {"recipient_id": data["recipient_id"], "purpose": data["purpose"], "happened_at": happened}
    evidence.record(session, ceremony, kind, evidence.SYSTEM, note=data.get("reason"), **detail)
