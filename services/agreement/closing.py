"""How an agreement ends without being completed: voided by its sender, expired, or declined."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.ids import new_key, public_id
from chassis.outbox import emit
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.tokens import Principal
from services.agreement.models import DECLINED, DRAFT, EXPIRED, OPEN, VOIDED, Agreement
from services.agreement.sending import initiator, sender
from services.agreement.shelves import shelve
from services.agreement.standing import Standing, get, lock
from services.agreement.turns import reached

KINDS = {VOIDED: "agreement.voided.v1", EXPIRED: "agreement.expired.v1", DECLINED: "agreement.declined.v1"}


def void(runtime: Runtime, at: Standing, reason: str) -> None:
    """Withdraw a sent agreement; *signing* decides whether that is still possible.

    Raises 409 not_sent for a draft, 409 already_ended, 503 when signing is away.
    """
    with runtime.db.read(at.owner) as session:
        _demand_open(get(session, at.agreement_id))
    answer = ask_to_close(runtime, at.agreement_id, VOIDED, reason, at.who)
    if answer["outcome"] != "closed":
        raise Problem(409, "already_ended")
    with runtime.db.transaction(EVERYONE) as session:
        agreement = lock(session, at.agreement_id)
        end(session, agreement, answer.get("kind", VOIDED), at.who.name or at.who.email, reason, database_now(session))
        if agreement.status != VOIDED:
            raise Problem(409, "already_ended")


def _demand_open(agreement: Agreement) -> None:
    if agreement.status not in OPEN:
        raise Problem(409, "not_sent" if agreement.status == DRAFT else "already_ended")


def ask_to_close(runtime: Runtime, key: UUID, kind: str, reason: str, who: Principal | None) -> Mapping[str, Any]:
    """Have *signing* close the ceremony; its answer's ``outcome`` is closed, completed or declined."""
    body = {
        "kind": kind, "reason": reason, "by": (who.name or who.email) if who else None,
        "ip": who.ip if who else "", "user_agent": who.user_agent if who else "",
    }  # fmt: skip
    answer: Mapping[str, Any] = runtime.client.call(
        "signing", "POST", f"/internal/ceremonies/{key}/close", body, key=f"close-{new_key()}"
    )
    return answer


def end(session: Session, agreement: Agreement, kind: str, by: str | None, reason: str, at: datetime) -> bool:
    """The transition to voided, expired or declined; False when the agreement has ended before.

    The agreement's row is locked, and the session has the scope of everyone.
    """
    if agreement.status not in OPEN:
        return False
    told = [
        initiator(agreement),
        *({"name": r.name, "email": r.email, "language": r.language} for r in reached(agreement)),
    ]
    agreement.status, agreement.ended_at, agreement.ended_by, agreement.reason = kind, at, by, reason
    agreement.over_at = at
    agreement.version += 1
    shelve(session, agreement)
    data = {
        **identity(agreement), "by": by, "reason": reason, "ended_at": at.isoformat(),
        "sender": sender(session, agreement), "parties": list({one["email"]: one for one in told}.values()),
    }  # fmt: skip
    emit(
        session,
        KINDS[kind],
        subject=agreement.id,
        sequence=agreement.version,
        data=data,
        workspace=agreement.workspace_id,
    )
    return True


def identity(agreement: Agreement) -> dict[str, str]:
    """What every ending event says of the agreement."""
    return {
        "agreement_id": str(agreement.id), "public_id": public_id("agr", agreement.id),
        "workspace_id": str(agreement.workspace_id), "title": agreement.title,
    }  # fmt: skip


def void_many(runtime: Runtime, found: list[tuple[str, Standing | Problem]], reason: str) -> list[dict[str, Any]]:
    """Void several; what became of each. When *signing* is away the rest is not tried."""
    results, away = [], None
    for name, at in found:
        problem = at if isinstance(at, Problem) else away or _try_to_void(runtime, at, reason)
        away = problem if problem and problem.status == 503 else None
        results.append({"id": name, "voided": problem is None, "code": problem and problem.code})
    return results


def _try_to_void(runtime: Runtime, at: Standing, reason: str) -> Problem | None:
    try:
        void(runtime, at, reason)
    except Problem as problem:
        return problem
    return None
