"""The bus port: what relay and worker need of a message broker, and nothing more.

Two adapters, chosen by the scheme of ``BUS_URL``: ``amqp://`` is RabbitMQ through pika (`chassis.bus.rabbit`),
``memory://`` and ``filesystem://`` are kombu (`chassis.bus.embedded`). Both pass `tests/bus/test_conformance.py`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class BusDown(Exception):
    """The broker cannot be reached or does not answer in time; nothing is known to be published."""


class Unroutable(Exception):
    """The broker has no queue for a message; ``ids`` are the messages that came back."""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__(f"no queue takes {', '.join(ids)}")
        self.ids = tuple(ids)


@dataclass(frozen=True, slots=True)
class Message:
    """One event on the wire. ``body`` is CloudEvents 1.0 structured JSON; ``id`` and ``type`` are copies of its own."""

    id: str
    type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Parked:
    """A message a handler kept failing on, with the reason of the last attempt."""

    message: Message
    reason: str
    attempts: int


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often a failing message is tried, and how many seconds it rests between tries.

    With RabbitMQ the rest belongs to the queue: ``?retry=<seconds>`` of the URL rules, and ``delay`` is not read.
    """

    attempts: int = 6
    delay: float = 5.0


class Publisher(Protocol):
    def publish(self, messages: Sequence[Message]) -> None:
        """Publish in order; return only when the broker has confirmed every message.

        Raises `BusDown` (publish all of them again later) or `Unroutable` (the others are confirmed).
        """
        ...

    def close(self) -> None: ...


class Bus(Protocol):
    def declare(self, subscriptions: Mapping[str, Sequence[str]]) -> None:
        """Make exchange and queues (work, retry, dead) for ``{service: event types}``; may be called again.

        What it made outlives a killed broker once it returns. Raises `BusDown`.
        """
        ...

    def publisher(self) -> Publisher:
        """A publisher owned by one thread. Connects on first use."""
        ...

    def consume(
        self,
        service: str,
        handle: Callable[[Message], None],
        stop: threading.Event,
        concurrency: int = 4,
        policy: RetryPolicy = RetryPolicy(),
    ) -> None:
        """Hand the service's messages to ``handle`` in a pool of ``concurrency`` threads until ``stop`` is set.

        A return acknowledges; an exception rejects to the retry queue, and after ``policy.attempts`` parks the
        message with the exception as reason. Never loses the connection to a slow handler; reconnects by itself
        when the broker goes away; returns after running handlers have ended.
        """
        ...

    def parked(self, service: str, limit: int = 100) -> list[Parked]:
        """Messages parked for a service, oldest first; looking does not remove them."""
        ...

    def put_back(self, service: str, ids: Sequence[str] | None = None) -> int:
        """Return parked messages (all, or those with these ids) to the work queue with a fresh count; how many."""
        ...

    def depth(self, service: str) -> int:
        """Messages waiting in the service's work queue."""
        ...


def connect_bus(url: str) -> Bus:
    """The adapter for ``url``. Raises ValueError for an unknown scheme."""
    scheme = url.split("://", 1)[0]
    if scheme in ("amqp", "amqps"):
        from chassis.bus.rabbit import RabbitBus

        return RabbitBus(url)
    if scheme in ("memory", "filesystem"):
        from chassis.bus.embedded import EmbeddedBus

        return EmbeddedBus(url)
    raise ValueError(f"BUS_URL: unknown scheme {scheme!r}; use amqp://, amqps://, memory:// or filesystem://")
