"""Keys in a PKCS#11 token (v2.40): made there, never leaving it. The library is imported here only.

A process opens the token when it first needs it: what a parent had open is no use to a fork (v2.40, 6.6.1). One
session serves a process, one thread at a time, and is opened anew after whatever went wrong with it.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, MechanismFlag, ObjectClass
from pkcs11.util.ec import encode_ec_public_key, encode_ecdsa_signature, encode_named_curve_parameters
from pkcs11.util.rsa import encode_rsa_public_key
from sqlalchemy.orm import Session

from chassis.ids import new_key
from chassis.settings import BadSettings
from services.seal.keys.handles import handle
from services.seal.keys.port import CURVE, RSA_BITS, Handle, Kind, WrongSecret, key_store_away

log = logging.getLogger(__name__)
PREFIX = "pkcs11"
PATIENCE = 5.0  # seconds to wait for the session while other threads use it
PAUSES = (0.05, 0.1, 0.2)  # seconds between attempts to open the token
SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")  # DigestInfo of SHA-256, RFC 8017 §9.2 note 1
KEPT = {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}
PIN_ERRORS = (pkcs11.PinIncorrect, pkcs11.PinLocked, pkcs11.PinInvalid, pkcs11.PinLenRange, pkcs11.PinExpired)
T = TypeVar("T")


@dataclass
class _Open:
    """What a process has open of a module; ``refused`` is set when the PIN was, since more tries would lock it."""

    lock: Lock = field(default_factory=Lock)
    token: str = ""
    session: Any = None
    keys: dict[bytes, Any] = field(default_factory=dict)
    refused: pkcs11.PKCS11Error | None = None


_OPEN: dict[tuple[int, str], _Open] = {}  # by process and module: a module is initialised once in a process


class Pkcs11Keys:
    """Key pairs of the token with the label ``token``, by their CKA_ID."""

    def __init__(self, module: str, token: str, pin: str) -> None:
        self._module, self._token, self._pin = module, token, pin
        self._public: dict[bytes, bytes] = {}

    def create(self, session: Session, kind: Kind = "ec") -> str:
        key_id = new_key().bytes
        self._use(lambda opened: _generate(opened.session, kind, key_id))
        return f"{PREFIX}:{key_id.hex()}"

    def load(self, session: Session, reference: str) -> Handle:
        key_id = _key_id(reference)
        public_key = self._public.get(key_id) or self._use(lambda opened: _public_key(opened.session, key_id))
        if public_key is None:
            raise WrongSecret(f"PKCS11_TOKEN is wrong: {self._token} does not have the key {key_id.hex()} in use.")
        self._public[key_id] = public_key
        return handle(public_key, partial(self._sign, key_id))

    def destroy(self, session: Session, reference: str) -> None:
        self._public.pop(_key_id(reference), None)
        self._use(lambda opened: _destroy(opened, _key_id(reference)))

    def check(self) -> None:
        """Log in; raises `BadSettings` for a module, token or PIN that is wrong, a 503 problem for a device away."""
        if not Path(self._module).is_file():
            raise BadSettings(f"KEY_STORE is wrong: {self._module} is not a file.")
        with self._turn() as opened:
            try:
                self._reopen(opened)
            except PIN_ERRORS as error:
                raise BadSettings(f"PKCS11_PIN is wrong: the token {self._token} refuses it.") from error
            except pkcs11.NoSuchToken as error:
                raise BadSettings(f"PKCS11_TOKEN is wrong: there is no token {self._token}.") from error
            except pkcs11.PKCS11Error as error:
                if type(error) is pkcs11.PKCS11Error:  # what the loader says; a device has words of its own
                    raise BadSettings(f"KEY_STORE is wrong: {self._module} is no PKCS#11 module.") from error
                raise _away(opened, error) from error

    def _sign(self, key_id: bytes, digest: bytes) -> bytes:
        return self._use(lambda opened: _sign(opened, key_id, digest))

    def _use(self, work: Callable[[_Open], T]) -> T:
        """Do ``work``; once more with a new session when it fails with one that may have been lost."""
        with self._turn() as opened:
            if opened.session is not None and opened.token == self._token:
                with suppress(pkcs11.PKCS11Error):
                    return work(opened)
            try:
                self._reopen(opened)
                return work(opened)
            except pkcs11.PKCS11Error as error:
                raise _away(opened, error) from error

    @contextmanager
    def _turn(self) -> Iterator[_Open]:
        opened = _OPEN.setdefault((os.getpid(), self._module), _Open())
        if not opened.lock.acquire(timeout=PATIENCE):
            raise key_store_away()
        try:
            yield opened
        finally:
            opened.lock.release()

    def _reopen(self, opened: _Open) -> None:
        if opened.refused and opened.token == self._token:
            raise opened.refused
        opened.token, opened.session, opened.keys, opened.refused = self._token, None, {}, None
        try:
            opened.session = self._login()
        except PIN_ERRORS as error:
            opened.refused = error
            raise

    def _login(self) -> Any:
        """A new session; modules fail now and then when several processes open a token in the same moment."""
        for pause in PAUSES:
            try:
                return _initialised(self._module).get_token(token_label=self._token).open(rw=True, user_pin=self._pin)
            except PIN_ERRORS:
                raise
            except pkcs11.PKCS11Error as error:
                log.info("the PKCS#11 token does not open yet: %s %s", type(error).__name__, error)
                time.sleep(pause)
        return _initialised(self._module).get_token(token_label=self._token).open(rw=True, user_pin=self._pin)


def _initialised(path: str) -> Any:
    """The module as if just loaded by this process."""
    module = pkcs11.lib(path)
    with suppress(pkcs11.PKCS11Error):
        module.finalize()
    module.initialize()
    return module


def _away(opened: _Open, error: Exception) -> Exception:
    opened.session = None
    log.warning("the PKCS#11 token is away: %s %s", type(error).__name__, error)
    return key_store_away()


def _key_id(reference: str) -> bytes:
    return bytes.fromhex(reference.removeprefix(f"{PREFIX}:"))


def _generate(session: Any, kind: Kind, key_id: bytes) -> None:
    wanted = {
        "id": key_id, "label": "signet", "store": True, "private_template": KEPT,
        "capabilities": MechanismFlag.SIGN | MechanismFlag.VERIFY,
    }  # fmt: skip
    if kind == "rsa":
        session.generate_keypair(KeyType.RSA, RSA_BITS, **wanted)
        return
    curve = {Attribute.EC_PARAMS: encode_named_curve_parameters(CURVE.name)}
    session.create_domain_parameters(KeyType.EC, curve, local=True).generate_keypair(**wanted)


def _public_key(session: Any, key_id: bytes) -> bytes | None:
    """The public key in DER, None when the token does not have the pair."""
    try:
        key = session.get_key(object_class=ObjectClass.PUBLIC_KEY, id=key_id)
    except pkcs11.NoSuchKey:
        return None
    return encode_ec_public_key(key) if key.key_type is KeyType.EC else encode_rsa_public_key(key)


def _sign(opened: _Open, key_id: bytes, digest: bytes) -> bytes:
    key = opened.keys.get(key_id)
    if key is None:
        key = opened.keys[key_id] = opened.session.get_key(object_class=ObjectClass.PRIVATE_KEY, id=key_id)
    if key.key_type is KeyType.EC:
        return encode_ecdsa_signature(key.sign(digest, mechanism=Mechanism.ECDSA))
    signature: bytes = key.sign(SHA256_INFO + digest, mechanism=Mechanism.RSA_PKCS)
    return signature


def _destroy(opened: _Open, key_id: bytes) -> None:
    opened.keys.pop(key_id, None)
    for found in list(opened.session.get_objects({Attribute.ID: key_id})):
        found.destroy()
