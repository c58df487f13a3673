"""Keeps a hold on a row alive while its holder works, so that a killed holder's row is free within seconds."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

log = logging.getLogger(__name__)


@contextmanager
def heartbeat(beat: Callable[[], None], every: float) -> Iterator[None]:
    """Call ``beat`` every ``every`` seconds inside the block; a database that is away is waited for."""
    over = threading.Event()
    thread = threading.Thread(target=_run, args=(beat, every, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _run(beat: Callable[[], None], every: float, over: threading.Event) -> None:
    while not over.wait(every):
        try:
            beat()
        except (DBAPIError, PoolTimeout) as error:
            log.warning("a hold is not renewed: %s", error)
