"""What a service is to the chassis, and what a running one has at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask_smorest import Blueprint
from sqlalchemy.orm import DeclarativeBase, Session

from chassis.client import ServiceClient, Transports
from chassis.database import Database
from chassis.outbox import Event
from chassis.sealer import Sealer
from chassis.settings import Settings
from chassis.storage import Storage, connect_storage
from chassis.tokens import TokenIssuer, TokenVerifier


@dataclass(frozen=True)
class Runtime:
    """A running service: settings and the adapters they chose. ``parts`` is what the service built for itself."""

    settings: Settings
    db: Database
    storage: Storage
    sealer: Sealer
    client: ServiceClient
    verifier: TokenVerifier
    parts: Any = None


Handler = Callable[[Runtime, Session, Event], None]


@dataclass(frozen=True)
class Loop:
    """Clock work of the worker: ``turn`` does one piece of work and tells whether there may be more.

    It runs every ``every`` seconds, and at once when the bell of its ``name`` rings in the service's database.
    """

    name: str
    turn: Callable[[Runtime], bool]
    every: float


@dataclass(frozen=True)
class Service:
    """The composition of one service: its `app.py` says all of it in one place.

    ``authenticate`` sets `g.principal` and applies the access rule; None reads the internal token. A service with
    its own stands at the edge and trusts no header about requests either.
    """

    name: str
    base: type[DeclarativeBase]
    migrations: Path
    blueprints: Sequence[Blueprint] = ()
    handlers: Mapping[str, Handler] = field(default_factory=dict)
    loops: Sequence[Loop] = ()
    settings: type[Settings] = Settings
    messages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    parts: Callable[[Runtime], Any] | None = None
    authenticate: Callable[[], None] | None = None
    max_body: int = 1 << 20
    sandboxed: bool = False

    def start(self, settings: Settings, transports: Transports | None = None) -> Runtime:
        """Connect the adapters; nothing is contacted yet except by ``parts``."""
        issuer = TokenIssuer(settings.token_key)
        runtime = Runtime(
            settings=settings,
            db=Database(settings.database_url, self.name),
            storage=connect_storage(settings.storage_url),
            sealer=Sealer(settings.secret_key),
            client=ServiceClient(issuer, settings.service_urls, transports),
            verifier=TokenVerifier(self.name, settings.token_trust),
        )
        if self.parts:
            object.__setattr__(runtime, "parts", self.parts(runtime))
        return runtime
