"""One service, running in the test's process on a real database, with its neighbours real or faked at the HTTP seam."""

from __future__ import annotations

import functools
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from chassis.bus import Message
from chassis.database import EVERYONE, Database
from chassis.ids import new_key
from chassis.inproc import WsgiTransport
from chassis.migrations import migrate
from chassis.outbox import Event
from chassis.service import Runtime, Service
from chassis.tables import outbox
from chassis.tokens import Kind, Principal, TokenIssuer, new_token_key, public_keys
from chassis.web import create_app
from chassis.worker import handle
from contracts.catalogue import CATALOGUE, check
from signet.registry import MODULES, load_service
from tests.processes import scratch

KEYS = {name: new_token_key(name) for name in MODULES}
TRUST = json.dumps(public_keys(list(KEYS.values())))
SECRET = Fernet.generate_key().decode()


class Kit:
    """A service under test. ``neighbours`` are WSGI applications by service name that its internal calls reach."""

    def __init__(
        self, name: str, folder: Path, database_url: str | None = None, neighbours: Mapping[str, Any] | None = None,
        **env: str,
    ) -> None:  # fmt: skip
        self.service = load_service(name)
        url = database_url or f"sqlite:///{folder / name}.db"
        environment = {
            "DATABASE_URL": url, "BUS_URL": "memory://unused", "STORAGE_URL": f"folder://{folder / 'objects'}",
            "SERVICE_URLS": " ".join(f"{other}=inproc://{other}" for other in MODULES), "SECRET_KEY": SECRET,
            "TOKEN_KEY": json.dumps(KEYS[name]), "TOKEN_TRUST": TRUST, "PUBLIC_URL": "http://signet.test",
            "EMBEDDED": "on", "MAIL_URL": "mailbox://", "KEY_STORE": "database", **env,
        }  # fmt: skip
        settings = self.service.settings.load(name, environment)
        self._migrate(url)
        transports = {"inproc://": WsgiTransport(neighbours or {})}
        self.runtime: Runtime = self.service.start(settings, transports)
        self.app: Flask = create_app(self.service, self.runtime)

    def _migrate(self, url: str) -> None:
        file = Path(url.removeprefix("sqlite:///"))
        if url.startswith("sqlite:///") and not file.exists():
            shutil.copyfile(_migrated(self.service.name), file)
        _bring_up(self.service, url)

    def request(self, method: str, path: str, who: Principal | None = None, **options: Any) -> TestResponse:
        """Send a request with the token the gateway (or the calling service) would send."""
        who = who or Principal(Kind.ANONYMOUS, ip="203.0.113.9", browser="b1")
        issuer = who.subject if who.kind is Kind.SERVICE else "gateway"
        token = TokenIssuer(KEYS[issuer]).mint(self.service.name, who)
        headers = {"Authorization": f"Bearer {token}", **options.pop("headers", {})}
        return self.app.test_client().open(path, method=method, headers=headers, **options)

    def deliver(
        self, type: str, subject: object = None, sequence: int = 1, workspace: UUID | None = None, **data: Any
    ) -> Event:
        """Hand the service an event as its worker would; missing members come from the catalogue's example."""
        full = {**CATALOGUE[type].example, **data}
        check(type, CATALOGUE[type].owner, full)
        body = {
            "id": str(new_key()), "type": type, "subject": str(subject or new_key()), "sequence": str(sequence),
            "time": "2026-11-22T08:00:00+00:00", "correlationid": "test", "workspace": workspace and str(workspace),
            "data": full,
        }  # fmt: skip
        return self.redeliver(json.dumps(body).encode())

    def redeliver(self, body: bytes) -> Event:
        """Hand the service the very same message."""
        event = Event.parse(body)
        handle(self.service, self.runtime, Message(event.id, event.type, body))
        return event

    def emitted(self, type: str | None = None) -> list[Event]:
        """The events in the service's outbox, oldest first."""
        with self.runtime.db.read(EVERYONE) as session:
            rows = session.execute(select(outbox.c.type, outbox.c.body).order_by(outbox.c.position)).all()
        return [Event.parse(row.body.encode()) for row in rows if type in (None, row.type)]

    def turn(self, loop: str) -> int:
        """Turn one of the service's loops until it has nothing more to do; how often it did something."""
        turn = next(one.turn for one in self.service.loops if one.name == loop)
        return sum(1 for _ in iter(lambda: turn(self.runtime), False))


@functools.cache
def _migrated(name: str) -> Path:
    """A file database of the newest revision with nothing in it; migrating once is enough for a process."""
    file = scratch("migrated") / f"{name}.db"
    _bring_up(load_service(name), f"sqlite:///{file}")
    return file


def _bring_up(service: Service, url: str) -> None:
    db = Database(url, service.name)
    migrate(db, service.migrations, service.base)
    db.engine.dispose()


def user(
    account: UUID | None = None, workspace: UUID | None = None, roles: tuple[str, ...] = ("admin", "initiator"),
    email: str = "alice@example.com", name: str = "Alice Tan",
) -> Principal:  # fmt: skip
    """A logged-in person, as the gateway speaks of one."""
    return Principal(
        Kind.USER, str(account or new_key()), workspace or new_key(), frozenset(roles), email, name,
        browser="browser-of-" + email, ip="203.0.113.9", user_agent="test", session="s1",
    )  # fmt: skip


def service(name: str) -> Principal:
    """Another service, speaking for itself."""
    return Principal(Kind.SERVICE, name)
