"""How fast each bus adapter is: ``python -m bench.bus`` prints delay from publish to handler, and events a second."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from chassis.bus import Bus, Message, connect_bus
from tests.servers import Rabbit

TYPE, SINGLE, BULK, BATCH = "bench.done.v1", 200, 2000, 100


def _event() -> Message:
    id_ = str(time.perf_counter())
    return Message(id_, TYPE, json.dumps({"specversion": "1.0", "id": id_, "type": TYPE}).encode())


class _Handler:
    """Collects the delays in seconds and tells when ``expected`` have come."""

    def __init__(self, expected: int) -> None:
        self.delays: list[float] = []
        self.expected, self.done = expected, threading.Event()

    def __call__(self, message: Message) -> None:
        self.delays.append(time.perf_counter() - float(message.id))
        if len(self.delays) >= self.expected:
            self.done.set()


@contextmanager
def _worker(bus: Bus, handler: _Handler) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=bus.consume, args=("bench", handler, stop, 4))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _delays(bus: Bus) -> list[float]:
    handler, publisher = _Handler(SINGLE), bus.publisher()
    with _worker(bus, handler):
        for _ in range(SINGLE):
            publisher.publish([_event()])
            time.sleep(0.005)
        handler.done.wait(60)
    publisher.close()
    return handler.delays


def _rate(bus: Bus) -> float:
    handler, publisher = _Handler(BULK), bus.publisher()
    with _worker(bus, handler):
        begin = time.perf_counter()
        for _ in range(BULK // BATCH):
            publisher.publish([_event() for _ in range(BATCH)])
        handler.done.wait(60)
        took = time.perf_counter() - begin
    publisher.close()
    return len(handler.delays) / took


def _measure(name: str, url: str) -> None:
    bus = connect_bus(url)
    bus.declare({"bench": [TYPE]})
    delays = [delay * 1000 for delay in _delays(bus)]
    p95 = statistics.quantiles(delays, n=20)[-1]
    sys.stdout.write(f"{name:<12}{statistics.median(delays):>10.2f}{p95:>10.2f}{_rate(bus):>12.0f}\n")


def main() -> None:
    """Measure all three."""
    sys.stdout.write(f"{'adapter':<12}{'p50 ms':>10}{'p95 ms':>10}{'events/s':>12}\n")
    _measure("memory", "memory://bench")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        _measure("filesystem", f"filesystem://{folder}")
    with Rabbit() as rabbit:
        _measure("rabbitmq", rabbit.url)


if __name__ == "__main__":
    main()
