"""Names and settings of the exchange and the queues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pika.adapters.blocking_connection import BlockingChannel
from pika.adapters.utils.connection_workflow import AMQPConnectorException
from pika.exceptions import AMQPError, ChannelError
from pika.exchange_type import ExchangeType

EXCHANGE = "signet.events"
FAULTS = (AMQPError, ChannelError, AMQPConnectorException, OSError)
UNLIMITED = {"x-queue-type": "quorum", "x-delivery-limit": 1_000_000_000}


def queue_name(service: str, kind: str) -> str:
    """``kind``: work, retry or dead."""
    return f"signet.{service}.{kind}"


def declare(channel: BlockingChannel, subscriptions: Mapping[str, Sequence[str]], retry_seconds: float) -> None:
    """Make what is missing; the same call again changes nothing."""
    channel.exchange_declare(EXCHANGE, ExchangeType.topic, durable=True)  # type: ignore[arg-type]
    for service, types in subscriptions.items():
        work, retry, dead = (queue_name(service, kind) for kind in ("work", "retry", "dead"))
        rest = {"x-message-ttl": round(retry_seconds * 1000)}
        channel.queue_declare(work, durable=True, arguments=_dead_letter_to(retry))
        channel.queue_declare(retry, durable=True, arguments=_dead_letter_to(work) | rest)
        channel.queue_declare(dead, durable=True, arguments=UNLIMITED)
        for type_ in types:
            channel.queue_bind(work, EXCHANGE, type_)


def _dead_letter_to(queue: str) -> dict[str, Any]:
    strategy = {"x-dead-letter-strategy": "at-least-once", "x-overflow": "reject-publish"}
    return UNLIMITED | strategy | {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": queue}


def rejections(headers: Mapping[str, Any], queue: str) -> int:
    """How often a message was rejected from ``queue``, as the broker counts."""
    deaths = headers.get("x-death") or []
    return sum(int(death["count"]) for death in deaths if (death["queue"], death["reason"]) == (queue, "rejected"))
