"""Looking into a queue without emptying it: how much waits, and what is parked."""

from __future__ import annotations

import queue as queues
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pika.channel import Channel
from pika.spec import Basic, BasicProperties

from chassis.bus import Message, Parked
from chassis.bus.attempt import stand_in
from chassis.bus.rabbit.link import Link
from chassis.bus.rabbit.topology import queue_name

QUIET_SECONDS = 0.5
LARGEST_PREFETCH = 2000


@dataclass(frozen=True, slots=True)
class Found:
    """A parked message as it lies in the dead queue."""

    tag: int
    properties: BasicProperties
    body: bytes

    @property
    def message(self) -> Message:
        """The message, under a made-up id when its body cannot be read."""
        return stand_in(self.body, self.properties.type or "")

    @property
    def parked(self) -> Parked:
        """The message with the reason and number of its attempts."""
        headers = self.properties.headers or {}
        return Parked(self.message, str(headers.get("x-signet-reason", "")), int(headers.get("x-signet-attempts", 0)))


def count(link: Link, service: str, kind: str) -> int:
    """Messages that wait in a queue. Raises BusDown."""
    queue = queue_name(service, kind)
    answer = link.ask(lambda channel, answer: channel.queue_declare(queue, passive=True, callback=answer))
    return int(answer.method.message_count)


def look(link: Link, service: str, limit: int) -> Iterator[Found]:
    """Parked messages one by one, oldest first; what is not acknowledged goes back when the link closes.

    Does not trust a count of 0: the broker says so of a queue that was just recovered, until somebody uses it.
    Raises BusDown.
    """
    left = min(limit, count(link, service, "dead") or limit)
    arrived = _subscribe(link, queue_name(service, "dead"), min(left, LARGEST_PREFETCH))
    while left:
        try:
            yield arrived.get(timeout=QUIET_SECONDS)
        except queues.Empty:
            link.check()
            return
        left -= 1


def _subscribe(link: Link, queue: str, prefetch: int) -> queues.SimpleQueue[Found]:
    arrived: queues.SimpleQueue[Found] = queues.SimpleQueue()

    def take(_channel: Channel, method: Basic.Deliver, properties: BasicProperties, body: bytes) -> None:
        arrived.put(Found(method.delivery_tag or 0, properties, body))

    def start(channel: Channel, answer: Any) -> None:
        channel.basic_qos(prefetch_count=prefetch)
        channel.basic_consume(queue, take, callback=answer)

    link.ask(start)
    return arrived
