"""From the commit to the handler: delay and events per second, on both wirings."""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
import uuid
from contextlib import ExitStack, contextmanager
from pathlib import Path

from chassis.bus import Bus, RetryPolicy, connect_bus
from chassis.database import EVERYONE
from chassis.outbox import emit
from chassis.relay import run_relay
from chassis.service import Runtime, Service
from chassis.worker import run_worker
from contracts.catalogue import CATALOGUE
from tests.chassis.toy import make
from tests.servers import Postgres, Rabbit
from tests.support import eventually

EMITTED = "workspace.changed.v1"
SINGLE, BULK = 300, 3000


def rows() -> list[tuple[str, str, str]]:
    """The figures of both wirings."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        found += measure("SQLite, bus in memory", Path(folder), None, f"memory://{uuid.uuid4().hex}")
    with Postgres() as postgres, Rabbit() as rabbit, tempfile.TemporaryDirectory() as folder:
        url = postgres.create_database("bench")
        found += measure("PostgreSQL, RabbitMQ", Path(folder), url, rabbit.url)
    return found


def measure(wiring: str, folder: Path, database: str | None, bus_url: str) -> list[tuple[str, str, str]]:
    """Delay of single events one after the other, then the rate of many in one go."""
    emitter, runtime = make(folder, database)
    arrived: list[float] = []
    hearer = Service(
        "gateway", emitter.base, folder, handlers={EMITTED: lambda *_: arrived.append(time.perf_counter())}
    )
    bus = connect_bus(bus_url)
    bus.declare({"gateway": [EMITTED]})
    with running(hearer, runtime, bus):
        say(runtime, 20)
        eventually(lambda: len(arrived) == 20)
        delays = [delay(runtime, arrived) for _ in range(SINGLE)]
        rate = throughput(runtime, arrived)
    runtime.db.engine.dispose()
    cuts = statistics.quantiles(delays, n=20)
    return [
        ("commit to handler, p50", wiring, f"{statistics.median(delays) * 1000:.1f} ms"),
        ("commit to handler, p95", wiring, f"{cuts[18] * 1000:.1f} ms"),
        ("events handled", wiring, f"{rate:.0f} /s"),
    ]


def delay(runtime: Runtime, arrived: list[float]) -> float:
    """Seconds from the return of one commit to its handler's call."""
    before = len(arrived)
    say(runtime, 1)
    committed = time.perf_counter()
    eventually(lambda: len(arrived) > before, every=0.0005)
    return max(arrived[before] - committed, 0.0)


def throughput(runtime: Runtime, arrived: list[float]) -> float:
    """Events per second from the commit of many to the last handler."""
    before, begin = len(arrived), time.perf_counter()
    say(runtime, BULK)
    eventually(lambda: len(arrived) >= before + BULK, timeout=120)
    return BULK / (arrived[-1] - begin)


def say(runtime: Runtime, count: int) -> None:
    with runtime.db.transaction(EVERYONE) as session:
        for number in range(count):
            emit(session, EMITTED, subject="s", sequence=number, data=dict(CATALOGUE[EMITTED].example))


@contextmanager
def running(hearer: Service, runtime: Runtime, bus: Bus):
    """A relay and a worker, each in a thread."""
    stop = threading.Event()
    with ExitStack() as stack:
        for target, args in (
            (run_relay, (runtime.db, bus, stop)),
            (run_worker, (hearer, runtime, bus, stop, RetryPolicy())),
        ):
            thread = threading.Thread(target=target, args=args)
            thread.start()
            stack.callback(thread.join)
        stack.callback(stop.set)
        yield
