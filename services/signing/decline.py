"""A signer declines: the ceremony ends."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from chassis.database import EVERYONE
from chassis.problem import not_found
from chassis.service import Runtime
from chassis.tokens import Principal
from services.signing import aggregate, evidence
from services.signing.entrance import Party, enter
from services.signing.models import Ceremony


def decline(runtime: Runtime, ref: str, who: Principal, reason: str) -> None:
    """End the ceremony with this signer's reason; nothing more can be signed."""
    with runtime.db.transaction(EVERYONE) as session:
        _end(session, enter(session, ref, who, hold=True), reason)


def decline_for(runtime: Runtime, agreement_id: UUID, who: Principal, reason: str) -> None:
    """The same for a person whose verified address another service vouches for."""
    with runtime.db.read(EVERYONE) as session:
        ceremony = session.get(Ceremony, agreement_id)
    if ceremony is None:
        raise not_found()
    decline(runtime, ceremony.public_id, who, reason)


def _end(session: Session, party: Party, reason: str) -> None:
    party.demand_open()
    ceremony, recipient, now = party.ceremony, party.recipient, party.now
    recipient.declined_at = ceremony.closed_at = now
    ceremony.closed_kind, ceremony.closed_reason, ceremony.closed_by = "declined", reason, recipient.name
    evidence.record(session, ceremony, "declined", evidence.signer(recipient), party.who, now, note=reason)
    aggregate.tell_of(session, ceremony, recipient, "signing.declined.v1", now, reason=reason)
