"""Consuming: the link's thread takes deliveries, handlers run in a pool, answers go back to the link's thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial

import pika
from pika.channel import Channel
from pika.spec import Basic, BasicProperties

from chassis.bus import BusDown, Message, RetryPolicy, Unroutable
from chassis.bus.attempt import Malformed, attempt, read_message, stand_in
from chassis.bus.rabbit.link import Link
from chassis.bus.rabbit.publisher import Outgoing, RabbitPublisher
from chassis.bus.rabbit.topology import queue_name, rejections

log = logging.getLogger(__name__)
CRASHES = 50
LOOK_SECONDS = 0.2

Answer = Callable[[Channel, int], None]


class _Session:
    """One connection of a consumer. ``_running`` changes on the link's thread only."""

    def __init__(self, link: Link, take: Callable[[_Session, int, BasicProperties, bytes], None]) -> None:
        self._link, self._take = link, take
        self._running, self._idle = 0, threading.Event()
        self._idle.set()

    def run(self, queue: str, prefetch: int, stop: threading.Event) -> None:
        """Take deliveries until ``stop``, then wait until all are settled. Raises BusDown."""
        self._link.ask(lambda channel, answer: channel.basic_qos(prefetch_count=prefetch, callback=answer))
        tag = self._link.ask(
            lambda channel, answer: channel.basic_consume(queue, self._begin, callback=answer)
        ).method.consumer_tag
        while not stop.wait(LOOK_SECONDS):
            self._link.check()
        self._link.tell(lambda channel: channel.basic_cancel(tag))
        while not self._idle.wait(LOOK_SECONDS):
            self._link.check()

    def _begin(self, _channel: object, method: Basic.Deliver, properties: BasicProperties, body: bytes) -> None:
        if self._link.is_up:
            self._running += 1
            self._idle.clear()
            self._take(self, method.delivery_tag or 0, properties, body)

    def settle(self, tag: int, answer: Answer) -> None:
        """From any thread. An answer to a lost connection is dropped: the broker delivers the message again."""
        try:
            self._link.tell(partial(self._answer, tag, answer))
        except BusDown:
            log.info("connection lost before an answer; the message will come again")

    def _answer(self, tag: int, answer: Answer, channel: Channel) -> None:
        answer(channel, tag)
        self._running -= 1
        if not self._running:
            self._idle.set()


def _acknowledge(channel: Channel, tag: int) -> None:
    channel.basic_ack(tag)


def _reject(channel: Channel, tag: int) -> None:
    channel.basic_nack(tag, requeue=False)


def _leave(_channel: Channel, _tag: int) -> None:
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
                with closing(Link(self.parameters)) as link:
                    pause = 0.1
                    _Session(link, self._take).run(queue_name(self.service, "work"), concurrency, self.stop)
            except BusDown as exc:
                log.warning("%s: bus lost (%s), trying again in %.1f s", self.service, exc, pause)
                self.stop.wait(pause)
                pause = min(pause * 2, 5.0)

    def _take(self, session: _Session, tag: int, properties: BasicProperties, body: bytes) -> None:
        self.pool.submit(lambda: session.settle(tag, self._verdict(properties, body)))

    def _verdict(self, properties: BasicProperties, body: bytes) -> Answer:
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

    def _park(self, message: Message, reason: str, attempts: int) -> Answer:
        headers = {"x-signet-reason": reason, "x-signet-attempts": attempts}
        try:
            self.parker.send([Outgoing(message, "", queue_name(self.service, "dead"), headers)])
        except (BusDown, Unroutable) as exc:
            log.warning("%s cannot park %s yet: %s", self.service, message.id, exc)
            return _reject
        log.error("%s parked %s %s: %s", self.service, message.type, message.id, reason)
        return _acknowledge
