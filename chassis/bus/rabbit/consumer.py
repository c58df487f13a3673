"""Consuming: one thread owns the connection, handlers run in a pool, answers go back to the connection's thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import pika
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import ConnectionWrongStateError, ConsumerCancelled
from pika.spec import Basic, BasicProperties

from chassis.bus import BusDown, Message, RetryPolicy, Unroutable
from chassis.bus.attempt import Malformed, attempt, read_message, stand_in
from chassis.bus.rabbit.publisher import Outgoing, RabbitPublisher
from chassis.bus.rabbit.topology import FAULTS, queue_name, rejections

log = logging.getLogger(__name__)
CRASHES = 50


class _Session:
    """One connection of a consumer; every call to its channel happens on the connection's thread."""

    def __init__(self, parameters: pika.URLParameters) -> None:
        self._connection = pika.BlockingConnection(parameters)
        self._channel = self._connection.channel()
        self._running = 0

    def run(self, queue: str, prefetch: int, stop: threading.Event, take: Callable[..., None]) -> None:
        """Pass deliveries to ``take`` until ``stop``, then wait until all are settled."""

        def begin(_channel: object, method: Basic.Deliver, properties: BasicProperties, body: bytes) -> None:
            self._running += 1
            take(self, method.delivery_tag, properties, body)

        self._channel.basic_qos(prefetch_count=prefetch)
        tag = self._channel.basic_consume(queue, begin)
        while not stop.is_set():
            self._connection.process_data_events(0.2)  # type: ignore[arg-type]  # the stubs say int
            if not self._channel.consumer_tags:
                raise ConsumerCancelled("the broker ended the subscription")
        self._channel.basic_cancel(tag)
        while self._running:
            self._connection.process_data_events(0.05)  # type: ignore[arg-type]

    def settle(self, tag: int, answer: Callable[[BlockingChannel, int], None]) -> None:
        """From any thread. An answer to a lost connection is dropped: the broker delivers the message again."""
        try:
            self._connection.add_callback_threadsafe(partial(self._answer, tag, answer))
        except ConnectionWrongStateError:
            log.info("connection lost before an answer; the message will come again")

    def _answer(self, tag: int, answer: Callable[[BlockingChannel, int], None]) -> None:
        self._running -= 1
        answer(self._channel, tag)

    def close(self) -> None:
        """Close, if still open."""
        if self._connection.is_open:
            self._connection.close()


def _acknowledge(channel: BlockingChannel, tag: int) -> None:
    channel.basic_ack(tag)


def _reject(channel: BlockingChannel, tag: int) -> None:
    channel.basic_nack(tag, requeue=False)


def _leave(_channel: BlockingChannel, _tag: int) -> None:
    """No answer: the broker delivers the message again once the connection ends."""


@dataclass(slots=True)
class Consumer:
    """One service's consumption, through as many connections as it takes."""

    parameters: pika.URLParameters
    service: str
    handle: Callable[[Message], None]
    stop: threading.Event
    pool: ThreadPoolExecutor
    policy: RetryPolicy
    parker: RabbitPublisher

    def run(self, concurrency: int) -> None:
        """Until ``stop``; waits longer after each fault in a row, 5 s at most."""
        pause = 0.1
        while not self.stop.is_set():
            try:
                self._session(concurrency)
                pause = 0.1
            except FAULTS as exc:
                log.warning("%s: bus lost (%r), trying again in %.1f s", self.service, exc, pause)
                self.stop.wait(pause)
                pause = min(pause * 2, 5.0)

    def _session(self, concurrency: int) -> None:
        session = _Session(self.parameters)
        try:
            session.run(queue_name(self.service, "work"), concurrency, self.stop, self._take)
        finally:
            session.close()

    def _take(self, session: _Session, tag: int, properties: BasicProperties, body: bytes) -> None:
        self.pool.submit(lambda: session.settle(tag, self._verdict(properties, body)))

    def _verdict(self, properties: BasicProperties, body: bytes) -> Callable[[BlockingChannel, int], None]:
        if self.stop.is_set():
            return _leave
        headers = properties.headers or {}
        attempts = rejections(headers, queue_name(self.service, "work")) + 1
        try:
            message = read_message(body)
        except Malformed as exc:
            return self._park(stand_in(body, properties.type or ""), f"malformed: {exc}", attempts)
        if headers.get("x-delivery-count", 0) >= CRASHES:
            return self._park(message, f"no answer from its handler in {CRASHES} deliveries", attempts)
        reason = attempt(self.handle, message)
        if reason is None:
            return _acknowledge
        return self._park(message, reason, attempts) if attempts >= self.policy.attempts else _reject

    def _park(self, message: Message, reason: str, attempts: int) -> Callable[[BlockingChannel, int], None]:
        headers = {"x-signet-reason": reason, "x-signet-attempts": attempts}
        try:
            self.parker.send([Outgoing(message, "", queue_name(self.service, "dead"), headers)])
        except (BusDown, Unroutable) as exc:
            log.warning("%s cannot park %s yet: %s", self.service, message.id, exc)
            return _reject
        log.error("%s parked %s %s: %s", self.service, message.type, message.id, reason)
        return _acknowledge
