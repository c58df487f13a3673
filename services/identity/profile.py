"""A person's profile and preferences."""

from __future__ import annotations

import uuid
from typing import Any

from chassis.database import EVERYONE
from chassis.service import Runtime
from services.identity import consents
from services.identity.accounts import by_key
from services.identity.announce import announce_changed
from services.identity.models import Account

TOLD = ("name", "language", "date_format", "time_zone", "default_workspace_id", "default_workspace_public_id")


def change_profile(runtime: Runtime, account_id: uuid.UUID, changes: dict[str, Any], ip: str) -> Account:
    """Change name, newsletter or preferences; other services are told when something they know is another now."""
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id, lock=True)
        before = [getattr(account, name) for name in TOLD]
        if changes.get("newsletter", account.newsletter) != account.newsletter:
            given = changes["newsletter"]
            consents.record(session, account.id, consents.NEWSLETTER, "", ip, given=given)
        for name, value in changes.items():
            setattr(account, name, value)
        if before != [getattr(account, name) for name in TOLD]:
            announce_changed(session, account)
    return account


def change_preferences(runtime: Runtime, account_id: uuid.UUID, changes: dict[str, Any], ip: str) -> Account:
    """Change language, date format, time zone or default workspace.

    A workspace the person does not belong to is answered with the 404 problem.
    """
    if "default_workspace_id" in changes:
        changes = {**changes, **_workspace(runtime, account_id, changes["default_workspace_id"])}
    return change_profile(runtime, account_id, changes, ip)


def _workspace(runtime: Runtime, account_id: uuid.UUID, public_id: str | None) -> dict[str, Any]:
    if public_id is None:
        return {"default_workspace_id": None, "default_workspace_public_id": None}
    query = {"account_id": str(account_id), "public_id": public_id}
    found = runtime.client.call("workspace", "GET", "/internal/memberships", params=query)
    return {"default_workspace_id": uuid.UUID(found["workspace_id"]), "default_workspace_public_id": found["public_id"]}
