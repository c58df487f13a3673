"""Publishing with confirms: many messages on the way at once, one answer for all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pika
from pika.channel import Channel
from pika.spec import Basic, BasicProperties

from chassis.bus import Message, Unroutable
from chassis.bus.rabbit.link import Link
from chassis.bus.rabbit.topology import EXCHANGE

CONFIRM_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message and where it goes: the exchange, or straight to a queue when that is empty."""

    message: Message
    exchange: str
    key: str
    headers: dict[str, Any] = field(default_factory=dict)

    def properties(self) -> BasicProperties:
        """Persistent, with id and type where tools look for them."""
        return BasicProperties(
            content_type="application/cloudevents+json", delivery_mode=2, headers=self.headers,
            message_id=self.message.id, type=self.message.type,
        )  # fmt: skip


class _Confirms:
    """A link with its channel in confirm mode; the fields change on the link's thread only."""

    def __init__(self, parameters: pika.URLParameters) -> None:
        self.link = Link(parameters)
        self._pending: set[int] = set()
        self._ids: set[str] = set()
        self._returned: list[str] = []
        self._tag = 0
        self._done: Callable[[Any], None] = lambda _: None
        self.link.ask(self._begin)

    def send(self, batch: Sequence[Outgoing]) -> None:
        """Publish all, then wait for all confirms. Raises BusDown, Unroutable."""
        returned = self.link.ask(partial(self._write, batch), CONFIRM_SECONDS)
        if returned:
            raise Unroutable(returned)

    def _begin(self, channel: Channel, answer: Callable[[Any], None]) -> None:
        channel.add_on_return_callback(self._came_back)
        channel.confirm_delivery(self._confirmed, callback=answer)

    def _write(self, batch: Sequence[Outgoing], channel: Channel, answer: Callable[[Any], None]) -> None:
        self._ids, self._returned, self._done = {out.message.id for out in batch}, [], answer
        self._pending = set(range(self._tag + 1, self._tag + len(batch) + 1))
        self._tag += len(batch)
        for out in batch:
            channel.basic_publish(out.exchange, out.key, out.message.body, out.properties(), mandatory=True)

    def _came_back(self, _channel: Channel, _method: object, properties: BasicProperties, _body: bytes) -> None:
        if properties.message_id in self._ids:  # and not of a batch given up under an alarm
            self._returned.append(str(properties.message_id))

    def _confirmed(self, frame: Any) -> None:
        match frame.method:
            case Basic.Nack():
                self.link.fail("the broker refused a message")
                return
            case Basic.Ack(multiple=True, delivery_tag=last):
                self._pending = {tag for tag in self._pending if tag > last}
            case Basic.Ack(delivery_tag=tag):
                self._pending.discard(tag)
        if not self._pending:
            self._done(self._returned)


class RabbitPublisher:
    """Publishes in order and returns when all is confirmed; a broken connection is thrown away."""

    def __init__(self, parameters: pika.URLParameters) -> None:
        self._parameters, self._lock = parameters, threading.Lock()
        self._confirms: _Confirms | None = None

    def publish(self, messages: Sequence[Message]) -> None:
        """See `chassis.bus.Publisher.publish`; BusDown at once while an alarm of the broker blocks publishers."""
        self.send([Outgoing(message, EXCHANGE, message.type) for message in messages])

    def send(self, batch: Sequence[Outgoing]) -> None:
        """Publish to any exchange or queue. Raises BusDown, Unroutable."""
        if not batch:
            return
        with self._lock:
            if self._confirms is None or not self._confirms.link.is_up:
                self._confirms = _Confirms(self._parameters)
            self._confirms.send(batch)

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            if self._confirms is not None:
                self._confirms.link.close()
            self._confirms = None
