"""Declining from the console, one agreement after the other; *signing* decides whether it still can be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from chassis.database import EVERYONE
from chassis.ids import new_key
from chassis.problem import Problem
from chassis.service import Runtime
from services.agreement import progress
from services.agreement.models import SENT
from services.agreement.standing import Standing, get, own_recipient


def decline(runtime: Runtime, at: Standing, reason: str) -> None:
    """Decline what waits for the caller: the agreement ends.

    Raises 403 forbidden when the caller is no signer, 403 check_required before a check was passed in this browser,
    409 with what is in the way, 503 when signing is away.
    """
    with runtime.db.read(at.owner) as session:
        agreement = get(session, at.agreement_id)
        mine = own_recipient(agreement, at.who)
        if mine is None:
            raise Problem(403, "forbidden")
        if agreement.status != SENT:
            raise Problem(409, "already_ended")
    body = {
        "email": at.who.email, "reason": reason, "ip": at.who.ip, "user_agent": at.who.user_agent,
        "browser": at.who.browser,
    }  # fmt: skip
    path = f"/internal/ceremonies/{at.agreement_id}/decline"
    runtime.client.call("signing", "POST", path, body, key=f"decline-{new_key()}")
    told = {"agreement_id": str(at.agreement_id), "recipient_id": str(mine.id), "at": datetime.now(UTC).isoformat()}
    with runtime.db.transaction(EVERYONE) as session:
        progress.decline(session, {**told, "reason": reason})


def decline_many(runtime: Runtime, found: list[tuple[str, Standing | Problem]], reason: str) -> list[dict[str, Any]]:
    """Decline several; what became of each. When *signing* is away the rest is not tried."""
    results, away = [], None
    for name, at in found:
        problem = at if isinstance(at, Problem) else away or _try(runtime, at, reason)
        away = problem if problem and problem.status == 503 else None
        results.append({"id": name, "declined": problem is None, "code": problem and problem.code})
    return results


def _try(runtime: Runtime, at: Standing, reason: str) -> Problem | None:
    try:
        decline(runtime, at, reason)
    except Problem as problem:
        return problem
    return None
