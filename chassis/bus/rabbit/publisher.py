"""Publishing with confirms: many messages on the way at once, one answer for all."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pika
from pika.channel import Channel
from pika.spec import Basic, BasicProperties

from chassis.bus import BusDown, Message, Unroutable
from chassis.bus.rabbit.topology import EXCHANGE

CONFIRM_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message and where it goes: the exchange, or straight to a queue when that is empty."""

    message: Message
    exchange: str
    key: str
    headers: dict[str, Any] = field(default_factory=dict)

    def properties(self) -> BasicProperties:
        return BasicProperties(
            content_type="application/cloudevents+json", delivery_mode=2, headers=self.headers,
            message_id=self.message.id, type=self.message.type,
        )  # fmt: skip


class _Link:
    """A connection with a thread of its own, so that heartbeats are answered between publishes."""

    def __init__(self, parameters: pika.URLParameters) -> None:
        self._awaited, self._error = threading.Event(), ""
        self._pending: dict[int, str] = {}
        self._returned: list[str] = []
        self._tag = 0
        self._channel: Channel | None = None
        self._connection = pika.SelectConnection(
            parameters,
            on_open_callback=self._connected,
            on_open_error_callback=self._failed,
            on_close_callback=self._failed,
        )
        threading.Thread(target=self._run, name="bus-publisher", daemon=True).start()
        self._await((parameters.stack_timeout or 4) + 1)

    def _run(self) -> None:
        self._connection.ioloop.start()
        self._connection.ioloop.close()

    def _connected(self, connection: Any) -> None:
        connection.channel(on_open_callback=self._opened)

    def _opened(self, channel: Channel) -> None:
        self._channel = channel
        channel.add_on_close_callback(self._failed)
        channel.add_on_return_callback(self._came_back)
        channel.confirm_delivery(self._confirmed, callback=lambda _: self._awaited.set())

    def _failed(self, _where: object, reason: object) -> None:
        self._error = self._error or f"{reason!r}"
        self._awaited.set()
        if self._connection.is_open:
            self._connection.close()
        elif self._connection.is_closed:
            self._connection.ioloop.stop()

    def _came_back(self, _channel: Channel, _method: object, properties: BasicProperties, _body: bytes) -> None:
        self._returned.append(str(properties.message_id))

    def _confirmed(self, frame: Any) -> None:
        method = frame.method
        tags = (
            [tag for tag in self._pending if tag <= method.delivery_tag] if method.multiple else [method.delivery_tag]
        )
        for tag in tags:
            self._pending.pop(tag, None)
        if isinstance(method, Basic.Nack):
            self._error = self._error or "the broker refused a message"
        if self._error or not self._pending:
            self._awaited.set()

    def _await(self, seconds: float) -> None:
        in_time = self._awaited.wait(seconds)
        if self._error or not in_time:
            self.close()
            raise BusDown(self._error or f"no answer within {seconds} s")

    def send(self, batch: Sequence[Outgoing]) -> None:
        """Publish all, then wait for all confirms. Raises BusDown, Unroutable."""
        self._awaited.clear()
        if self._error:
            raise BusDown(self._error)
        self._returned.clear()
        self._connection.ioloop.add_callback_threadsafe(partial(self._write, batch))
        self._await(CONFIRM_SECONDS)
        if self._returned:
            raise Unroutable(self._returned)

    def _write(self, batch: Sequence[Outgoing]) -> None:
        if self._error or self._channel is None or not self._channel.is_open:
            self._awaited.set()
            return
        for number, out in enumerate(batch, self._tag + 1):
            self._pending[number] = out.message.id
        self._tag += len(batch)
        for out in batch:
            self._channel.basic_publish(out.exchange, out.key, out.message.body, out.properties(), mandatory=True)

    @property
    def is_up(self) -> bool:
        """Whether nothing went wrong so far."""
        return not self._error

    def close(self) -> None:
        """End the connection; its thread follows when the broker answers or the heartbeat fails."""
        self._error = self._error or "closed"
        self._connection.ioloop.add_callback_threadsafe(partial(self._failed, None, "closed"))


class RabbitPublisher:
    """Publishes in order and returns when all is confirmed; a broken connection is thrown away."""

    def __init__(self, parameters: pika.URLParameters) -> None:
        self._parameters, self._lock = parameters, threading.Lock()
        self._link: _Link | None = None

    def publish(self, messages: Sequence[Message]) -> None:
        """See `chassis.bus.Publisher.publish`."""
        self.send([Outgoing(message, EXCHANGE, message.type) for message in messages])

    def send(self, batch: Sequence[Outgoing]) -> None:
        """Publish to any exchange or queue. Raises BusDown, Unroutable."""
        if not batch:
            return
        with self._lock:
            if self._link is None or not self._link.is_up:
                self._link = _Link(self._parameters)
            self._link.send(batch)

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            if self._link is not None and self._link.is_up:
                self._link.close()
            self._link = None
