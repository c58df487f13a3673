"""A stage for signing stories: the service with real neighbours, a contract in the store, and people with browsers."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from PIL import Image, ImageDraw
from sqlalchemy import update
from werkzeug.test import TestResponse

from chassis.database import EVERYONE
from chassis.ids import digest, new_key, public_id
from chassis.tokens import Kind, Principal
from documents.uploads import intake
from services.signing.models import Ceremony
from tests.documents.makers import plain
from tests.service_kit import Kit, service

API = "/api/v1/signing"
LOOPS = ("prepare", "append", "archive", "complete", "renew", "anchor")
WORKSPACE = new_key()


class Stage:
    """*signing* with the real *seal*; everything shares one object store."""

    def __init__(self, folder: Path, database_url: str | None = None, **env: str) -> None:
        self.seal = Kit("seal", folder)
        self.seal.deliver("workspace.created.v1", workspace_id=str(WORKSPACE))
        self.neighbours: dict[str, Any] = {"seal": self.seal.app}
        self.kit = Kit("signing", folder, database_url, self.neighbours, **env)
        self.folder = folder
        self.document = self._stored_contract()

    def with_identity(self) -> Kit:
        """*identity* too, for saved signatures."""
        identity = Kit("identity", self.folder)
        self.neighbours["identity"] = identity.app
        return identity

    def _stored_contract(self) -> dict[str, Any]:
        source = self.folder / "contract.pdf"
        taken = intake.inspect(plain(self.folder / "upload.pdf", pages=2), source)
        stored = self.kit.runtime.storage.put("agreements/contract.pdf", source)
        return {"key": stored.key, "sha256": stored.sha256, "size": taken.size, "pages": 2, "name": "contract.pdf"}

    def send(self, *people: dict[str, Any], ordered: bool = True, prepare: bool = True, **data: Any) -> Agreement:
        """Alice sends the contract to these people; unless told otherwise it is prepared and they are invited."""
        agreement = Agreement(self, people, ordered, data)
        agreement.deliver()
        if prepare:
            self.work()
        return agreement

    def close(self) -> None:
        """Let go of the databases."""
        for kit in (self.kit, self.seal):
            kit.runtime.db.engine.dispose()

    def work(self) -> None:
        """Turn every loop until nothing is left to do."""
        while any(self.kit.turn(loop) for loop in LOOPS):
            pass

    def change(self, agreement: Agreement, **values: Any) -> None:
        """Put a ceremony's row as time would have made it."""
        with self.kit.runtime.db.transaction(EVERYONE) as session:
            session.execute(update(Ceremony).where(Ceremony.id == agreement.id).values(**values))


def person(
    name: str = "Bob", position: int = 1, check: str = "none", code: str | None = None, **more: Any
) -> dict[str, Any]:
    """A recipient; ``code`` is the access code."""
    code_hash = code and PasswordHasher(time_cost=1, memory_cost=64).hash(code)
    return {
        "name": name, "email": f"{name.lower()}@example.com", "language": "en", "recipient_id": str(new_key()),
        "position": position, "check": check, "code_hash": code_hash, **more,
    }  # fmt: skip


def field(kind: str = "signature", row: int = 0, **more: Any) -> dict[str, Any]:
    """A field on the first page; rows go down the page."""
    return {
        "field_id": str(new_key()), "kind": kind, "page": 0, "x": 0.1, "y": 0.2 + 0.08 * row, "width": 0.4,
        "height": 0.06, "required": True, "label": kind.title(), "default": None, "format": None, "longest": None,
        **more,
    }  # fmt: skip


