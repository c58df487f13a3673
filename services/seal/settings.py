"""Settings of *seal* beside those every service has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chassis.settings import Settings, setting, switch

TRIAL_POLICY = "2.25.249106391877153908432215908742633571021"  # of this suite: a clock nobody has audited


STORE = re.compile(r"database|pkcs11:/.+|aws-kms:[a-z0-9-]+")
SHORTEST_TOKEN = 32


def known_store(text: str) -> str:
    """The name of a key store and what finds it; raises ValueError for one that does not exist."""
    if not STORE.fullmatch(text):
        raise ValueError("write database, pkcs11:/path/of/the/module.so or aws-kms:region")
    return text


def tokens(text: str) -> tuple[str, ...]:
    """Access tokens with commas between them; raises ValueError for one that can be guessed."""
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    if any(len(token) < SHORTEST_TOKEN for token in found):
        raise ValueError(f"write random tokens of {SHORTEST_TOKEN} characters or more, commas between them")
    return found


def known_oid(text: str) -> str:
    """A dotted object identifier; raises ValueError for anything else."""
    if not re.fullmatch(r"([01]\.[1-3]?\d|2\.\d+)(\.(0|[1-9]\d{0,38})){1,20}", text):
        raise ValueError("write numbers with dots between them")
    return text


@dataclass(frozen=True, kw_only=True)
class SealSettings(Settings):
    """Where keys are kept and in whose name certificates are issued."""

    key_store: str = setting(
        "KEY_STORE",
        "where lasting keys are kept: database (encrypted), pkcs11:/path/of/the/module.so, or aws-kms:region with "
        "access by AWS's own chain; one-time keys are always in the database",
        "database",
        known_store,
    )
    pkcs11_token: str = setting("PKCS11_TOKEN", "label of the token, with KEY_STORE=pkcs11:…", "")
    pkcs11_pin: str = setting("PKCS11_PIN", "user PIN of the token, with KEY_STORE=pkcs11:…", "", secret=True)
    kms_endpoint: str = setting("KMS_ENDPOINT", "address of AWS KMS where it is not the region's own", "")
    platform_certificate: str = setting(
        "PLATFORM_CERTIFICATE", "path of a PEM chain or PKCS#12 file to seal with, instead of one made here", ""
    )
    platform_key: str = setting(
        "PLATFORM_KEY", "path of the PEM key of a PEM chain in PLATFORM_CERTIFICATE", "", secret=True
    )
    platform_certificate_password: str = setting(
        "PLATFORM_CERTIFICATE_PASSWORD", "password of the PKCS#12 file or of the PEM key", "", secret=True
    )
    csc_access_tokens: tuple[str, ...] = setting(
        "CSC_ACCESS_TOKENS",
        "bearer tokens, commas between them, of outsiders who may sign as platform at /csc/v2 (CSC API v2); off when "
        "empty",
        (),
        tokens,
        secret=True,
    )
    organisation: str = setting("ORGANISATION", "name in the root and platform certificates", "Signet")
    renew_expired: bool = setting(
        "RENEW_EXPIRED", "on: replace an expired root or platform certificate at start", False, switch
    )
    tsa_policy: str = setting("TSA_POLICY", "policy our time stamps name (object identifier)", TRIAL_POLICY, known_oid)
