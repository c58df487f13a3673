"""Settings of *seal* beside those every service has."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.settings import Settings, setting, switch


def known_store(text: str) -> str:
    """The name of a key store; raises ValueError for one that does not exist."""
    if text != "database":
        raise ValueError("write database")
    return text


@dataclass(frozen=True, kw_only=True)
class SealSettings(Settings):
    """Where keys are kept and in whose name certificates are issued."""

    key_store: str = setting("KEY_STORE", "database: private keys in this database, encrypted", "database", known_store)
    organisation: str = setting("ORGANISATION", "name in the root and platform certificates", "Signet")
    renew_expired: bool = setting(
        "RENEW_EXPIRED", "on: replace an expired root or platform certificate at start", False, switch
    )
