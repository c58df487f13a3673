"""What *signing* builds for itself at its start."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import cast

from chassis.service import Runtime
from services.signing.csc_provider import open_provider
from services.signing.settings import SigningSettings
from services.signing.signatory import SealSignatory, Signatory


@dataclass(frozen=True)
class Parts:
    """``gate`` lets two Argon2 verifications run at a time, so that guessing does not take the machine; ``signatory``
    signs in the signers' names; ``verifying`` lets two uploads be verified at a time.
    """

    signatory: Signatory
    gate: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(2))
    verifying: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(2))


def build(runtime: Runtime) -> Parts:
    """The parts of one running service; raises `BadSettings` for a provider that cannot sign by itself."""
    provider = open_provider(cast(SigningSettings, runtime.settings))
    return Parts(provider or SealSignatory(runtime.client))
