"""Clock work: what is over is forgotten."""

from __future__ import annotations

from chassis.service import Loop, Runtime
from gateway.limits import forget_windows
from gateway.sessions import forget_ended


def sweep(runtime: Runtime) -> bool:
    """Delete ended sessions and old rate windows."""
    forget_ended(runtime.db)
    forget_windows(runtime.db)
    return False


LOOPS = (Loop("sweep", sweep, 600.0),)
