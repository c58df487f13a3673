"""A connection to RabbitMQ that never makes anybody wait for ever.

pika's blocking connection knows no deadline: a queue without a leader or a frozen broker holds its caller for a minute.
So the connection lives in a thread of its own, which also answers heartbeats, and callers wait as long as they choose.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

import pika
from pika.channel import Channel
from pika.exceptions import AMQPError

from chassis.bus import BusDown

ANSWER_SECONDS = 4.0
CLOSE_SECONDS = 1.0
Start = Callable[[Channel, Callable[[Any], None]], object]


class Link:
    """One connection and one channel. Any fault ends it: everybody who waits, or asks later, gets `BusDown`.

    While an alarm of the broker blocks it, it refuses at once but stays: the broker takes what was sent into a blocked
    connection when the alarm ends, so a new connection for each try would come out as so many copies.
    """

    def __init__(self, parameters: pika.URLParameters) -> None:
        self._lock, self._over = threading.Lock(), threading.Event()
        self._error = self._blocked = ""
        self._opened: Future[Any] = Future()
        self._asked = {self._opened}
        self._channel: Channel | None = None
        self._connection = pika.SelectConnection(
            parameters,
            on_open_callback=self._connected,
            on_open_error_callback=self._failed,
            on_close_callback=self._failed,
        )
        threading.Thread(target=self._run, name="bus-link", daemon=True).start()
        self._outcome(self._opened, (parameters.stack_timeout or 4) + 0.5)

    def ask(self, start: Start, seconds: float = ANSWER_SECONDS) -> Any:
        """Run ``start(channel, answer)`` on the link's thread and wait for what ``answer`` is called with.

        Raises BusDown after ``seconds``, or as soon as the link fails or is blocked.
        """
        if self._blocked:
            raise BusDown(self._blocked)
        future: Future[Any] = Future()
        with self._lock:
            self._asked.add(future)
        self.tell(lambda channel: start(channel, partial(self._answer, future)))
        return self._outcome(future, seconds)

    def tell(self, action: Callable[[Channel], object]) -> None:
        """Run ``action(channel)`` on the link's thread, in the order told; waits for nothing. Raises BusDown."""
        self._post(partial(self._do, action))

    @property
    def is_up(self) -> bool:
        """Whether nothing went wrong so far."""
        return not self._error

    def check(self) -> None:
        """Raises BusDown when the link has failed or was closed."""
        if self._error:
            raise BusDown(self._error)

    def fail(self, reason: str) -> None:
        """Give the link up, from any thread."""
        try:
            self._post(partial(self._failed, None, reason))
        except BusDown:
            return
        self._error = self._error or reason

    def close(self) -> None:
        """End the connection after all that was told; a broker that does not answer is left to the heartbeat."""
        self.fail("closed")
        self._over.wait(CLOSE_SECONDS)

    def _post(self, action: Callable[[], None]) -> None:
        with self._lock:
            if self._over.is_set():
                raise BusDown(self._error)
            self._connection.ioloop.add_callback_threadsafe(action)

    def _outcome(self, future: Future[Any], seconds: float) -> Any:
        try:
            return future.result(seconds)
        except TimeoutError:
            self.fail(f"no answer within {seconds} s")
            raise BusDown(f"no answer within {seconds} s") from None
        finally:
            with self._lock:
                self._asked.discard(future)

    def _run(self) -> None:
        try:
            self._connection.ioloop.start()
        finally:
            with self._lock:
                self._error = self._error or "the connection's thread ended"
                self._over.set()
                self._connection.ioloop.close()
            self._refuse_all(self._error)

    def _connected(self, connection: Any) -> None:
        if self._error:
            connection.close()
            return
        connection.add_on_connection_blocked_callback(self._stopped_by_alarm)
        connection.add_on_connection_unblocked_callback(self._freed)
        connection.channel(on_open_callback=self._opened_channel)

    def _opened_channel(self, channel: Channel) -> None:
        self._channel = channel
        channel.add_on_close_callback(self._failed)
        channel.add_on_cancel_callback(lambda _frame: self._failed(channel, "the broker ended the subscription"))
        self._answer(self._opened, channel)

    def _stopped_by_alarm(self, _connection: object, frame: Any) -> None:
        self._blocked = f"the broker takes no messages: {frame.method.reason}"
        self._refuse_all(self._blocked)

    def _freed(self, _connection: object, _frame: object) -> None:
        self._blocked = ""

    def _do(self, action: Callable[[Channel], object]) -> None:
        if self._channel is None or not self._channel.is_open:
            return
        try:
            action(self._channel)
        except AMQPError as exc:
            self._failed(self._channel, exc)

    def _failed(self, _where: object, reason: object) -> None:
        self._error = self._error or (reason if isinstance(reason, str) else repr(reason))
        self._refuse_all(self._error)
        if self._connection.is_open:
            self._connection.close()
        elif self._connection.is_closed:
            self._connection.ioloop.stop()

    def _answer(self, future: Future[Any], value: Any) -> None:
        if not future.done():
            future.set_result(value)

    def _refuse_all(self, reason: str) -> None:
        with self._lock:
            waiting = [future for future in self._asked if not future.done()]
        for future in waiting:
            future.set_exception(BusDown(reason))