class Agreement:
    """A sent agreement, and its signers as they come in."""

    def __init__(self, stage: Stage, people: tuple[dict[str, Any], ...], ordered: bool, data: dict[str, Any]) -> None:
        self.stage, self.kit, self.id = stage, stage.kit, new_key()
        self.public_id = public_id("agr", self.id)
        self.people = people
        document = {**stage.document, "document_id": str(new_key())}
        now = datetime.now(UTC)
        self.data = {
            "agreement_id": str(self.id), "public_id": self.public_id, "workspace_id": str(WORKSPACE),
            "ordered": ordered, "deadline": (now + timedelta(days=7)).isoformat(), "sent_at": now.isoformat(),
            "created_at": now.isoformat(), "documents": [document], "recipients": [_plain(one) for one in people],
            "fields": [
                {**one, "recipient_id": who["recipient_id"], "document_id": document["document_id"]}
                for place, who in enumerate(people)
                for one in who.get("fields", [field(row=place)])
            ],
            **data,
        }  # fmt: skip

    def deliver(self) -> None:
        """Tell *signing* that it was sent."""
        self.kit.deliver("agreement.sent.v1", subject=self.id, workspace=WORKSPACE, **self.data)

    def links(self, name: str, type: str = "signing.invited.v1") -> list[str]:
        """The raw links somebody was mailed, oldest first."""
        mine = self.recipient(name)
        told = [e.data for e in self.kit.emitted(type) if e.data["agreement_id"] == str(self.id)]
        rows = [row for data in told for row in data.get("links", [data]) if row["recipient_id"] == mine]
        return [self.kit.runtime.sealer.open(row["sealed_link"]).rsplit("/", 1)[1] for row in rows]

    def recipient(self, name: str) -> str:
        return next(one["recipient_id"] for one in self.people if one["name"] == name)

    def signer(self, name: str = "Bob", browser: str = "b1") -> Signer:
        """Somebody with the newest link they were mailed."""
        return Signer(self, self.links(name)[-1], browser)

    def told(self, type: str) -> list[dict[str, Any]]:
        """What was emitted about this agreement."""
        return [e.data for e in self.kit.emitted(type) if e.data["agreement_id"] == str(self.id)]

    def ask(self, path: str, **body: Any) -> TestResponse:
        """*agreement* asks something about it."""
        return self.kit.request("POST", f"/internal/ceremonies/{self.id}/{path}", service("agreement"), json=body)

    def close(self, kind: str = "voided") -> str:
        answer = self.ask("close", kind=kind, reason="Wrong annex", by="Alice Tan", ip="203.0.113.1", user_agent="test")
        return str(answer.json["outcome"])

    def history(self) -> dict[str, Any]:
        return self.kit.request("GET", f"/internal/ceremonies/{self.id}/history", service("agreement")).json

    def kinds(self) -> list[str]:
        """The kinds of evidence, in order."""
        return [entry["kind"] for entry in self.history()["entries"]]


class Signer:
    """A browser with a link."""

    def __init__(self, agreement: Agreement, raw: str, browser: str = "b1", ref: str = "link") -> None:
        self.agreement, self.raw = agreement, raw
        self.base = f"{API}/{ref}"
        self.who = Principal(Kind.LINK, digest(raw), browser=browser, ip="198.51.100.7", user_agent="Phone/1.0")

    def ask(self, method: str, path: str = "", **options: Any) -> TestResponse:
        return self.agreement.kit.request(method, f"{self.base}{path}", self.who, buffered=True, **options)

    def state(self) -> dict[str, Any]:
        answer = self.ask("GET")
        assert answer.status_code == 200, answer.json
        return answer.json

    def consent(self) -> None:
        assert self.ask("POST", "/open").status_code == 200
        version = self.state()["consent"]["version"]
        assert self.ask("POST", "/consent", json={"version": version}).status_code == 200

    def put(self, kind: str, **value: Any) -> TestResponse:
        """Fill the first field of a kind."""
        return self.ask("PUT", f"/fields/{self.field(kind)}", json=value)

    def field(self, kind: str) -> str:
        return next(one["id"] for one in self.state()["fields"] if one["kind"] == kind)

    def fill(self) -> None:
        """Consent, and write the name into the signature field."""
        self.consent()
        answer = self.put("signature", typed={"name": self.state()["recipient"]["name"], "style": "caveat"})
        assert answer.status_code == 200, answer.json

    def sign(self) -> None:
        self.fill()
        answer = self.ask("POST", "/finish")
        assert answer.status_code == 200, answer.json


class Account(Signer):
    """A logged-in person."""

    def __init__(self, agreement: Agreement, email: str, account: UUID | None = None) -> None:
        super().__init__(agreement, "", ref=agreement.public_id)
        self.account = account or new_key()
        self.who = Principal(
            Kind.USER, str(self.account), email=email, browser="desk", ip="198.51.100.8", user_agent="Desk"
        )


def red_stamp() -> bytes:
    """A picture of a round seal on white paper."""
    image = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(image).ellipse((10, 10, 190, 190), outline="red", width=12)
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


def _plain(one: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != "fields"}
