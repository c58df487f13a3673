"""What *signing* builds for itself at its start."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import BoundedSemaphore

from chassis.service import Runtime


@dataclass(frozen=True)
class Parts:
    """``gate`` lets two Argon2 verifications run at a time, so that guessing does not take the machine."""

    gate: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(2))


def build(runtime: Runtime) -> Parts:
    """The parts of one running service."""
    return Parts()
