"""What tests say to *billing*, and what they read in its books."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from chassis.database import EVERYONE
from chassis.ids import new_key
from services.billing.ledger import grant, lock_workspace
from services.billing.models import Batch, LedgerEntry, Reservation, Subscription, Term
from tests.service_kit import Kit, service, user

AGREEMENT = service("agreement")
DAY = timedelta(days=1)


class Desk:
    """*billing* as the other services and a workspace's people meet it."""

    def __init__(self, kit: Kit) -> None:
        self.kit, self.db = kit, kit.runtime.db

    def workspace(self, envelopes: int | None = 50) -> UUID:
        """A new workspace with this many envelopes in its first batch; None leaves what the plan gives."""
        key = new_key()
        self.create(key)
        if envelopes is not None:
            with self.db.transaction(EVERYONE) as session:
                (old,) = session.scalars(select(Batch).where(Batch.workspace_id == key))
                difference = envelopes - (old.total or 0)
                old.total = old.available = envelopes
                session.add(
                    LedgerEntry(
                        id=new_key(), workspace_id=key, batch_id=old.id, kind="granted", amount=difference, at=now()
                    )
                )  # fmt: skip
        return key

    def create(self, workspace: UUID) -> Any:
        return self.kit.deliver("workspace.created.v1", workspace, 1, workspace, workspace_id=str(workspace))

    def reserve(self, workspace: UUID, agreement: UUID) -> TestResponse:
        body = {"agreement_id": str(agreement), "workspace_id": str(workspace)}
        return self.kit.request("POST", "/internal/reservations", AGREEMENT, json=body)

    def release(self, agreement: UUID) -> TestResponse:
        return self.kit.request("POST", f"/internal/reservations/{agreement}/release", AGREEMENT)

    def sent(self, workspace: UUID, agreement: UUID) -> Any:
        data = {"workspace_id": str(workspace), "agreement_id": str(agreement)}
        return self.kit.deliver("agreement.sent.v1", agreement, 2, workspace, **data)

    def add_batch(self, workspace: UUID, envelopes: int, ends_in: timedelta) -> UUID:
        """Grant a batch that began yesterday."""
        with self.db.transaction(EVERYONE) as session:
            lock_workspace(session, workspace)
            batch = Batch(
                id=new_key(), workspace_id=workspace, origin=f"test {new_key()}", total=envelopes,
                available=envelopes, starts_at=now() - DAY, ends_at=now() + ends_in,
            )  # fmt: skip
            grant(session, batch)
        return batch.id

    def end_plan(self, workspace: UUID) -> None:
        """The plan ended yesterday."""
        with self.db.transaction(EVERYONE) as session:
            for row in (Subscription, Term):
                session.execute(update(row).where(row.workspace_id == workspace).values(ends_at=now() - DAY))

    def age(self, agreement: UUID, by: timedelta) -> None:
        """The reservation was made that long ago."""
        with self.db.transaction(EVERYONE) as session:
            mine = update(Reservation).where(Reservation.agreement_id == agreement)
            session.execute(mine.values(reserved_at=now() - by))

    def available(self, batch: UUID) -> int | None:
        with self.db.read(EVERYONE) as session:
            return session.get_one(Batch, batch).available

    def left(self, workspace: UUID) -> int:
        """Envelopes left in all batches of a workspace."""
        with self.db.read(EVERYONE) as session:
            return session.scalar(select(func.sum(Batch.available)).where(Batch.workspace_id == workspace)) or 0

    def entries(self, agreement: UUID) -> list[str]:
        """The kinds of an agreement's ledger entries, in order."""
        query = select(LedgerEntry.kind).where(LedgerEntry.agreement_id == agreement).order_by(LedgerEntry.at)
        with self.db.read(EVERYONE) as session:
            return list(session.scalars(query))

    def state(self, agreement: UUID) -> str:
        with self.db.read(EVERYONE) as session:
            return session.get_one(Reservation, agreement).state

    def require_balance(self, workspace: UUID) -> None:
        """Every batch has exactly what its ledger entries sum up to, and each agreement holds at most one envelope."""
        with self.db.read(EVERYONE) as session:
            for batch in session.scalars(select(Batch).where(Batch.workspace_id == workspace)):
                total = session.scalar(select(func.sum(LedgerEntry.amount)).where(LedgerEntry.batch_id == batch.id))
                assert batch.available == total
                assert batch.available is not None
                assert batch.available >= 0
            mine = select(func.sum(LedgerEntry.amount)).where(LedgerEntry.workspace_id == workspace)
            for held in session.scalars(
                mine.where(LedgerEntry.agreement_id.is_not(None)).group_by(LedgerEntry.agreement_id)
            ):
                assert held in (0, -1)

    def overview(self, workspace: UUID, language: str = "en") -> Any:
        answer = self.kit.request(
            "GET", "/api/v1/billing", user(workspace=workspace), headers={"Accept-Language": language}
        )
        assert answer.status_code == 200, answer.text
        return answer.json


def now() -> datetime:
    return datetime.now(UTC)
