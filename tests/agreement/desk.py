"""What Alice does at her desk: drafts, uploads, sends; and what signing tells about it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from reportlab.pdfgen.canvas import Canvas
from werkzeug.test import TestResponse

from chassis.ids import new_key, parse_public_id, public_id
from chassis.outbox import Event
from chassis.tokens import Principal
from tests.agreement.neighbours import Billing, Signing
from tests.service_kit import Kit, user

API = "/api/v1/agreements"
BOB, CAROL = ("Bob Lim", "bob@example.com"), ("王小明", "carol@example.com")


@cache
def pdf(pages: int = 1) -> bytes:
    """A small PDF."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    for number in range(pages):
        canvas.drawString(60, 760, f"Page {number} of the contract")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def at(minutes: float) -> str:
    """A moment some minutes from now."""
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


class Desk(Kit):
    """The service under test, with Alice logged in as admin of her workspace."""

    def __init__(self, folder: Path, database_url: str | None = None) -> None:
        self.billing, self.signing, self.folder = Billing(), Signing(), folder / "objects"
        neighbours = {"billing": self.billing.app, "signing": self.signing.app}
        super().__init__("agreement", folder, database_url, neighbours)
        self.alice = user()

    def call(
        self, method: str, path: str = "", json: Any = None, who: Principal | None = None, **more: Any
    ) -> TestResponse:
        """A request below the agreements' address."""
        options = {"json": json} if json is not None else {}
        return self.request(method, API + path, who or self.alice, **options, **more)

    def start(self, who: Principal | None = None, **values: Any) -> str:
        """A new draft's id."""
        return str(self.ok(self.call("POST", "", values, who))["id"])

    def upload(
        self, key: str, content: bytes | None = None, name: str = "contract.pdf", who: Principal | None = None
    ) -> TestResponse:
        head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + (pdf() if content is None else content) + b"\r\n--b--\r\n"
        return self.call(
            "POST", f"/{key}/documents", who=who, data=body, content_type="multipart/form-data; boundary=b"
        )

    def put_people(self, key: str, *people: tuple[str, str], who: Principal | None = None, **more: Any) -> list[str]:
        rows = [{"name": name, "email": email, **more} for name, email in people]
        answer = self.ok(self.call("PUT", f"/{key}/recipients", {"recipients": rows}, who))
        return [row["id"] for row in answer["recipients"]]

    def put_signatures(self, key: str, document: str, recipients: list[str], who: Principal | None = None) -> None:
        rows = [field(document, one, y=0.05 + 0.01 * n) for n, one in enumerate(recipients)]
        self.ok(self.call("PUT", f"/{key}/fields", {"fields": rows}, who))

    def ready(self, *people: tuple[str, str], who: Principal | None = None, **values: Any) -> str:
        """A draft that can be sent."""
        key = self.start(who, **values)
        document = self.ok(self.upload(key, who=who))["id"]
        self.put_signatures(key, document, self.put_people(key, *(people or (BOB,)), who=who), who)
        return key

    def send(self, key: str, who: Principal | None = None) -> TestResponse:
        return self.call("POST", f"/{key}/send", who=who)

    def sent(self, *people: tuple[str, str], who: Principal | None = None, **values: Any) -> str:
        """A sent agreement."""
        key = self.ready(*people, who=who, **values)
        self.ok(self.send(key, who))
        return key

    def show(self, key: str, who: Principal | None = None) -> dict[str, Any]:
        return self.ok(self.call("GET", f"/{key}", who=who))

    def listed(self, who: Principal | None = None, **query: Any) -> list[str]:
        """The ids in a list."""
        return [row["id"] for row in self.ok(self.call("GET", who=who, query_string=query))["agreements"]]

    def ok(self, response: TestResponse) -> Any:
        assert response.status_code < 300, response.get_data(as_text=True)
        return response.get_json()

    def objects(self) -> Iterator[Path]:
        """The files in the store."""
        return (path for path in self.folder.rglob("*") if path.is_file())

    def tell(self, type: str, key: str, place: int | None = 0, minute: float = 0, **data: Any) -> Event:
        """An event about an agreement and, unless None, the recipient in this place."""
        agreement_id = parse_public_id("agr", key)
        if place is not None:
            recipient = self.show(key)["recipients"][place]
            data = {"recipient_id": str(parse_public_id("rcp", recipient["id"])), "at": at(minute), **data}
        return self.deliver(type, agreement_id, agreement_id=str(agreement_id), **data)

    def account(self, email: str, workspace: UUID | None = None, name: str = "Bob Lim") -> Principal:
        """Somebody registers, gets a workspace and logs in there."""
        who = user(email=email, name=name, workspace=workspace or new_key())
        account = str(who.account)
        self.deliver("identity.account_registered.v1", account, account_id=account, email=email, name=name)
        self.join(who)
        return who

    def join(self, who: Principal, workspace: UUID | None = None, status: str = "enabled") -> None:
        member = str(new_key())
        self.deliver(
            "workspace.member_joined.v1", member, member_id=member, workspace_id=str(workspace or who.workspace),
            account_id=who.subject, email=who.email, name=who.name, status=status,
        )  # fmt: skip


def field(document: str, recipient: str, **values: Any) -> dict[str, Any]:
    """A signature field near the top of the first page."""
    place = {"page": 0, "x": 0.1, "y": 0.1, "width": 0.3, "height": 0.06}
    return {"document_id": document, "recipient_id": recipient, "kind": "signature", **place, **values}


def nobody() -> str:
    """The id of an agreement that does not exist."""
    return public_id("agr", new_key())
