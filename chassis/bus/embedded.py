# mypy: disable-error-code="no-untyped-call"
"""The bus without a server, for the embedded mode and tests. The only module that imports kombu.

``memory://name`` lives in this process: everybody who uses the same URL shares it, and it is gone with the process.
``filesystem:///folder`` survives it, and other processes may use the same folder. kombu's exchange routes an event to
the work queues bound to its type; its channel keeps the messages in a `chassis.bus.stores.Store`. A publisher rings a
bell, so a handler in the same process starts at once.
"""

from __future__ import annotations

import logging
import queue as queues
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from kombu.connection import Connection
from kombu.entity import Exchange, Queue
from kombu.messaging import Producer
from kombu.transport import virtual

from chassis.bus import BusDown, Message, Parked, RetryPolicy, Unroutable
from chassis.bus.attempt import Malformed, attempt, read_message, stand_in
from chassis.bus.stores import Payload, Store, open_store

log = logging.getLogger(__name__)
EXCHANGE = "signet.events"
LONGEST_WAIT = 0.2


class _Channel(virtual.Channel):
    """kombu's queues, kept in a store."""

    do_restore = False

    @property
    def store(self) -> Store:
        store: Store = self.connection.client.transport_options["store"]
        return store

    def _put(self, queue: str, message: Payload, **_: Any) -> None:
        self.store.put(queue, message, message["headers"].get("due") or time.time())

    def _get(self, queue: str, timeout: float | None = None) -> Payload:
        taken = self.store.take(queue)
        if taken is None:
            raise queues.Empty
        key, payload = taken
        payload["properties"]["delivery_info"]["key"] = key
        return payload

    def _size(self, queue: str) -> int:
        return self.store.size(queue)

    def _purge(self, queue: str) -> int:
        keys = [key for key, _ in self.store.items(queue)]
        for key in keys:
            self.store.done(queue, key)
        return len(keys)


class _Transport(virtual.Transport):
    Channel = _Channel
    driver_type = driver_name = "signet"


class _Broker:
    """One URL's exchange and queues; a lock around kombu, which is not thread-safe, that is also the bell."""

    def __init__(self, url: str) -> None:
        self.bell = threading.Condition(threading.RLock())
        self.store = open_store(url)
        connection = Connection(transport=_Transport, transport_options={"store": self.store})
        self._channel = connection.channel()
        self._producer = Producer(self._channel, auto_declare=False)
        self._exchange = Exchange(EXCHANGE, "direct", channel=self._channel)
        self._exchange.declare()
        self._bound: set[str] = set()

    def bind(self, service: str, types: Sequence[str]) -> None:
        with self.bell:
            work = Queue(_queue(service, "work"), channel=self._channel)
            work.declare()
            for type_ in types:
                work.bind_to(self._exchange, routing_key=type_)
            self._bound.update(types)

    def publish(self, messages: Sequence[Message]) -> None:
        with self.bell:
            for message in messages:
                if message.type in self._bound:
                    self._send(message, self._exchange, message.type, {})
            self.bell.notify_all()
        lost = [message.id for message in messages if message.type not in self._bound]
        if lost:
            raise Unroutable(lost)

    def send(self, queue: str, message: Message, headers: Mapping[str, Any]) -> None:
        """Straight to one queue."""
        with self.bell:
            self._send(message, "", queue, headers)
            self.bell.notify_all()

    def _send(self, message: Message, exchange: Exchange | str, key: str, headers: Mapping[str, Any]) -> None:
        try:
            self._producer.publish(
                message.body, exchange=exchange, routing_key=key, headers={**headers, "type": message.type},
                content_type="application/cloudevents+json", content_encoding="binary",
            )  # fmt: skip
        except OSError as exc:
            raise BusDown(str(exc)) from exc

    def take(self, queue: str) -> virtual.Message | None:
        message: virtual.Message | None = self._channel.basic_get(queue, no_ack=True)
        return message

    def look(self, queue: str) -> list[tuple[str, virtual.Message]]:
        with self.bell:
            return [
                (key, self._channel.Message(payload, channel=self._channel)) for key, payload in self.store.items(queue)
            ]

    def forget(self, queue: str, key: str) -> None:
        with self.bell:
            self.store.done(queue, key)


_brokers: dict[str, _Broker] = {}
_lock = threading.Lock()


def _broker(url: str) -> _Broker:
    with _lock:
        if url not in _brokers:
            _brokers[url] = _Broker(url)
        return _brokers[url]


def _queue(service: str, kind: str) -> str:
    return f"signet.{service}.{kind}"


class EmbeddedPublisher:
    """Puts messages into the queues of all subscribers; they are there when it returns."""

    def __init__(self, broker: _Broker) -> None:
        self._broker = broker

    def publish(self, messages: Sequence[Message]) -> None:
        """See `chassis.bus.Publisher.publish`."""
        self._broker.publish(messages)

    def close(self) -> None:
        """Nothing to close."""


