"""What papers are made from, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.signing import aggregate, evidence, plan
from services.signing.models import Anchor, Anchored, Ceremony, Document, Field, Former, Recipient, Trace


@dataclass(frozen=True)
class Material:
    """``traces`` by the sequence of their entry; ``anchors`` as an audit file tells them, oldest first."""

    ceremony: Ceremony
    documents: list[Document]
    recipients: list[Recipient]
    fields: list[Field]
    entries: list[dict[str, Any]]
    traces: dict[int, Trace]
    anchors: list[dict[str, Any]]
    former: list[Former]

    def person(self, recipient_id: str, sequence: int) -> Recipient | Former | None:
        """Who a recipient was at an entry; None for an id that is nobody's."""
        then = [one for one in self.former if str(one.recipient_id) == recipient_id and one.until >= sequence]
        now = (one for one in self.recipients if str(one.id) == recipient_id)
        return min(then, key=lambda one: one.until) if then else next(now, None)

    @property
    def language(self) -> str:
        """The initiator's."""
        return str(self.ceremony.sender["language"])


def gather(session: Session, ceremony: Ceremony) -> Material:
    """Read what the papers need."""
    query = select(Document).where(Document.agreement_id == ceremony.id).order_by(Document.place)
    return Material(
        ceremony, list(session.scalars(query)), aggregate.recipients(session, ceremony),
        plan.all_fields(session, ceremony.id), evidence.chain(session, ceremony.id),
        evidence.traces(session, ceremony.id), anchors(session, ceremony.id),
        list(session.scalars(select(Former).where(Former.agreement_id == ceremony.id).order_by(Former.until))),
    )  # fmt: skip


def anchors(session: Session, agreement_id: UUID) -> list[dict[str, Any]]:
    """The time-stamped anchors of a chain with their proofs."""
    mine = (Anchored.agreement_id == agreement_id) & Anchor.token.is_not(None)
    query = select(Anchored, Anchor).join(Anchor, Anchor.day == Anchored.day).where(mine).order_by(Anchor.day)
    return [_anchor(leaf, anchor) for leaf, anchor in session.execute(query)]


def _anchor(leaf: Anchored, anchor: Anchor) -> dict[str, Any]:
    return {
        "day": anchor.day, "at": anchor.stamped_at and anchor.stamped_at.isoformat(), "sequence": leaf.sequence,
        "head": leaf.head, "place": leaf.place, "leaves": anchor.leaves, "path": leaf.path, "root": anchor.root,
        "token": anchor.token,
    }  # fmt: skip
