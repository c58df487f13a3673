"""Settings of *identity* beside the common ones."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.settings import Settings, setting


@dataclass(frozen=True, kw_only=True)
class IdentitySettings(Settings):
    """How much one address on the network may ask for."""

    codes_per_ip: int = setting("CODES_PER_IP", "mailed codes that one IP address may ask for in an hour", 300, int)
    failures_per_ip: int = setting("FAILURES_PER_IP", "failed logins of one IP address in 15 minutes", 100, int)
