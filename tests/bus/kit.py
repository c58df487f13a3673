"""A bus with its own service names, and handlers to hear with: what all tests of the bus share."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from chassis.bus import Bus, BusDown, Message, Parked, Publisher, RetryPolicy

QUICK = RetryPolicy(attempts=3, delay=0.2)
SENT, SIGNED = "agreement.sent.v1", "signing.signed.v1"


@dataclass
class Suite:
    """A bus with service names of this test's own."""

    bus: Bus
    mark: str = field(default_factory=lambda: uuid.uuid4().hex[:8])

    def name(self, service: str) -> str:
        return f"{service}-{self.mark}"

    def type(self, type_: str) -> str:
        return f"{type_}.{self.mark}"

    def declare(self, **subscriptions: list[str]) -> None:
        self.bus.declare({self.name(who): [self.type(t) for t in types] for who, types in subscriptions.items()})

    def event(self, id_: str, type_: str = SENT) -> Message:
        body = json.dumps({"specversion": "1.0", "id": id_, "type": self.type(type_)})
        return Message(id_, self.type(type_), body.encode())

    def publish(self, *ids: str, type_: str = SENT) -> None:
        publisher = self.bus.publisher()
        publisher.publish([self.event(id_, type_) for id_ in ids])
        publisher.close()

    def parked(self, service: str) -> list[Parked]:
        return self.bus.parked(self.name(service))

    @contextmanager
    def worker(
        self, service: str, handle: Callable[[Message], None], concurrency: int = 4
    ) -> Iterator[threading.Event]:
        stop = threading.Event()
        arguments = (self.name(service), handle, stop, concurrency, QUICK)
        thread = threading.Thread(target=self.bus.consume, args=arguments)
        thread.start()
        try:
            yield stop
        finally:
            stop.set()
            thread.join(20)
            assert not thread.is_alive()


class Heard:
    """A handler that remembers, and fails the first ``failures`` times it hears an id."""

    def __init__(self, failures: dict[str, int] | None = None) -> None:
        self.ids: list[str] = []
        self._failures = failures or {}

    def __call__(self, message: Message) -> None:
        self.ids.append(message.id)
        if self.ids.count(message.id) <= self._failures.get(message.id, 0):
            raise ValueError(f"the printer ate {message.id}")


def published(publisher: Publisher, messages: list[Message]) -> bool:
    """Whether the broker confirmed them."""
    try:
        publisher.publish(messages)
    except BusDown:
        return False
    return True
