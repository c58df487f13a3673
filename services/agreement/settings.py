"""Settings of *agreement*."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.settings import Settings, setting


@dataclass(frozen=True, kw_only=True)
class AgreementSettings(Settings):
    """What *agreement* needs beside the common settings."""

    expiring_days: int = setting(
        "EXPIRING_DAYS", "days before the deadline from which an agreement expires soon", 3, int
    )
