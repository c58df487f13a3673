"""Who may use a seal, and who did. A grant counts only while its member is enabled and the seal is not deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from chassis.problem import Problem
from services.seal.models import Grant, Member, Seal, SealUse


@dataclass(frozen=True, slots=True)
class Use:
    """A seal put into a field of an agreement by an account."""

    seal: UUID
    account: UUID
    agreement: UUID
    field: UUID


def usable_by(account: UUID) -> Select[UUID]:
    """The keys of the seals an account may use now, in whatever workspace."""
    of_member = (Member.account_id == Grant.account_id) & (Member.workspace_id == Grant.workspace_id)
    joined = select(Grant.seal_id).join(Member, of_member).join(Seal, Seal.id == Grant.seal_id)
    return joined.where(Grant.account_id == account, Member.status == "enabled", Seal.deleted_at.is_(None))


def granted_seals(session: Session, account: UUID) -> Sequence[Seal]:
    """The seals an account may use now, by name."""
    return session.scalars(select(Seal).where(Seal.id.in_(usable_by(account))).order_by(Seal.search, Seal.id)).all()


def granted_members(session: Session, seal: UUID) -> Sequence[Member]:
    """The members a seal is granted to, disabled ones too, by name."""
    accounts = select(Grant.account_id).where(Grant.seal_id == seal)
    query = select(Member).where(Member.account_id.in_(accounts), Member.status != "removed")
    return session.scalars(query.order_by(Member.name, Member.id)).all()


def set_grants(session: Session, seal: Seal, accounts: Sequence[UUID], by: UUID) -> None:
    """Grant a seal to exactly these accounts; the caller holds the seal's lock.

    Raises a 422 problem when one that has no grant yet is not an enabled member of the seal's workspace.
    """
    held = set(session.scalars(select(Grant.account_id).where(Grant.seal_id == seal.id)))
    wanted = set(accounts)
    if not wanted - held <= _enabled(session, wanted - held):
        raise Problem(422, "member_not_enabled")
    session.execute(delete(Grant).where(Grant.seal_id == seal.id, Grant.account_id.in_(held - wanted)))
    now = database_now(session)
    for account in wanted - held:
        row = Grant(seal_id=seal.id, account_id=account, workspace_id=seal.workspace_id, granted_at=now, granted_by=by)
        session.add(row)


def use_seal(session: Session, use: Use) -> Seal:
    """Record that a seal is used in a field, once, and return it; raises a 403 problem when the account may not.

    The grant is asked anew every time: a use that was recorded before a withdrawal is refused after it. The seal is
    locked before the grant is read, so that a withdrawal which has just committed is seen.
    """
    seal = session.get(Seal, use.seal, with_for_update={"read": True})
    usable = usable_by(use.account).where(Grant.seal_id == use.seal)
    if seal is None or session.scalars(usable).first() is None:
        raise Problem(403, "seal_not_granted")
    try:
        with session.begin_nested():
            session.add(_record(session, seal, use))
    except IntegrityError:
        return seal
    return seal


def withdraw_all(session: Session, workspace: UUID, account: UUID) -> None:
    """A removed member keeps no grant in the workspace."""
    session.execute(delete(Grant).where(Grant.workspace_id == workspace, Grant.account_id == account))


def _enabled(session: Session, accounts: set[UUID]) -> set[UUID]:
    query = select(Member.account_id).where(Member.account_id.in_(accounts), Member.status == "enabled")
    return {account for account in session.scalars(query) if account is not None}


def _record(session: Session, seal: Seal, use: Use) -> SealUse:
    return SealUse(
        id=new_key(), workspace_id=seal.workspace_id, seal_id=seal.id, account_id=use.account,
        agreement_id=use.agreement, field_id=use.field, used_at=database_now(session),
    )  # fmt: skip
