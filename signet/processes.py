"""The processes of one service: web, relay, worker, migrate, replay."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from gunicorn.app.base import BaseApplication
from prometheus_client import start_http_server

from chassis import sandbox
from chassis.bus import RetryPolicy, connect_bus
from chassis.logs import configure_logging
from chassis.migrations import migrate
from chassis.relay import replay, run_relay
from chassis.service import Runtime, Service
from chassis.settings import read, setting
from chassis.web import create_app
from chassis.worker import run_worker
from contracts.catalogue import subscriptions
from signet.registry import load_service


def start(name: str, env: Mapping[str, str] = os.environ) -> tuple[Service, Runtime]:
    """Load a service and connect its adapters from the environment."""
    service = load_service(name)
    return service, service.start(service.settings.load(name, env))


def launch(name: str) -> tuple[Service, Runtime]:
    """`start` for a process of its own, which logs to standard error."""
    service, runtime = start(name)
    configure_logging(runtime.settings.log_level)
    return service, runtime


@dataclass(frozen=True, kw_only=True)
class ProcessSettings:
    """Where a process listens, and how many serve."""

    bind: str = setting("BIND", "address a process listens at", "127.0.0.1")
    port: int = setting("PORT", "port of a web process; of `signet up` 8080 by default", 8000, int)
    workers: int = setting("WEB_WORKERS", "gunicorn worker processes of a web process", 1, int)
    threads: int = setting("WEB_THREADS", "threads of each gunicorn worker", 16, int)
    metrics_port: int | None = setting("METRICS_PORT", "port at which relay and worker tell their metrics", None, int)


class WebServer(BaseApplication):
    """gunicorn around one service's application; connections are made after the fork."""

    def __init__(self, name: str) -> None:
        self._name = name
        super().__init__()

    def load_config(self) -> None:
        assert self.cfg is not None
        own = read(ProcessSettings, os.environ)
        options = {
            "bind": f"{own.bind}:{own.port}", "workers": own.workers, "threads": own.threads, "timeout": 60,
            "worker_class": "gthread", "graceful_timeout": 20, "keepalive": 30, "accesslog": None,
            "forwarder_headers": "", "forwarded_allow_ips": "", "control_socket_disable": True,
        }  # fmt: skip
        for key, value in options.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        service, runtime = launch(self._name)
        if service.sandboxed:
            sandbox.start()
        return create_app(service, runtime)


def web(name: str) -> None:
    """Serve HTTP until told to stop."""
    launch(name)
    WebServer(name).run()


def relay(name: str) -> None:
    """Publish the service's outbox until told to stop."""
    _, runtime = launch(name)
    _serve_metrics()
    run_relay(runtime.db, connect_bus(runtime.settings.bus_url), _until_told())


def worker(name: str) -> None:
    """Consume the service's events and turn its loops until told to stop."""
    service, runtime = launch(name)
    _serve_metrics()
    stop = _until_told()
    if service.sandboxed:
        sandbox.start()
    run_worker(service, runtime, connect_bus(runtime.settings.bus_url), stop, RetryPolicy())


def migrate_service(name: str, env: Mapping[str, str] = os.environ) -> None:
    """Bring the service's database to the newest revision."""
    service, runtime = start(name, env)
    migrate(runtime.db, service.migrations, service.base)
    runtime.db.engine.dispose()


def replay_service(name: str, days: float = 7.0) -> int:
    """Publish again what was published in the last ``days`` days."""
    _, runtime = start(name)
    return replay(runtime.db, datetime.now(UTC) - timedelta(days=days))


def topology() -> None:
    """Declare exchange and queues on the bus."""
    connect_bus(os.environ["BUS_URL"]).declare(subscriptions())


def _serve_metrics() -> None:
    """Relay and worker tell their metrics when there is a port for it; an answer also says they are alive."""
    own = read(ProcessSettings, os.environ)
    if own.metrics_port:
        start_http_server(own.metrics_port, addr=own.bind)


def _until_told() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
