"""The worker: consumes events through the inbox and turns the service's loops."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from chassis.bus import Bus, Message, RetryPolicy
from chassis.database import EVERYONE
from chassis.metrics import HANDLED, LOOP_ERRORS, PARKED
from chassis.outbox import Event, causation, correlation
from chassis.service import Loop, Runtime, Service
from chassis.tables import inbox
from contracts.catalogue import subscriptions

log = logging.getLogger(__name__)


class UnknownType(Exception):
    """A message of a type the service has no handler for."""


def run_worker(service: Service, runtime: Runtime, bus: Bus, stop: threading.Event, policy: RetryPolicy) -> None:
    """Consume and turn loops until ``stop`` is set; returns when everything in progress has ended."""
    threads = start_loops([*service.loops, _parked_loop(service.name, bus)], runtime, stop)
    if subscriptions().get(service.name):
        bus.consume(service.name, lambda message: handle(service, runtime, message), stop, policy=policy)
    for thread in threads:
        thread.join()


def handle(service: Service, runtime: Runtime, message: Message) -> None:
    """Handle one message once: the inbox row and the handler's changes commit together."""
    event = Event.parse(message.body)
    handler = service.handlers.get(event.type)
    if handler is None:
        raise UnknownType(event.type)
    correlation.set(event.correlation)
    causation.set(event.id)
    outcome = "failed"
    try:
        with runtime.db.transaction(EVERYONE) as session:
            outcome = "handled" if _first_time(session, event) else "duplicate"
            if outcome == "handled":
                handler(runtime, session, event)
    except Exception:
        outcome = "failed"
        log.warning("event failed", exc_info=True, extra={"event_id": event.id, "event_type": event.type})
        raise
    finally:
        HANDLED.labels(service.name, event.type, outcome).inc()


def _first_time(session: Session, event: Event) -> bool:
    values = {"event_id": event.id, "handled_at": event.time.now(event.time.tzinfo)}
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(inbox).values(values).on_conflict_do_nothing().returning(inbox.c.event_id)
    return session.execute(statement).first() is not None


def _parked_loop(name: str, bus: Bus) -> Loop:
    """Tells the metrics how many messages are parked."""

    def count(_: Runtime) -> bool:
        PARKED.labels(name).set(len(bus.parked(name, limit=1000)))
        return False

    return Loop("parked", count, 60.0)


def start_loops(loops: Sequence[Loop], runtime: Runtime, stop: threading.Event) -> list[threading.Thread]:
    """One thread for each loop."""
    threads = [threading.Thread(target=_turn, args=(loop, runtime, stop), name=loop.name) for loop in loops]
    for thread in threads:
        thread.start()
    return threads


def _turn(loop: Loop, runtime: Runtime, stop: threading.Event) -> None:
    with runtime.db.doorbell.listen(loop.name) as listener:
        while not stop.is_set():
            if not _turn_once(loop, runtime, stop):
                listener.wait(loop.every, stop)


def _turn_once(loop: Loop, runtime: Runtime, stop: threading.Event) -> bool:
    try:
        return loop.turn(runtime)
    except Exception:
        LOOP_ERRORS.labels(runtime.settings.service, loop.name).inc()
        log.warning("a turn of %s failed", loop.name, exc_info=True)
        stop.wait(min(loop.every, 1.0))
        return False
