"""Which key stores an installation has, by its settings."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from chassis.problem import Problem
from chassis.settings import BadSettings
from services.seal.keys.database import DatabaseKeys
from services.seal.keys.given import GivenKey
from services.seal.keys.port import Handle, KeyStore
from services.seal.keys.ring import DATABASE, KeyRing

if TYPE_CHECKING:
    from services.seal.settings import SealSettings

log = logging.getLogger(__name__)


def open_keys(settings: SealSettings, given: Handle | None = None) -> KeyRing:
    """The key stores of an installation; ``given`` is the key an operator brought with a certificate.

    Raises `BadSettings` for a store that cannot be used as told, never a problem: one that is away may come back.
    """
    stores: dict[str, KeyStore] = {DATABASE: DatabaseKeys(settings.secret_key)}
    if given is not None:
        stores[GivenKey.NAME] = GivenKey(given)
    name, _, place = settings.key_store.partition(":")
    match name:
        case "pkcs11":
            stores[name] = _token(place, settings)
        case "aws-kms":
            stores[name] = _kms(place, settings)
    return KeyRing(stores, name)


def _token(module: str, settings: SealSettings) -> KeyStore:
    from services.seal.keys.pkcs11 import Pkcs11Keys

    for name, value in (("PKCS11_TOKEN", settings.pkcs11_token), ("PKCS11_PIN", settings.pkcs11_pin)):
        if not value:
            raise BadSettings(f"{name} is missing: KEY_STORE names a PKCS#11 module.")
    keys = Pkcs11Keys(module, settings.pkcs11_token, settings.pkcs11_pin)
    try:
        keys.check()
    except Problem as problem:
        log.warning("keys are used when their token is back: %s", problem)
    return keys


def _kms(region: str, settings: SealSettings) -> KeyStore:
    from services.seal.keys.kms import KmsKeys

    return KmsKeys(region, settings.kms_endpoint or None)
