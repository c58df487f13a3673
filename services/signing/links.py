"""Links people are mailed: 256 random bits, of which only the digest is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from chassis.ids import digest, new_secret
from chassis.service import Runtime
from services.signing.models import Ceremony, Link, Phone, Recipient

PREFIX = "sgl"
CEREMONY, DOWNLOAD = "ceremony", "download"
DOWNLOAD_DAYS = timedelta(days=30)


def issue(
    runtime: Runtime, session: Session, ceremony: Ceremony, recipient: Recipient, kind: str, now: datetime,
    expires_at: datetime | None = None,
) -> str:  # fmt: skip
    """Make a link; returns its address, sealed."""
    raw = new_secret(PREFIX)
    session.add(
        Link(
            digest=digest(raw), workspace_id=ceremony.workspace_id, agreement_id=ceremony.id,
            recipient_id=recipient.id, kind=kind, created_at=now, expires_at=expires_at,
        )
    )  # fmt: skip
    return runtime.sealer.seal(f"{runtime.settings.public_url}/sign/{raw}")


def revoke(session: Session, recipient: Recipient, now: datetime) -> None:
    """End every link the recipient has, and every offer to draw on a phone."""
    live = (Link.recipient_id == recipient.id) & Link.revoked_at.is_(None)
    session.execute(update(Link).where(live).values(revoked_at=now))
    session.execute(delete(Phone).where(Phone.recipient_id == recipient.id))
