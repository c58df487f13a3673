"""A worker process that says the id of the first event it hears and then never ends its handler."""

from __future__ import annotations

import sys
import threading

from chassis.bus import Message, connect_bus


def _say_and_hang(message: Message) -> None:
    sys.stdout.write(message.id + "\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    connect_bus(sys.argv[1]).consume(sys.argv[2], _say_and_hang, threading.Event(), concurrency=1)
