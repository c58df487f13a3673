"""Events *seal* hears."""

from __future__ import annotations

from sqlalchemy.orm import Session

from chassis.outbox import Event
from chassis.service import Runtime
from services.seal.projections import know_member, know_workspace


def on_workspace_told(runtime: Runtime, session: Session, event: Event) -> None:
    know_workspace(session, runtime.parts, event.sequence, event.data)


def on_member_told(runtime: Runtime, session: Session, event: Event) -> None:
    know_member(session, event.sequence, event.data)
