"""Workspaces from before *billing* heard who is to be told: *workspace* is asked for each of them, once."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.problem import Problem
from chassis.service import Runtime
from services.billing.ledger import lock_workspace
from services.billing.models import Subscription
from services.billing.people import know_account, know_member, know_workspace

log = logging.getLogger(__name__)


def know_workspaces(runtime: Runtime) -> bool:
    """Ask for one workspace; False when there is none to ask for, or *workspace* does not answer."""
    with runtime.db.read(EVERYONE) as session:
        query = select(Subscription.workspace_id).where(Subscription.known_at.is_(None))
        workspace = session.scalars(query.order_by(Subscription.id).limit(1)).first()
    if workspace is None:
        return False
    try:
        told = runtime.client.call("workspace", "GET", f"/internal/workspaces/{workspace}")
    except Problem as problem:
        if problem.status != 404:
            log.warning("workspace %s is asked for later: %s", workspace, problem)
            return False
        told = None
    with runtime.db.transaction(EVERYONE) as session:
        _know(session, workspace, told)
    return True


def _know(session: Session, workspace: UUID, told: Any) -> None:
    """Keep what was told, unless an event has told something newer meanwhile."""
    subscription = lock_workspace(session, workspace)
    assert subscription is not None
    subscription.known_at = database_now(session)
    if told is None:
        return
    know_workspace(session, told["version"], told)
    for member in told["members"]:
        know_member(session, member["version"], member)
        if member["account_id"]:
            know_account(session, member["account_version"], member)
