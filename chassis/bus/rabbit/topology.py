"""Names and settings of the exchange and the queues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from pika.channel import Channel
from pika.exchange_type import ExchangeType

from chassis.bus.rabbit.link import Link

EXCHANGE = "signet.events"
UNLIMITED = {"x-queue-type": "quorum", "x-delivery-limit": 1_000_000_000}


def queue_name(service: str, kind: str) -> str:
    """``kind``: work, retry or dead."""
    return f"signet.{service}.{kind}"


def declare(link: Link, subscriptions: Mapping[str, Sequence[str]], retry_seconds: float) -> None:
    """Make what is missing; the same call again changes nothing. Raises BusDown."""
    link.ask(_make_exchange)
    for service, types in subscriptions.items():
        work, retry, dead = (queue_name(service, kind) for kind in ("work", "retry", "dead"))
        rest = {"x-message-ttl": round(retry_seconds * 1000)}
        for queue, arguments in (
            (work, _dead_letter_to(retry)), (retry, _dead_letter_to(work) | rest), (dead, UNLIMITED),
        ):  # fmt: skip
            link.ask(partial(_make, queue, arguments))
        for type_ in types:
            link.ask(partial(_bind, work, type_))


def _make_exchange(channel: Channel, answer: Any) -> None:
    topic: Any = ExchangeType.topic  # the stubs deny that its members are the strings they are
    channel.exchange_declare(EXCHANGE, topic, durable=True, callback=answer)


def _make(queue: str, arguments: dict[str, Any], channel: Channel, answer: Any) -> None:
    channel.queue_declare(queue, durable=True, arguments=arguments, callback=answer)


def _bind(queue: str, type_: str, channel: Channel, answer: Any) -> None:
    channel.queue_bind(queue, EXCHANGE, type_, callback=answer)


def _dead_letter_to(queue: str) -> dict[str, Any]:
    strategy = {"x-dead-letter-strategy": "at-least-once", "x-overflow": "reject-publish"}
    return UNLIMITED | strategy | {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": queue}


def rejections(headers: Mapping[str, Any], queue: str) -> int:
    """How often a message was rejected from ``queue``, as the broker counts."""
    deaths = headers.get("x-death") or []
    return sum(int(death["count"]) for death in deaths if (death["queue"], death["reason"]) == (queue, "rejected"))
