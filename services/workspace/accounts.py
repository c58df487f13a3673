"""What this service knows of accounts, kept current from the events of *identity*."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.outbox import Event
from services.workspace.announce import announce_member_changed
from services.workspace.models import Account, Member


def learn(session: Session, event: Event) -> Account:
    """The account an event speaks of; what the event says is taken over unless something newer is known."""
    key, data = UUID(event.data["account_id"]), event.data
    account = find_account(session, key)
    if account is None:
        account = Account(id=key, version=-1)
        session.add(account)
    if event.sequence > account.version:
        renamed = account.name != data["name"]
        account.version, account.email = event.sequence, data["email"]
        account.name, account.language = data["name"], data["language"]
        session.flush()
        _update_members(session, account, renamed)
    return account


def find_account(session: Session, key: UUID) -> Account | None:
    """The account of this key, locked, or None when no event has told of it yet."""
    return session.scalars(select(Account).where(Account.id == key).with_for_update()).one_or_none()


def _update_members(session: Session, account: Account, renamed: bool) -> None:
    """Take over the address, and the name when the person has changed it: an admin may call a member otherwise."""
    for member in session.scalars(select(Member).where(Member.account_id == account.id).with_for_update()):
        name = account.name if renamed else member.name
        if (member.email, member.name) != (account.email, name):
            member.email, member.name, member.version = account.email, name, member.version + 1
            announce_member_changed(session, member)
