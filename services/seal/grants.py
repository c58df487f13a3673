"""Who may use a seal, and who did. A grant counts only while its member is enabled and the seal is not deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from chassis.problem import Problem
from chassis.tokens import Kind, Principal
from services.seal.announce import tell
from services.seal.models import Grant, Member, Seal, SealUse


@dataclass(frozen=True, slots=True)
class Use:
    """A seal put into a field of an agreement by an account."""

    seal: UUID
    account: UUID
    agreement: UUID
    field: UUID
    title: str | None = None


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


def set_grants(session: Session, seal: Seal, accounts: Iterable[UUID], by: Principal) -> None:
    """Grant a seal to exactly these accounts; the caller holds the seal's lock.

    Raises a 422 problem when one that has no grant yet is not an enabled member of the seal's workspace.
    """
    held, wanted = _holders(session, seal), set(accounts)
    _grant(session, seal, wanted - held, by)
    _withdraw(session, seal, held - wanted, by)


def add_grants(session: Session, seal: Seal, accounts: Iterable[UUID], by: Principal) -> None:
    """Grant a seal to these accounts too; raises as `set_grants` does."""
    _grant(session, seal, set(accounts) - _holders(session, seal), by)


def withdraw(session: Session, seal: Seal, account: UUID, by: Principal) -> None:
    """Take a seal away from an account, which may have had none."""
    _withdraw(session, seal, _holders(session, seal) & {account}, by)


def withdraw_all(session: Session, workspace: UUID, account: UUID) -> None:
    """A removed member keeps no grant in the workspace."""
    held = select(Grant.seal_id).where(Grant.workspace_id == workspace, Grant.account_id == account)
    locked = select(Seal).where(Seal.id.in_(held)).order_by(Seal.id).with_for_update()
    for seal in session.scalars(locked).all():
        _withdraw(session, seal, {account}, None)


def use_seal(session: Session, use: Use) -> Seal:
    """Record that a seal is used in a field, once, and return it; raises a 403 problem when the account may not.

    The grant is asked anew every time: a use that was recorded before a withdrawal is refused after it. The seal is
    locked before the grant is read, so that a withdrawal which has just committed is seen, and one that comes now
    stands behind the use.
    """
    seal = session.get(Seal, use.seal, with_for_update=True)
    usable = usable_by(use.account).where(Grant.seal_id == use.seal)
    if seal is None or session.scalars(usable).first() is None:
        raise Problem(403, "seal_not_granted")
    known = _fields_recorded(session, use)
    if use.field not in known:
        session.add(_record(session, seal, use))
    if not known:
        where = {"agreement_id": str(use.agreement), "field_id": str(use.field), "title": use.title}
        tell(session, seal, "seal.used.v1", _member(session, seal, use.account), **where)
    return seal


def _fields_recorded(session: Session, use: Use) -> set[UUID]:
    """The fields of the agreement that the account has put this seal into."""
    mine = (SealUse.seal_id == use.seal) & (SealUse.account_id == use.account)
    return set(session.scalars(select(SealUse.field_id).where(mine, SealUse.agreement_id == use.agreement)))


def _member(session: Session, seal: Seal, account: UUID) -> Principal:
    """An account as a member of the seal's workspace; of somebody who was one twice the newest name."""
    mine = (Member.account_id == account) & (Member.workspace_id == seal.workspace_id)
    found = session.scalars(select(Member).where(mine).order_by(Member.id.desc())).first()
    name, email = (found.name, found.email) if found else ("", "")
    return Principal(Kind.USER, str(account), seal.workspace_id, name=name, email=email)


def _holders(session: Session, seal: Seal) -> set[UUID]:
    return set(session.scalars(select(Grant.account_id).where(Grant.seal_id == seal.id)))


def _grant(session: Session, seal: Seal, accounts: set[UUID], by: Principal) -> None:
    if not accounts <= _enabled(session, accounts):
        raise Problem(422, "member_not_enabled")
    now = database_now(session)
    for account in sorted(accounts):
        row = Grant(
            seal_id=seal.id, account_id=account, workspace_id=seal.workspace_id, granted_at=now, granted_by=by.account
        )  # fmt: skip
        session.add(row)
        tell(session, seal, "seal.granted.v1", by, **_named(_member(session, seal, account)))


def _withdraw(session: Session, seal: Seal, accounts: set[UUID], by: Principal | None) -> None:
    session.execute(delete(Grant).where(Grant.seal_id == seal.id, Grant.account_id.in_(accounts)))
    for account in sorted(accounts):
        tell(session, seal, "seal.revoked.v1", by, **_named(_member(session, seal, account)))


def _named(who: Principal) -> dict[str, str]:
    return {"account_id": who.subject, "member_name": who.name, "member_email": who.email}


def _enabled(session: Session, accounts: set[UUID]) -> set[UUID]:
    query = select(Member.account_id).where(Member.account_id.in_(accounts), Member.status == "enabled")
    return {account for account in session.scalars(query) if account is not None}


def _record(session: Session, seal: Seal, use: Use) -> SealUse:
    return SealUse(
        id=new_key(), workspace_id=seal.workspace_id, seal_id=seal.id, account_id=use.account,
        agreement_id=use.agreement, field_id=use.field, title=use.title, used_at=database_now(session),
    )  # fmt: skip
