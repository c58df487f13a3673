"""What tests say to *billing*, and what they read in its books."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from chassis.database import EVERYONE
from chassis.ids import new_key
from chassis.tokens import Principal
from services.billing.ledger import grant, lock_workspace
from services.billing.models import Batch, LedgerEntry, Reservation, Subscription, Term
from services.billing.ordermodels import ExtraPayment, Order
from services.billing.plans import PLANS
from services.billing.settle import settle
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

    def add_batch(self, workspace: UUID, envelopes: int, ends_in: timedelta, *, settled: bool = True) -> UUID:
        """Grant a batch that began yesterday; unless ``settled`` the clock has not come by since."""
        with self.db.transaction(EVERYONE) as session:
            subscription = lock_workspace(session, workspace)
            assert subscription is not None
            batch = Batch(
                id=new_key(), workspace_id=workspace, product="trial", names=dict(PLANS["trial"].names),
                origin=f"test {new_key()}", total=envelopes, available=envelopes,
                starts_at=now() - DAY, ends_at=now() + ends_in,
            )  # fmt: skip
            grant(session, batch)
            if settled:
                settle(session, subscription)
        return batch.id

    def end_plan(self, workspace: UUID) -> None:
        """The plan ended yesterday."""
        with self.db.transaction(EVERYONE) as session:
            for row in (Subscription, Term):
                session.execute(update(row).where(row.workspace_id == workspace).values(ends_at=now() - DAY))

    def later(self, **by: float) -> None:
        """Turn the clock on, then the clock work is done."""
        self.turn_clock(**by)
        self.kit.turn("follow_clock")

    def turn_clock(self, **by: float) -> None:
        """Every time in the books moves back."""
        with self.db.transaction(EVERYONE) as session:
            for model in (Subscription, Term, Batch, Order, ExtraPayment):
                for row in session.scalars(select(model)):
                    for column in model.__table__.columns:
                        value = getattr(row, column.name)
                        if isinstance(value, datetime):
                            setattr(row, column.name, value - timedelta(**by))

    def take_seats(self, workspace: UUID, count: int) -> int:
        """So many new members want a seat; how many got one."""
        body = {"workspace_id": str(workspace), "member_ids": [str(new_key()) for _ in range(count)]}
        return len(self.kit.request("POST", "/internal/seats/many", service("workspace"), json=body).json["member_ids"])

    def age(self, agreement: UUID, by: timedelta) -> None:
        """The reservation was made that long ago."""
        with self.db.transaction(EVERYONE) as session:
            mine = update(Reservation).where(Reservation.agreement_id == agreement)
            session.execute(mine.values(reserved_at=now() - by, asked_at=None))

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

    def kinds(self, workspace: UUID) -> set[str]:
        """The kinds of a workspace's ledger entries."""
        with self.db.read(EVERYONE) as session:
            return set(session.scalars(select(LedgerEntry.kind).where(LedgerEntry.workspace_id == workspace)))

    def money(self, workspace: UUID) -> list[tuple[str, int, str | None]]:
        """What moved of a workspace's money, in order."""
        query = select(LedgerEntry.kind, LedgerEntry.amount, LedgerEntry.currency).order_by(LedgerEntry.at)
        mine = (LedgerEntry.workspace_id == workspace) & (LedgerEntry.resource == "money")
        with self.db.read(EVERYONE) as session:
            return [(row.kind, row.amount, row.currency) for row in session.execute(query.where(mine))]

    def paid(self, workspace: UUID) -> int:
        """The total of the orders that are paid."""
        orders = self.ask("GET", "/orders?limit=100", workspace)["orders"]
        return sum(one["total"] for one in orders if one["state"] == "paid")

    def state(self, agreement: UUID) -> str:
        with self.db.read(EVERYONE) as session:
            return session.get_one(Reservation, agreement).state

    def require_balance(self, workspace: UUID) -> None:
        """Every batch has exactly what its ledger entries sum up to, and each agreement holds at most one envelope."""
        with self.db.read(EVERYONE) as session:
            sums = select(LedgerEntry.batch_id, func.sum(LedgerEntry.amount)).group_by(LedgerEntry.batch_id)
            totals = dict(session.execute(sums.where(LedgerEntry.workspace_id == workspace)).all())
            for batch in session.scalars(select(Batch).where(Batch.workspace_id == workspace)):
                assert batch.available == totals[batch.id]
                assert batch.available is not None and batch.total is not None
                assert 0 <= batch.available <= batch.total
            mine = select(func.sum(LedgerEntry.amount)).where(LedgerEntry.workspace_id == workspace)
            for held in session.scalars(
                mine.where(LedgerEntry.agreement_id.is_not(None)).group_by(LedgerEntry.agreement_id)
            ):
                assert held in (0, -1)

    def ask(self, method: str, path: str, workspace: UUID, body: Any = None, status: int = 200, **options: Any) -> Any:
        """An admin's request; the answer's JSON after its status was compared."""
        given = {"json": body} if body is not None else {}
        path = f"/api/v1/billing{path}"
        answer = self.kit.request(method, path, self.someone(workspace), **given, **options)
        assert answer.status_code == status, answer.text
        return answer.json if answer.is_json or "json" in (answer.content_type or "") else answer.data

    def someone(self, workspace: UUID) -> Principal:
        """An admin of the workspace."""
        return user(workspace=workspace)

    def order(self, workspace: UUID, product: str, provider: str = "sandbox", status: int = 201, **more: Any) -> Any:
        """Order something."""
        body = {"product": product, "provider": provider, **more}
        return self.ask("POST", "/orders", workspace, body, status)

    def buy(self, workspace: UUID, product: str, **more: Any) -> Any:
        """Order something and pay it in the sandbox."""
        order = self.order(workspace, product, **more)
        return self.ask("POST", f"/orders/{order['id']}/sandbox", workspace, {"outcome": "paid"})

    def admin(self, workspace: UUID, email: str, language: str = "en", **more: Any) -> None:
        """Somebody is an admin of the workspace."""
        account = str(new_key())
        who = {"account_id": account, "email": email, "name": email.partition("@")[0].title()}
        self.kit.deliver("identity.account_registered.v1", account, **who, language=language)
        told = {"roles": ["admin"], "status": "enabled", **more}
        self.kit.deliver(
            "workspace.member_joined.v1",
            new_key(),
            workspace_id=str(workspace),
            member_id=str(new_key()),
            **who,
            **told,
        )

    def told(self, workspace: UUID, *types: str) -> list[Any]:
        """The data of the events about a workspace, by the word in their types."""
        return [
            event.data
            for event in self.kit.emitted()
            if event.workspace == workspace and event.type.split(".")[1] in types
        ]

    def overview(self, workspace: UUID, language: str = "en") -> Any:
        answer = self.kit.request(
            "GET", "/api/v1/billing", user(workspace=workspace), headers={"Accept-Language": language}
        )
        assert answer.status_code == 200, answer.text
        return answer.json


def now() -> datetime:
    return datetime.now(UTC)
