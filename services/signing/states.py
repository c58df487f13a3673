"""How things stand, told from timestamps: of a ceremony, and of a ceremony for one of its signers."""

from __future__ import annotations

from datetime import datetime

from chassis.problem import Problem
from services.signing.models import Ceremony, Recipient

OPEN = "open"
AFTER = frozenset({"completed", "already_signed"})
STATUS = {"verification_locked": 423}


def ending(ceremony: Ceremony, now: datetime) -> str | None:
    """Why nothing more can be signed: voided, declined, expired or completed; None while it is open."""
    if ceremony.closed_kind:
        return ceremony.closed_kind
    if ceremony.completed_at:
        return "completed"
    return "expired" if now >= ceremony.deadline else None


def state(ceremony: Ceremony, recipient: Recipient, now: datetime) -> str:
    """`OPEN`, or the code of what keeps this signer from signing."""
    if ceremony.closed_kind or ceremony.completed_at:
        return ending(ceremony, now) or OPEN
    if recipient.finished_at:
        return "already_signed"
    if now >= ceremony.deadline:
        return "expired"
    if ceremony.revision == 0:
        return "preparing"
    if recipient.locked_at:
        return "verification_locked"
    return OPEN if recipient.invited_at else "not_your_turn"


def demand(found: str, *allowed: str) -> None:
    """Raise the problem of a state that is not allowed here."""
    if found not in allowed:
        raise Problem(STATUS.get(found, 409), found)
