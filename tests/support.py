"""Small helpers every test may use."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def eventually(check: Callable[[], T], timeout: float = 10, every: float = 0.02) -> T:
    """The first truthy result of ``check``, tried every ``every`` seconds for ``timeout`` seconds.

    An AssertionError inside counts as "not yet"; the last one is raised again when time is up.
    """
    end = time.monotonic() + timeout
    while True:
        try:
            result = check()
            failure = AssertionError(f"still {result!r} after {timeout} s")
        except AssertionError as exc:
            failure = exc
        else:
            if result:
                return result
        if time.monotonic() >= end:
            raise failure
        time.sleep(every)


def seconds(action: Callable[[], object]) -> float:
    """How long ``action`` takes, in seconds."""
    begin = time.monotonic()
    action()
    return time.monotonic() - begin
