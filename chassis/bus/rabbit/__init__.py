"""RabbitMQ behind the bus port. The only package that imports pika.

Topic exchange ``signet.events``; the routing key is the event type. Each service has three quorum queues:

* ``signet.<service>.work``: a rejected message is dead-lettered to retry;
* ``signet.<service>.retry``: holds it for the retry delay, then dead-letters it back to that service's work queue only;
* ``signet.<service>.dead``: parked messages with their reason.

Both dead-letterings are at-least-once (``reject-publish``), so a broker that dies in between loses nothing. The rest
between tries belongs to the retry queue: it is ``?retry=<seconds>`` of the URL, 5 by default; a consumer's
``policy.delay`` has no say. Rejecting needs no publish, so consumers go on while an alarm blocks publishers.

A new queue is not safe at once: the broker (3.10.8) writes its list of quorum queues half a second to a second later,
and a queue that a SIGKILL struck from it comes back without a leader for good. `declare` waits that long
(``?settle=<seconds>``, 1.5 by default).

The work queue's delivery limit is out of reach on purpose: what it dead-letters without a handler ever having rejected
it comes back to its queue with no rejection in ``x-death``, which the broker takes for a cycle and drops silently
(measured on 3.10.8). The consumer parks what came back ``CRASHES`` times without an answer instead.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from urllib.parse import parse_qsl, urlencode, urlsplit

import pika
from pika.channel import Channel

from chassis.bus import Message, Parked, RetryPolicy
from chassis.bus.rabbit.consumer import Consumer
from chassis.bus.rabbit.dead import count, look
from chassis.bus.rabbit.link import Link
from chassis.bus.rabbit.publisher import Outgoing, RabbitPublisher
from chassis.bus.rabbit.topology import declare, queue_name

MOST_PUT_BACK = 10_000
SETTLE_SECONDS = 1.5
CONNECT = {"socket_timeout": 3, "stack_timeout": 4, "heartbeat": 30}


class RabbitBus:
    """The bus over RabbitMQ 3.10 or later. ``url``: ``amqp[s]://user:password@host:port/vhost?heartbeat=30&retry=5``."""

    def __init__(self, url: str) -> None:
        plain, query = url.partition("?")[0], dict(parse_qsl(urlsplit(url).query))
        self._retry = float(query.pop("retry", RetryPolicy().delay))
        self._settle = float(query.pop("settle", SETTLE_SECONDS))
        self._parameters = pika.URLParameters(f"{plain}?{urlencode(CONNECT | query)}")

    def _link(self) -> closing[Link]:
        return closing(Link(self._parameters))

    def declare(self, subscriptions: Mapping[str, Sequence[str]]) -> None:
        """See `chassis.bus.Bus.declare`. Raises BusDown, also when a queue exists with other settings."""
        with self._link() as link:
            declare(link, subscriptions, self._retry)
        time.sleep(self._settle)

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
        """See `chassis.bus.Bus.consume`."""
        with closing(self.publisher()) as parker, ThreadPoolExecutor(concurrency, f"{service}-handler") as pool:
            Consumer(self._parameters, service, handle, stop, pool, policy, parker).run(concurrency)

    def parked(self, service: str, limit: int = 100) -> list[Parked]:
        """See `chassis.bus.Bus.parked`. Raises BusDown."""
        with self._link() as link:
            return [found.parked for found in look(link, service, limit)]

    def put_back(self, service: str, ids: Sequence[str] | None = None) -> int:
        """See `chassis.bus.Bus.put_back`. Raises BusDown; what was moved until then is moved."""
        moved = 0
        with self._link() as link, closing(self.publisher()) as publisher:
            for found in look(link, service, MOST_PUT_BACK):
                if ids is None or found.message.id in ids:
                    publisher.send([Outgoing(found.message, "", queue_name(service, "work"))])
                    link.tell(partial(_acknowledge, found.tag))
                    moved += 1
        return moved

    def depth(self, service: str) -> int:
        """See `chassis.bus.Bus.depth`. Raises BusDown."""
        with self._link() as link:
            return count(link, service, "work")


def _acknowledge(tag: int, channel: Channel) -> None:
    channel.basic_ack(tag)
