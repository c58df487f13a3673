"""Handing a colleague's drafts and open agreements over to another: they are the sender from now on."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.ids import new_key
from chassis.outbox import emit
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.tokens import Principal
from services.agreement.models import DRAFT, OPEN, Account, Agreement, Member
from services.agreement.sending import initiator
from services.agreement.shelves import shelve

AT_ONCE = 50


def hand_over(runtime: Runtime, who: Principal, giver: UUID | None, taker: UUID | None) -> int:
    """Make a colleague the sender of everything another has not completed; how many agreements that were.

    Raises not_a_colleague (422) unless the taker is an enabled member of the workspace. What is completed keeps its
    sender. Some at a time, so that signing goes on meanwhile; what was done stays done when it breaks off.
    """
    workspace = who.workspace
    assert workspace is not None
    done = 0
    while giver and giver != taker:
        with runtime.db.transaction(EVERYONE) as session:
            member = _colleague(session, workspace, taker)
            some = _theirs(session, workspace, giver)
            _tell(session, some, member, who)
            for agreement in some:
                _hand(session, agreement, member, who)
        done += len(some)
        if len(some) < AT_ONCE:
            break
    return done


def _colleague(session: Session, workspace: UUID, account: UUID | None) -> Member:
    mine = select(Member).where(Member.workspace_id == workspace, Member.account_id == account)
    member = session.scalars(mine.where(Member.status == "enabled")).first()
    if member is None or account is None:
        raise Problem(422, "not_a_colleague")
    return member


def _theirs(session: Session, workspace: UUID, account: UUID) -> list[Agreement]:
    unfinished = Agreement.status.in_((DRAFT, *OPEN))
    mine = select(Agreement).where(Agreement.workspace_id == workspace, Agreement.initiator_id == account, unfinished)
    return list(session.scalars(mine.order_by(Agreement.id).limit(AT_ONCE).with_for_update()))


def _tell(session: Session, some: Sequence[Agreement], member: Member, who: Principal) -> None:
    """Tell who gave what to whom, for the workspace's audit log."""
    if not some:
        return
    data = {
        "workspace_id": str(member.workspace_id), "count": len(some), "by": who.told(),
        "giver": f"{some[0].initiator_name} <{some[0].initiator_email}>", "taker": f"{member.name} <{member.email}>",
    }  # fmt: skip
    type, workspace = "agreement.work_handed_over.v1", member.workspace_id
    emit(session, type, subject=new_key(), sequence=1, data=data, workspace=workspace)


def _hand(session: Session, agreement: Agreement, member: Member, who: Principal) -> None:
    assert member.account_id is not None
    account = session.get(Account, member.account_id)
    noted = {
        "at": database_now(session).isoformat(), "by": f"{who.name} <{who.email}>",
        "giver": f"{agreement.initiator_name} <{agreement.initiator_email}>",
        "taker": f"{member.name} <{member.email}>",
    }  # fmt: skip
    agreement.handovers = [*agreement.handovers, noted]
    agreement.initiator_id, agreement.initiator_name = member.account_id, member.name
    agreement.initiator_email = member.email
    agreement.initiator_language = account.language if account else agreement.initiator_language
    agreement.version += 1
    shelve(session, agreement)
    if agreement.status != DRAFT:
        data = {"agreement_id": str(agreement.id), "initiator": initiator(agreement)}
        type, workspace = "agreement.handed_over.v1", agreement.workspace_id
        emit(session, type, subject=agreement.id, sequence=agreement.version, data=data, workspace=workspace)
