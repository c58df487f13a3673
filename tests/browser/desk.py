"""Alice's desk: agreements sent by the API, so that stories can begin where the browser does."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from signet.demo.contract import sample_contract
from signet.demo.flow import PASSWORD, Demo
from signet.demo.http import Browser
from signet.demo.mail import CODE, LINK, newest
from tests.suite.harness import Embedded

Place = dict[str, Any]


def place(kind: str = "signature", page: int = 1, x: float = 0.1, y: float = 0.2, **more: Any) -> Place:
    """A field; a signature at a usual place if nothing else is said."""
    size = {"checkbox": (0.03, 0.02)}.get(kind, (0.24, 0.05))
    return {"kind": kind, "page": page, "x": x, "y": y, "width": size[0], "height": size[1], **more}


EVERY_KIND = tuple(
    place(kind, x=0.05, y=0.1 + 0.09 * row)
    for row, kind in enumerate(("signature", "stamp", "text", "date", "checkbox"))
)


@dataclass
class Person:
    """A recipient, and what they are to fill in."""

    name: str = "Carol Wu"
    language: str = "en"
    fields: Sequence[Place] = field(default_factory=lambda: (place(),))
    more: dict[str, Any] = field(default_factory=dict)
    email: str = ""


class Desk:
    """Alice's session, and Bob's, who has an account in another company."""

    def __init__(self, suite: Embedded) -> None:
        self.suite, self.url = suite, suite.url
        self.demo = Demo(suite.url, suite.mailbox, lambda _: None)
        self.alice = self.demo.register("Alice Tan", "alice@acme.example", "SG")
        self._numbers = itertools.count(1)

    def send(self, *people: Person, pdf: bytes | None = None, ordered: bool = False, **values: Any) -> str:
        """Send a contract to these people; the agreement's id."""
        agreement = self.draft(*people, pdf=pdf, ordered=ordered, **values)
        self.alice.post(f"/api/v1/agreements/{agreement}/send")
        return agreement

    def draft(self, *people: Person, pdf: bytes | None = None, ordered: bool = False, **values: Any) -> str:
        """A draft that is ready to be sent."""
        for person in people:
            person.email = person.email or f"person{next(self._numbers)}@globex.example"
        deadline = (datetime.now(UTC) + timedelta(days=14)).isoformat()
        body = {
            "title": "Service agreement",
            "message": "Please sign.",
            "deadline": deadline,
            "ordered": ordered,
            **values,
        }
        agreement: str = self.alice.post("/api/v1/agreements", body)["id"]
        path = f"/api/v1/agreements/{agreement}"
        file = {"file": ("contract.pdf", pdf or sample_contract(), "application/pdf")}
        document = self.alice.post(f"{path}/documents", None, files=file)
        rows = [_row(one, n if ordered else 1) for n, one in enumerate(people, 1)]
        recipients = self.alice.put(f"{path}/recipients", {"recipients": rows})["recipients"]
        fields = [
            {"required": True, **one, "recipient_id": row["id"], "document_id": document["id"]}
            for person, row in zip(people, recipients, strict=True)
            for one in person.fields
        ]
        self.alice.put(f"{path}/fields", {"fields": fields})
        return agreement

    def link(self, person: Person, seen: frozenset[str] = frozenset()) -> str:
        """The address in the newest invitation."""
        return f"{self.url}/sign/{newest(self.suite.mailbox, person.email, LINK, seen)}"

    def code(self, person: Person) -> str:
        """The six digits in the newest mail."""
        return newest(self.suite.mailbox, person.email, CODE)

    def status(self, agreement: str) -> str:
        """How the agreement stands for Alice."""
        return str(self.alice.get(f"/api/v1/agreements/{agreement}")["status"])

    def file(self, agreement: str, which: str = "document") -> bytes:
        """A finished file."""
        return self.alice.download(f"/api/v1/agreements/{agreement}/files/{which}")

    def colleague(self, name: str, email: str) -> Browser:
        """Somebody who registers."""
        return self.demo.register(name, email, "HK")


def cookies(browser: Browser, url: str) -> list[dict[str, Any]]:
    """A session of the API as cookies for a real browser."""
    return [{"name": one.name, "value": one.value or "", "url": url} for one in browser._session.cookies]


def _row(person: Person, position: int) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "position": position,
        "language": person.language,
        **person.more,
    }


__all__ = ["EVERY_KIND", "PASSWORD", "Desk", "Person", "cookies", "place"]
