"""A signer hands over to somebody else, if the sender allowed it."""

from __future__ import annotations

from chassis.database import EVERYONE
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.tokens import Principal
from services.signing import aggregate, become, evidence
from services.signing.entrance import enter


def reassign(runtime: Runtime, ref: str, who: Principal, name: str, email: str, language: str) -> None:
    """Make somebody else the signer in one's own place; what was filled in is taken out, the own links are dead.

    A check stays as the sender set it. Raises 403 reassign_not_allowed, 422 recipient_duplicate, also for oneself.
    """
    with runtime.db.transaction(EVERYONE) as session:
        party = enter(session, ref, who, hold=True)
        party.demand_open()
        ceremony, recipient, now = party.ceremony, party.recipient, party.now
        if not ceremony.allow_reassign:
            raise Problem(403, "reassign_not_allowed")
        if email == recipient.email:
            raise Problem(422, "recipient_duplicate")
        actor, by = evidence.signer(recipient), recipient.name
        person = {"name": name, "email": email, "language": language or recipient.language}
        said = become.become(runtime, session, ceremony, recipient, person, now)
        evidence.record(session, ceremony, "reassigned", actor, who, now, **said)
        aggregate.tell_of(
            session, ceremony, recipient, "signing.reassigned.v1", now, by=by, title=ceremony.title,
            public_id=ceremony.public_id, sender=aggregate.sender(ceremony), **person,
        )  # fmt: skip
        become.invite_again(runtime, session, ceremony, recipient, True, now)
