"""Who somebody is to an agreement: what they see, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import Database
from chassis.problem import Problem, not_found
from chassis.tokens import Principal
from contracts.rights import Right, allows
from services.agreement.models import COMPLETED, DRAFT, ENDED, SENT, STATUSES, Agreement, Listing, Recipient
from services.agreement.turns import is_locked, signing_now


def viewers(who: Principal) -> list[UUID]:
    """Whose list lines somebody sees in the present workspace: their own, as admin also the workspace's."""
    assert who.workspace is not None
    return [who.account, who.workspace] if allows(who.roles, Right.SEE_ALL_AGREEMENTS) else [who.account]


@dataclass(frozen=True, slots=True)
class Standing:
    """``owner`` is the workspace that owns the agreement; ``manages`` holds for its admins and the initiator."""

    who: Principal
    agreement_id: UUID
    owner: UUID
    manages: bool


def standing(db: Database, who: Principal, agreement_id: UUID | None) -> Standing:
    """What somebody is to an agreement; raises the 404 of a missing id when they are nothing to it."""
    if agreement_id is None or who.workspace is None:
        raise not_found()
    wanted = select(Listing).where(Listing.agreement_id == agreement_id, Listing.viewer.in_(viewers(who)))
    with db.read(who.workspace) as session:
        lines = session.scalars(wanted).all()
    if not lines:
        raise not_found()
    line = lines[0]
    manages = line.owner_id == who.workspace and (
        allows(who.roles, Right.ACT_ON_ALL_AGREEMENTS)
        or (line.initiator_id == who.account and allows(who.roles, Right.START_AGREEMENTS))
    )
    return Standing(who, agreement_id, line.owner_id, manages)


def managed(db: Database, who: Principal, agreement_id: UUID | None) -> Standing:
    """Like `standing`, and raises 403 forbidden for those who only receive the agreement."""
    found = standing(db, who, agreement_id)
    if not found.manages:
        raise Problem(403, "forbidden")
    return found


def get(session: Session, agreement_id: UUID) -> Agreement:
    """The agreement, to be read; raises not_found."""
    agreement: Agreement | None = session.scalar(select(Agreement).where(Agreement.id == agreement_id))
    if agreement is None:
        raise not_found()
    return agreement


def lock(session: Session, agreement_id: UUID) -> Agreement:
    """The agreement with its row locked until the transaction ends, freshly read; raises not_found."""
    locked = select(Agreement).where(Agreement.id == agreement_id).with_for_update()
    agreement: Agreement | None = session.scalar(locked.execution_options(populate_existing=True))
    if agreement is None:
        raise not_found()
    return agreement


def lock_draft(session: Session, agreement_id: UUID) -> Agreement:
    """Like `lock`; raises 409 already_sent when it is no draft."""
    agreement = lock(session, agreement_id)
    if agreement.status != DRAFT:
        raise Problem(409, "already_sent")
    return agreement


def own_recipient(agreement: Agreement, who: Principal) -> Recipient | None:
    """The recipient somebody is, by their verified address."""
    return next((one for one in agreement.recipients if one.email == who.email and one.invited_at), None)


ACTIONS = {
    "edit": (DRAFT,), "delete": (DRAFT,), "send": (DRAFT,), "void": (SENT,), "remind": (SENT,), "resend": (SENT,),
    "correct": (SENT,), "save_as_template": STATUSES,
    "download": (COMPLETED,), "history": STATUSES,
}  # fmt: skip
FOR_RECIPIENTS = {"download": (COMPLETED,), "history": (COMPLETED,)}


def actions(agreement: Agreement, at: Standing) -> list[str]:
    """What somebody may do with the agreement in its present state."""
    table = ACTIONS if at.manages else FOR_RECIPIENTS
    allowed = [name for name, states in table.items() if agreement.status in states]
    hold = ["lift_hold" if agreement.held_at else "hold"] if _may_hold(agreement, at) else []
    return [*allowed, *hold, *(["sign", "decline"] if _may_sign(agreement, at.who) else [])]


def _may_hold(agreement: Agreement, at: Standing) -> bool:
    return at.manages and agreement.status in ENDED and allows(at.who.roles, Right.MANAGE_WORKSPACE)


def _may_sign(agreement: Agreement, who: Principal) -> bool:
    mine = own_recipient(agreement, who)
    return agreement.status == SENT and mine is not None and mine in signing_now(agreement) and not is_locked(mine)


def may_see_pages(agreement: Agreement, at: Standing) -> bool:
    """Whether the pages may be shown here: a signer with a check sees them on the signing page after the check."""
    if at.manages or agreement.status == COMPLETED:
        return True
    mine = own_recipient(agreement, at.who)
    return mine is not None and (mine.check == "none" or mine.signed_at is not None)
