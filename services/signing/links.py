"""Links people are mailed: 256 random bits, of which only the digest is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
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


def end_of_member(session: Session, workspace: UUID, email: str, until: datetime) -> None:
    """End what somebody was mailed, until then, to sign agreements of a company in which they work no longer.

    The sender can mail another link, to them or to whoever takes their place.
    """
    open_ = Ceremony.closed_kind.is_(None) & Ceremony.completed_at.is_(None) & (Ceremony.workspace_id == workspace)
    theirs = (Recipient.email == email) & Recipient.finished_at.is_(None) & Recipient.declined_at.is_(None)
    joined = select(Recipient.id).join(Ceremony, Ceremony.id == Recipient.agreement_id).where(open_, theirs)
    live = Link.recipient_id.in_(joined) & (Link.created_at <= until) & Link.revoked_at.is_(None)
    session.execute(update(Link).where(live).values(revoked_at=until).execution_options(synchronize_session=False))
    drawn = Phone.recipient_id.in_(joined) & (Phone.created_at <= until)
    session.execute(delete(Phone).where(drawn).execution_options(synchronize_session=False))
