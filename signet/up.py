"""`signet up`: the whole suite in one process, on SQLite, a bus in memory, a folder and a mailbox.

It is the real code with other adapters. Everything it keeps is below one folder; kill it at any moment and start it
again: events that were not handled are published again.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import secrets
import signal
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import waitress
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from sqlalchemy import select

from chassis import sandbox
from chassis.bus import Bus, RetryPolicy, connect_bus
from chassis.database import EVERYONE
from chassis.inproc import WsgiTransport
from chassis.logs import configure_logging
from chassis.migrations import migrate
from chassis.relay import replay, run_relay
from chassis.service import Runtime, Service
from chassis.tables import inbox, outbox
from chassis.web import create_app
from chassis.worker import run_worker
from contracts.catalogue import CATALOGUE, subscriptions
from signet.keys import embedded_secrets
from signet.registry import MODULES, load_service

M_ARENA_MAX = -8


class AlreadyRunning(Exception):
    """Another suite uses the same folder."""


@dataclass(frozen=True)
class Suite:
    """A running embedded suite."""

    services: Mapping[str, Service]
    runtimes: Mapping[str, Runtime]
    apps: Mapping[str, Any]
    bus: Bus


def embedded_environment(home: Path, public_url: str) -> dict[str, dict[str, str]]:
    """The settings of every service, by name."""
    kept = embedded_secrets(home)
    urls = " ".join(f"{name}=inproc://{name}" for name in MODULES)
    bus = f"memory://{secrets.token_hex(8)}"
    common = {
        "BUS_URL": bus, "STORAGE_URL": f"folder://{home / 'objects'}", "SERVICE_URLS": urls, "EMBEDDED": "on",
        "TOKEN_TRUST": kept["TOKEN_TRUST"], "SECRET_KEY": kept["SECRET_KEY"], "PUBLIC_URL": public_url,
        "MAIL_URL": "mailbox://", "KEY_STORE": "database",
    }  # fmt: skip
    return {
        name: {
            **os.environ, **common, "TOKEN_KEY": kept[f"TOKEN_KEY_{name.upper()}"],
            "DATABASE_URL": f"sqlite:///{home / name}.db",
        }
        for name in MODULES
    }  # fmt: skip


def build(home: Path, public_url: str) -> Suite:
    """Load, migrate and compose every service on embedded adapters."""
    environment = embedded_environment(home, public_url)
    services = {name: load_service(name) for name in MODULES}
    apps: dict[str, Any] = {}
    transports = {"inproc://": WsgiTransport(apps)}
    settings = {name: service.settings.load(name, environment[name]) for name, service in services.items()}
    for name, service in services.items():
        migrate_embedded(service, settings[name].database_url)
    runtimes = {name: service.start(settings[name], transports) for name, service in services.items()}
    apps.update({name: create_app(service, runtimes[name]) for name, service in services.items()})
    bus = connect_bus(settings["gateway"].bus_url)
    bus.declare(subscriptions())
    return Suite(services, runtimes, apps, bus)


def migrate_embedded(service: Service, url: str) -> None:
    """Bring one SQLite database to the newest revision."""
    from chassis.database import Database

    db = Database(url, service.name)
    migrate(db, service.migrations, service.base)
    db.engine.dispose()


def start_background(suite: Suite, stop: threading.Event) -> list[threading.Thread]:
    """Relay and worker of every service, after asking again for what nobody has handled yet."""
    resume(suite)
    threads = []
    for name, service in suite.services.items():
        runtime = suite.runtimes[name]
        work: list[tuple[Any, tuple[Any, ...]]] = [
            (run_relay, (runtime.db, suite.bus, stop)),
            (run_worker, (service, runtime, suite.bus, stop, RetryPolicy())),
        ]
        threads += [
            threading.Thread(target=target, args=args, name=f"{name}-{target.__name__}") for target, args in work
        ]
    for thread in threads:
        thread.start()
    return threads


def resume(suite: Suite) -> None:
    """Publish again every event of the last week that one of its receivers has not handled."""
    since = datetime.now(UTC) - timedelta(days=7)
    handled = {name: _ids(runtime, select(inbox.c.event_id)) for name, runtime in suite.runtimes.items()}
    for runtime in suite.runtimes.values():
        with runtime.db.read(EVERYONE) as session:
            rows = session.execute(select(outbox.c.id, outbox.c.type).where(outbox.c.published_at.is_not(None))).all()
        done = [row.id for row in rows if all(row.id in handled[name] for name in CATALOGUE[row.type].heard_by)]
        if len(done) < len(rows):
            replay(runtime.db, since, keep=done)


def _ids(runtime: Runtime, query: Any) -> set[str]:
    with runtime.db.read(EVERYONE) as session:
        return set(session.execute(query).scalars())


def write_roots(home: Path, suite: Suite) -> None:
    """Put the suite's roots where `signet verify` looks for whom to trust."""
    from services.seal.credentials import root_certificates

    found = [load_der_x509_certificate(one) for one in root_certificates(suite.runtimes["seal"])]
    folder = home / "trust"
    folder.mkdir(exist_ok=True)
    fresh = folder / "signet.pem.new"
    fresh.write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in found))
    fresh.replace(folder / "signet.pem")


def save_memory() -> None:
    """Let glibc keep two heaps for all threads instead of one for each; a third of the memory of the whole suite."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(M_ARENA_MAX, 2)


def up(home: Path, port: int, public_url: str | None = None) -> None:
    """Serve the suite on ``http://localhost:<port>`` until told to stop. Raises `AlreadyRunning`."""
    save_memory()
    home.mkdir(parents=True, exist_ok=True)
    lock = (home / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise AlreadyRunning(f"Another Signet already uses the folder {home}.") from error
    configure_logging(os.environ.get("LOG_LEVEL", "WARNING"))
    url = public_url or f"http://localhost:{port}"
    sandbox.start()
    suite = build(home, url)
    write_roots(home, suite)
    server = waitress.create_server(
        suite.apps["gateway"], host=os.environ.get("BIND", "127.0.0.1"), port=port, threads=24, ident=None,
        max_request_body_size=80 << 20, channel_timeout=120, clear_untrusted_proxy_headers=False,
    )  # fmt: skip
    stop = threading.Event()
    threads = start_background(suite, stop)

    def end(*_: object) -> None:
        stop.set()
        server.close()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    print(WELCOME.format(url=url, home=home), file=sys.stderr, flush=True)
    try:
        server.run()
    finally:
        stop.set()
        for thread in threads:
            thread.join(5)


WELCOME = """Signet runs at {url}
  mailbox  {url}/mailbox
  API      {url}/api/v1/openapi.json
  data     {home}
Press Ctrl+C to stop."""
