"""Who comes in, and as which signer: by a link, or as a person whose verified address is the signer's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import parse_public_id
from chassis.problem import Problem, not_found
from chassis.tokens import Kind, Principal
from services.signing import aggregate, links, states
from services.signing.models import Ceremony, Link, Proof, Recipient

BY_LINK = "link"


@dataclass(frozen=True)
class Party:
    """A signer who came in, at a moment of the database's clock."""

    ceremony: Ceremony
    recipient: Recipient
    who: Principal
    link: Link | None
    passed: bool
    now: datetime

    @property
    def state(self) -> str:
        """`states.OPEN` or the code of what blocks this signer."""
        return states.state(self.ceremony, self.recipient, self.now)

    def demand_open(self) -> None:
        """Raise unless this signer may sign now, in this browser."""
        states.demand(self.state, states.OPEN)
        self.demand_check()

    def demand_readable(self) -> None:
        """Raise unless this signer may read the document now, in this browser."""
        states.demand(self.state, states.OPEN, *states.AFTER)
        self.demand_check()

    def demand_check(self) -> None:
        """Raise 403 check_required unless the check was passed in this browser."""
        if not self.passed:
            raise Problem(403, "check_required", check=self.recipient.check)


def enter(session: Session, ref: str, who: Principal, hold: bool = False) -> Party:
    """The signer this principal is; with ``hold`` the ceremony's row is held.

    Raises 404 not_found, 410 link_replaced.
    """
    if who.kind is Kind.LINK:
        return _by_link(session, ref, who, hold)
    return _by_address(session, ref, who, hold)


def _by_link(session: Session, ref: str, who: Principal, hold: bool) -> Party:
    link = session.get(Link, who.subject)
    if link is None:
        raise not_found()
    ceremony = _ceremony(session, link.agreement_id, hold)
    if ref not in (BY_LINK, ceremony.public_id):
        raise not_found()
    session.refresh(link)
    now = database_now(session)
    if link.revoked_at or (link.expires_at and link.expires_at <= now):
        raise Problem(410, "link_replaced" if link.revoked_at else "link_expired")
    recipient = session.get_one(Recipient, link.recipient_id, populate_existing=True)
    return Party(ceremony, recipient, who, link, _passed(session, recipient, who, link), now)


def _by_address(session: Session, ref: str, who: Principal, hold: bool) -> Party:
    key = parse_public_id("agr", ref)
    if key is None or not who.email:
        raise not_found()
    mine = (Recipient.agreement_id == key) & (Recipient.email == who.email.lower())
    if session.scalars(select(Recipient.id).where(mine).limit(1)).first() is None:
        raise not_found()
    ceremony = _ceremony(session, key, hold)
    waiting_first = (Recipient.finished_at.is_not(None), Recipient.invited_at.is_(None), Recipient.position)
    query = select(Recipient).where(mine).order_by(*waiting_first, Recipient.id).limit(1)
    recipient = session.scalars(query.execution_options(populate_existing=True)).one()
    return Party(ceremony, recipient, who, None, _passed(session, recipient, who, None), database_now(session))


def _ceremony(session: Session, key: UUID, hold: bool) -> Ceremony:
    found = aggregate.lock(session, key) if hold else session.get(Ceremony, key)
    if found is None:
        raise not_found()
    return found


def _passed(session: Session, recipient: Recipient, who: Principal, link: Link | None) -> bool:
    """No check asked for, passed in this browser, or the mailbox proved anew by a mailed download link."""
    if recipient.check == "none":
        return True
    if link and link.kind == links.DOWNLOAD and recipient.check == "email_code":
        return True
    return bool(who.browser) and session.get(Proof, (recipient.id, who.browser)) is not None