class _Consumer:
    """Takes a message only when a handler thread is free, so that stopping leaves none behind."""

    def __init__(self, broker: _Broker, service: str, handle: Callable[[Message], None], policy: RetryPolicy) -> None:
        self._broker, self._service, self._handle, self._policy = broker, service, handle, policy
        self._work, self._retry = _queue(service, "work"), _queue(service, "retry")

    def run(self, stop: threading.Event, concurrency: int) -> None:
        free = threading.Semaphore(concurrency)
        with self._broker.bell:
            self._broker.store.recover(self._work)
            self._broker.store.recover(self._retry)
        with ThreadPoolExecutor(concurrency, f"{self._service}-handler") as pool:
            while not stop.is_set():
                if free.acquire(timeout=LONGEST_WAIT) and not self._begin(pool, free):
                    free.release()

    def _begin(self, pool: ThreadPoolExecutor, free: threading.Semaphore) -> bool:
        try:
            taken = self._next()
        except OSError as exc:
            log.warning("%s: cannot read the bus: %s", self._service, exc)
            time.sleep(LONGEST_WAIT)
            return False
        if taken is not None:
            pool.submit(self._handle_one, *taken).add_done_callback(lambda _: free.release())
        return taken is not None

    def _next(self) -> tuple[str, virtual.Message] | None:
        """A message and its queue, or None after waiting for the bell."""
        with self._broker.bell:
            for queue in (self._retry, self._work):
                message = self._broker.take(queue)
                if message is not None:
                    return queue, message
            self._broker.bell.wait(self._pause())
        return None

    def _pause(self) -> float:
        store = self._broker.store
        due = store.next_due(self._retry)
        until_due = LONGEST_WAIT if due is None else max(0.001, due - time.time())
        return min(LONGEST_WAIT, store.watch_seconds or LONGEST_WAIT, until_due)

    def _handle_one(self, queue: str, taken: virtual.Message) -> None:
        attempts = taken.headers.get("attempts", 0) + 1
        key = taken.delivery_info["key"]
        try:
            self._settle(taken.body, taken.headers["type"], attempts)
            self._broker.forget(queue, key)
        except (BusDown, OSError) as exc:
            log.warning("%s: cannot write to the bus, the message comes again: %s", self._service, exc)
            self._broker.store.give_back(queue, key, time.time() + self._policy.delay)

    def _settle(self, body: bytes, type_: str, attempts: int) -> None:
        try:
            message = read_message(body)
        except Malformed as exc:
            self._park(stand_in(body, type_), f"malformed: {exc}", attempts)
            return
        reason = attempt(self._handle, message)
        if reason is not None and attempts >= self._policy.attempts:
            self._park(message, reason, attempts)
        elif reason is not None:
            rest = {"attempts": attempts, "due": time.time() + self._policy.delay}
            self._broker.send(self._retry, message, rest)

    def _park(self, message: Message, reason: str, attempts: int) -> None:
        self._broker.send(_queue(self._service, "dead"), message, {"reason": reason, "attempts": attempts})
        log.error("%s parked %s %s: %s", self._service, message.type, message.id, reason)


class EmbeddedBus:
    """The bus of ``memory://name`` and ``filesystem:///folder``."""

    def __init__(self, url: str) -> None:
        self._broker = _broker(url)

    def declare(self, subscriptions: Mapping[str, Sequence[str]]) -> None:
        """See `chassis.bus.Bus.declare`; every process that publishes must call it."""
        for service, types in subscriptions.items():
            self._broker.bind(service, types)

    def publisher(self) -> EmbeddedPublisher:
        """See `chassis.bus.Bus.publisher`."""
        return EmbeddedPublisher(self._broker)

    def consume(
        self,
        service: str,
        handle: Callable[[Message], None],
        stop: threading.Event,
        concurrency: int = 4,
        policy: RetryPolicy = RetryPolicy(),
    ) -> None:
        """See `chassis.bus.Bus.consume`."""
        _Consumer(self._broker, service, handle, policy).run(stop, concurrency)

    def parked(self, service: str, limit: int = 100) -> list[Parked]:
        """See `chassis.bus.Bus.parked`."""
        found = self._broker.look(_queue(service, "dead"))[:limit]
        return [_as_parked(message) for _, message in found]

    def put_back(self, service: str, ids: Sequence[str] | None = None) -> int:
        """See `chassis.bus.Bus.put_back`."""
        dead, moved = _queue(service, "dead"), 0
        for key, message in self._broker.look(dead):
            parked = _as_parked(message)
            if ids is None or parked.message.id in ids:
                self._broker.send(_queue(service, "work"), parked.message, {})
                self._broker.forget(dead, key)
                moved += 1
        return moved

    def depth(self, service: str) -> int:
        """See `chassis.bus.Bus.depth`."""
        with self._broker.bell:
            return self._broker.store.size(_queue(service, "work"))


def _as_parked(message: virtual.Message) -> Parked:
    headers = message.headers
    return Parked(stand_in(message.body, headers["type"]), headers["reason"], headers["attempts"])
