"""The events of *identity* about accounts, made from their rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from chassis.outbox import emit
from services.identity.models import Account


def announce_registered(session: Session, account: Account, own_workspace: bool) -> None:
    """Tell that a person has registered, and whether they get a workspace of their own."""
    data = {
        **_who(account), "region": account.region, "newsletter": account.newsletter, "time_zone": account.time_zone,
        "own_workspace": own_workspace,
    }  # fmt: skip
    _emit(session, "identity.account_registered.v1", account, data)


def announce_changed(session: Session, account: Account) -> None:
    """Count the change and tell name, address and preferences as they are now."""
    account.version += 1
    workspace = account.default_workspace_id
    data = {
        **_who(account), "time_zone": account.time_zone, "date_format": account.date_format,
        "default_workspace_id": str(workspace) if workspace else None,
    }  # fmt: skip
    _emit(session, "identity.account_changed.v1", account, data)


def announce_password_changed(session: Session, account: Account, keep_session: str | None) -> None:
    """Count the change and have every session end but ``keep_session``."""
    account.version += 1
    _emit(session, "identity.password_changed.v1", account, {**_who(account), "keep_session": keep_session})


def announce_locked(session: Session, account: Account, until: datetime, step: str) -> None:
    """Tell that logging in is locked; ``step`` is password or second_factor."""
    data = {**_who(account), "until": until.isoformat(), "step": step, "time_zone": account.time_zone}
    _emit(session, "identity.login_locked.v1", account, data)


def announce_security(session: Session, account: Account, change: str, detail: str = "", email: str = "") -> None:
    """Tell the owner that what guards the account is another now, at ``email`` where that is not the account's."""
    who = {**_who(account), "email": email or account.email}
    _emit(session, "identity.security_changed.v1", account, {**who, "change": change, "detail": detail})


def _who(account: Account) -> dict[str, Any]:
    return {
        "account_id": str(account.id), "email": account.email, "name": account.name, "language": account.language,
    }  # fmt: skip


def _emit(session: Session, type: str, account: Account, data: dict[str, Any]) -> None:
    emit(session, type, subject=account.id, sequence=account.version, data=data)
