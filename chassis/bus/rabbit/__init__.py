"""RabbitMQ behind the bus port. The only package that imports pika.

Topic exchange ``signet.events``; the routing key is the event type. Each service has three quorum queues:

* ``signet.<service>.work``: a rejected message is dead-lettered to retry;
* ``signet.<service>.retry``: holds it for the retry delay, then dead-letters it back to that service's work queue only;
* ``signet.<service>.dead``: parked messages with their reason.

Both dead-letterings are at-least-once (``reject-publish``), so a broker that dies in between loses nothing. The delay
belongs to the retry queue, which is declared without a consumer's policy: it is ``?retry=<seconds>`` of the URL, or
the default `RetryPolicy`'s. Rejecting needs no publish, so consumers go on while an alarm blocks publishers.

The work queue's delivery limit is out of reach on purpose: a message dropped by it after a rest in retry counts as a
dead-letter cycle and vanishes. The consumer parks what came back ``CRASHES`` times without an answer instead.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from urllib.parse import parse_qsl, urlencode, urlsplit

import pika
from pika.adapters.blocking_connection import BlockingChannel
from pika.spec import BasicProperties

from chassis.bus import BusDown, Message, Parked, RetryPolicy
from chassis.bus.attempt import stand_in
from chassis.bus.rabbit.consumer import Consumer
from chassis.bus.rabbit.publisher import Outgoing, RabbitPublisher
from chassis.bus.rabbit.topology import FAULTS, declare, queue_name

log = logging.getLogger(__name__)
MOST_PUT_BACK = 10_000
CONNECT = {"socket_timeout": 3, "stack_timeout": 4, "blocked_connection_timeout": 15, "heartbeat": 30}


class RabbitBus:
    """The bus over RabbitMQ 3.10 or later. ``url``: ``amqp[s]://user:password@host:port/vhost?heartbeat=30&retry=5``."""

    def __init__(self, url: str) -> None:
        plain, query = url.partition("?")[0], dict(parse_qsl(urlsplit(url).query))
        self._retry = float(query.pop("retry", RetryPolicy().delay))
        self._parameters = pika.URLParameters(f"{plain}?{urlencode(CONNECT | query)}")

    @contextmanager
    def _channel(self) -> Iterator[BlockingChannel]:
        try:
            with pika.BlockingConnection(self._parameters) as connection:
                yield connection.channel()
        except FAULTS as exc:
            raise BusDown(repr(exc)) from exc

    def declare(self, subscriptions: Mapping[str, Sequence[str]]) -> None:
        """See `chassis.bus.Bus.declare`. Raises BusDown, also when a queue exists with other settings."""
        with self._channel() as channel:
            declare(channel, subscriptions, self._retry)

    def publisher(self) -> RabbitPublisher:
        """See `chassis.bus.Bus.publisher`."""
        return RabbitPublisher(self._parameters)

    def consume(
        self,
        service: str,
        handle: Callable[[Message], None],
        stop: threading.Event,
        concurrency: int = 4,
        policy: RetryPolicy = RetryPolicy(),
    ) -> None:
        """See `chassis.bus.Bus.consume`; ``policy.delay`` is the retry queue's, see above."""
        if policy.delay != self._retry:
            log.warning("%s: failed messages rest %s s, as the retry queue says", service, self._retry)
        with closing(self.publisher()) as parker, ThreadPoolExecutor(concurrency, f"{service}-handler") as pool:
            Consumer(self._parameters, service, handle, stop, pool, policy, parker).run(concurrency)

    def parked(self, service: str, limit: int = 100) -> list[Parked]:
        """See `chassis.bus.Bus.parked`. Raises BusDown."""
        with self._channel() as channel:
            return [_as_parked(properties, body) for _, properties, body in _look(channel, service, limit)]

    def put_back(self, service: str, ids: Sequence[str] | None = None) -> int:
        """See `chassis.bus.Bus.put_back`. Raises BusDown; what was moved until then is moved."""
        moved = 0
        with self._channel() as channel:
            channel.confirm_delivery()
            for tag, properties, body in _look(channel, service, MOST_PUT_BACK):
                message = stand_in(body, properties.type or "")
                if ids is None or message.id in ids:
                    out = Outgoing(message, "", queue_name(service, "work"))
                    channel.basic_publish(out.exchange, out.key, body, out.properties(), mandatory=True)
                    channel.basic_ack(tag)
                    moved += 1
        return moved

    def depth(self, service: str) -> int:
        """See `chassis.bus.Bus.depth`. Raises BusDown."""
        with self._channel() as channel:
            return _count(channel, service, "work")


def _count(channel: BlockingChannel, service: str, kind: str) -> int:
    return channel.queue_declare(queue_name(service, kind), passive=True).method.message_count or 0


def _look(channel: BlockingChannel, service: str, limit: int) -> Iterator[tuple[int, BasicProperties, bytes]]:
    """Parked messages one by one; what is not acknowledged goes back when the channel closes.

    By subscription, and not trusting a count of 0: for a queue that was just recovered the broker says 0 until somebody
    uses it, and ``basic.get`` may wait a minute.
    """
    left = min(limit, _count(channel, service, "dead") or limit)
    channel.basic_qos(prefetch_count=min(left, 2000))
    for method, properties, body in channel.consume(queue_name(service, "dead"), inactivity_timeout=0.5):
        if method is None:
            return
        yield method.delivery_tag, properties, body  # type: ignore[misc]  # the stubs say str
        left -= 1
        if not left:
            return


def _as_parked(properties: BasicProperties, body: bytes) -> Parked:
    headers = properties.headers or {}
    attempts = int(headers.get("x-signet-attempts", 0))
    return Parked(stand_in(body, properties.type or ""), str(headers.get("x-signet-reason", "")), attempts)
