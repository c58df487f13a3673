"""Clock work: what is over is forgotten."""

from __future__ import annotations

from chassis.service import Loop, Runtime
from gateway.limits import forget_windows
from gateway.pending import forget_steps
from gateway.sessions import forget_ended


def sweep(runtime: Runtime) -> bool:
    """Delete ended sessions, logins that were never completed, and old rate windows."""
    forget_ended(runtime.db)
    forget_windows(runtime.db)
    forget_steps(runtime.db)
    return False


LOOPS = (Loop("sweep", sweep, 600.0),)
