"""A company's office: *workspace* and *billing*, the admin Alice, and the events that go between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from chassis.database import EVERYONE, database_now
from chassis.ids import new_key
from chassis.outbox import Event
from contracts.catalogue import CATALOGUE
from services.billing.ledger import SEAT
from services.billing.models import Batch, Seat
from services.billing.subscriptions import seats_total
from services.workspace.models import Invitation
from tests.service_kit import Kit, user

ALICE = new_key()
MEMBERS, INVITATIONS = "/api/v1/workspace/members", "/api/v1/invitations"


class Office:
    """``urls`` are the databases of the two services; SQLite when there are none."""

    def __init__(self, folder: Path, urls: tuple[str | None, str | None] = (None, None)) -> None:
        self.neighbours: dict[str, Any] = {"billing": None}  # comes below: each is the other's neighbour
        self.kit = Kit("workspace", folder, urls[0], self.neighbours)
        self.billing = Kit("billing", folder, urls[1], {"workspace": self.kit.app}, BILLING="plans")
        self.neighbours["billing"] = self.billing.app
        self._told, self._others = 0, list[UUID]()
        self.id = self.register(ALICE, "Alice Tan", "alice@example.com")

    def close(self) -> None:
        for kit in (self.kit, self.billing):
            kit.runtime.db.engine.dispose()

    def register(self, account: UUID, name: str, email: str, **data: Any) -> UUID:
        """Somebody registers; their own workspace."""
        told = {"account_id": str(account), "name": name, "email": email, **data}
        self.kit.deliver("identity.account_registered.v1", account, **told)
        made = self.kit.emitted("workspace.created.v1")
        self.tell_billing()
        return UUID(made[-1].data["workspace_id"])

    def tell_billing(self) -> list[Event]:
        """Bring everything new to *billing*, as the bus would; all events so far."""
        events = self.kit.emitted()
        for event in events[self._told :]:
            if "billing" in CATALOGUE[event.type].heard_by:
                self.billing.deliver(event.type, event.subject, event.sequence, event.workspace, **event.data)
        self._told = len(events)
        return events

    def ask(self, method: str, path: str, who: Any = None, **options: Any) -> TestResponse:
        """Alice asks, unless it is somebody else."""
        return self.kit.request(method, path, who or self.alice, **options)

    @property
    def alice(self) -> Any:
        return user(ALICE, self.id)

    def add(self, email: str, name: str = "Bob Lim", **form: Any) -> TestResponse:
        """Alice adds a member."""
        return self.ask("POST", MEMBERS, json={"name": name, "email": email, "roles": ["initiator"], **form})

    def link(self) -> str:
        """The token of the newest mailed invitation."""
        sealed = self.kit.emitted("workspace.member_invited.v1")[-1].data["sealed_link"]
        address: str = self.kit.runtime.sealer.open(sealed)
        return address.partition("token=")[2]

    def seats(self, count: int | None = None) -> tuple[int | None, int]:
        """How many seats there are and how many are taken; ``count`` sets them first.

        More than the plan's are bought beside it; of too many, some are taken by others, who are not told here.
        """
        with self.billing.runtime.db.transaction(EVERYONE) as session:
            if count is not None:
                self._want(session, count)
            others = len(self._others)
            taken = session.query(Seat).where(Seat.workspace_id == self.id, Seat.released_at.is_(None)).count()
            return (seats_total(session, self.id) or 0) - others, taken - others

    def _want(self, session: Session, count: int) -> None:
        session.query(Seat).where(Seat.member_id.in_(self._others)).delete()
        session.query(Batch).where(Batch.workspace_id == self.id, Batch.resource == SEAT).delete()
        more, now = count - (seats_total(session, self.id) or 0), database_now(session)
        self._others = [new_key() for _ in range(-more)]
        for key in self._others:
            session.add(Seat(member_id=key, workspace_id=self.id, version=1, taken_at=now, confirmed_at=now))
        if more > 0:
            session.add(Batch(id=new_key(), workspace_id=self.id, resource=SEAT, product="seat", origin="test",
                              total=more, available=more, starts_at=now, ends_at=None))  # fmt: skip

    def age_invitations(self, **values: Any) -> None:
        """Change when invitations were mailed or expire."""
        with self.kit.runtime.db.transaction(EVERYONE) as session:
            session.execute(update(Invitation).values(**values))
