"""A signer opens the agreement."""

from __future__ import annotations

from chassis.database import EVERYONE
from chassis.service import Runtime
from chassis.tokens import Principal
from services.signing import aggregate, evidence
from services.signing.entrance import enter


def view(runtime: Runtime, ref: str, who: Principal) -> None:
    """Record the first opening; later ones change nothing."""
    with runtime.db.transaction(EVERYONE) as session:
        party = enter(session, ref, who, hold=True)
        party.demand_open()
        if party.recipient.viewed_at:
            return
        party.recipient.viewed_at = party.now
        evidence.record(session, party.ceremony, "opened", evidence.signer(party.recipient), who, party.now)
        aggregate.tell_of(session, party.ceremony, party.recipient, "signing.viewed.v1", party.now)
