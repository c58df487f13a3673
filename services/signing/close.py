"""Close a ceremony for its sender or its deadline; *signing* decides whether it still can be."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.service import Runtime
from chassis.tokens import Principal
from services.signing import aggregate, evidence
from services.signing.models import Ceremony, Known


def close(runtime: Runtime, agreement_id: UUID, kind: str, reason: str, by: str | None, who: Principal | None) -> str:
    """``closed``, or what it already was: ``completed`` (all have finished) or ``declined``.

    Doing it again is harmless. One that is not known yet is remembered as closed, so that it never opens.
    """
    with runtime.db.transaction(EVERYONE) as session:
        known = take_known(session, agreement_id)
        ceremony = aggregate.lock(session, agreement_id)
        if ceremony is None:
            return _remember(session, known, kind, reason, by)
        if ceremony.closed_kind:
            return "declined" if ceremony.closed_kind == "declined" else "closed"
        if ceremony.completed_at or ceremony.finished_count == ceremony.signers:
            return "completed"
        record_close(session, ceremony, kind, reason, by, who)
        return "closed"


def record_close(
    session: Session, ceremony: Ceremony, kind: str, reason: str, by: str | None, who: Principal | None
) -> None:
    """Close the held ceremony; ``kind`` is voided or expired."""
    now = database_now(session)
    ceremony.closed_at, ceremony.closed_kind = now, kind
    ceremony.closed_reason, ceremony.closed_by = reason, by
    actor = evidence.SENDER if kind == "voided" else evidence.SYSTEM
    evidence.record(session, ceremony, kind, actor, who, now, note=reason)
    aggregate.tell(session, ceremony, "signing.closed.v1", kind=kind, reason=reason, by=by, at=now.isoformat())


def take_known(session: Session, agreement_id: UUID) -> Known:
    """The row that opening and closing both hold; made when it is not there."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(Known).values(agreement_id=agreement_id).on_conflict_do_nothing())
    query = select(Known).where(Known.agreement_id == agreement_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _remember(session: Session, known: Known, kind: str, reason: str, by: str | None) -> str:
    if known.closed_kind is None:
        known.closed_at, known.closed_kind = database_now(session), kind
        known.closed_reason, known.closed_by = reason, by
    return "closed"
