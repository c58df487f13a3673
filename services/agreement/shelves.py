"""Keeps everybody's list lines in step with an agreement; called in the transaction of every change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from chassis.database import database_now
from services.agreement.models import DRAFT, OPEN, Account, Agreement, Listing, Member, Recipient, Removal
from services.agreement.turns import is_locked, signing_now

ADDRESSES = 0x5167


def shelve(session: Session, agreement: Agreement) -> None:
    """Write the lines of one agreement anew.

    Once somebody is invited, lines stand in other workspaces: the session must then have the scope of everyone.
    """
    session.flush()
    wanted, now = _lines(session, agreement), database_now(session)
    wanted = {viewer: {**values, "changed_at": now} for viewer, values in wanted.items()}
    statement = select(Listing).where(Listing.agreement_id == agreement.id)
    for line in session.scalars(statement):
        values = wanted.pop(line.viewer, None)
        if values is None:
            take_away(session, line, now)
        else:
            _set(line, values)
    session.add_all(Listing(agreement_id=agreement.id, viewer=viewer, **values) for viewer, values in wanted.items())
    session.flush()


def take_away(session: Session, line: Listing, now: datetime) -> None:
    """Delete a line, and note it for those who have the list open."""
    where = {"workspace_id": line.workspace_id, "viewer": line.viewer, "agreement_id": line.agreement_id}
    session.add(Removal(**where, at=now))
    session.delete(line)


def clear(session: Session, agreement: Agreement) -> None:
    """Take every line of an agreement away that is about to be deleted."""
    now = database_now(session)
    for line in session.scalars(select(Listing).where(Listing.agreement_id == agreement.id)):
        take_away(session, line, now)


def _set(line: Listing, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(line, name, value)


def _lines(session: Session, agreement: Agreement) -> dict[UUID, dict[str, Any]]:
    common, turn = _common(agreement), {one.id for one in signing_now(agreement)}
    lines = {agreement.workspace_id: {**common, "workspace_id": agreement.workspace_id}}
    lines[agreement.initiator_id] = {
        **common,
        "workspace_id": agreement.workspace_id,
        "sent": agreement.status != DRAFT,
    }
    for one, account, workspace in _readers(session, agreement):
        elsewhere = {"workspace_id": workspace, "away": workspace != agreement.workspace_id}
        mine = lines.get(account.id, {**common, **elsewhere})
        lines[account.id] = mine | {"received": True, "my_turn": one.id in turn and not is_locked(one)}
    return lines


def _common(agreement: Agreement) -> dict[str, Any]:
    locked = agreement.status in OPEN and any(is_locked(one) for one in agreement.recipients)
    return {
        "owner_id": agreement.workspace_id, "initiator_id": agreement.initiator_id, "status": agreement.status,
        "received": False, "sent": False, "my_turn": False, "locked": locked, "away": False,
        "created_at": agreement.created_at, "deadline": agreement.deadline, "completed_at": agreement.completed_at,
        "search": searchable("\n".join([agreement.title, *(one.name for one in agreement.recipients)])),
    }  # fmt: skip


def searchable(text: str) -> str:
    """Text as it is searched: case folded."""
    return text.casefold()


def _readers(session: Session, agreement: Agreement) -> Iterable[tuple[Recipient, Account, UUID]]:
    invited = {one.email: one for one in agreement.recipients if one.invited_at or one.signed_at}
    if not invited:
        return
    for account in session.scalars(select(Account).where(Account.email.in_(invited))):
        workspace = home(session, account, agreement.workspace_id)
        if workspace:
            yield invited[account.email], account, workspace


def home(session: Session, account: Account, owner: UUID) -> UUID | None:
    """Where an account finds what it received: in the owning workspace as its member, else in the default workspace."""
    mine = workspaces_of(session, account.id)
    if owner in mine:
        return owner
    return _default(account, mine)


def _default(account: Account, mine: list[UUID]) -> UUID | None:
    return account.default_workspace_id if account.default_workspace_id in mine else next(iter(mine), None)


def workspaces_of(session: Session, account: UUID) -> list[UUID]:
    """The workspaces an account is an enabled member of, the oldest membership first."""
    enabled = select(Member.workspace_id).where(Member.account_id == account, Member.status == "enabled")
    return list(session.scalars(enabled.order_by(Member.id)))


def hold_address(session: Session, email: str) -> None:
    """Let nobody else deal with this address until the transaction ends.

    Who invites an address and who learns of its account do not see each other's rows before they commit; one after the
    other, the second does. It is taken before any agreement is locked. On SQLite a transaction holds all.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(ADDRESSES, func.hashtext(email.lower()))))


def shelve_received(session: Session, account: Account) -> None:
    """Write the missing lines of what was sent to an account's address, also before the account was made."""
    has_line = select(Listing.id).where(Listing.agreement_id == Recipient.agreement_id, Listing.viewer == account.id)
    sent = select(Recipient.agreement_id).where(
        Recipient.email == account.email, Recipient.invited_at.is_not(None), ~has_line.exists()
    )
    reshelve(session, session.scalars(sent).all())


def unshelve(session: Session, account: Account, old_email: str) -> None:
    """Take away the lines of what was sent to an address that is the account's no longer."""
    sent = select(Recipient.agreement_id).where(Recipient.email == old_email)
    reshelve(session, session.scalars(sent).all())


def reshelve(session: Session, keys: Iterable[UUID]) -> None:
    """Write the lines of several agreements anew."""
    for key in sorted(keys):
        agreement = session.scalar(select(Agreement).where(Agreement.id == key).with_for_update())
        if agreement:
            shelve(session, agreement)


def rehome(session: Session, account: Account) -> None:
    """Move what an account received to where it finds it now, see `home`."""
    mine = workspaces_of(session, account.id)
    target = _default(account, mine)
    lines, now = update(Listing).where(Listing.viewer == account.id, Listing.received), database_now(session)
    home = {"workspace_id": Listing.owner_id, "away": False, "changed_at": now}
    session.execute(lines.where(Listing.owner_id.in_(mine)).values(home))
    if target:
        elsewhere = {"workspace_id": target, "away": True, "changed_at": now}
        session.execute(lines.where(Listing.owner_id.not_in(mine)).values(elsewhere))
