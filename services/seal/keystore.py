"""Where private keys are kept: a port and, behind it, this service's own database.

The database holds each key encrypted with AES-256-GCM under a key derived from SECRET_KEY and bound to its row, so
that a copy of the database signs nothing. A device that keeps its keys to itself fits the same port: its handle is a
subclass of `ec.EllipticCurvePrivateKey` whose `sign` asks the device.
"""

from __future__ import annotations

import os
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from services.seal.models import SigningKey

PURPOSE = b"signet seal key store v1"
NONCE = 12


class WrongSecret(Exception):
    """The keys at hand were encrypted under another secret."""


class KeyStore(Protocol):
    def create(self, session: Session) -> str:
        """Make an EC P-256 key; returns the reference to load it by."""
        ...

    def load(self, session: Session, reference: str) -> ec.EllipticCurvePrivateKey:
        """A handle that signs; raises `WrongSecret` when the key cannot be opened."""
        ...


class DatabaseKeys:
    """Keys as encrypted rows of `signing_key`."""

    def __init__(self, secret: str) -> None:
        self._cipher = AESGCM(HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(secret.encode()))

    def create(self, session: Session) -> str:
        key, row_id, nonce = ec.generate_private_key(ec.SECP256R1()), new_key(), os.urandom(NONCE)
        plain = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        sealed = nonce + self._cipher.encrypt(nonce, plain, row_id.bytes)
        session.add(SigningKey(id=row_id, sealed=sealed, created_at=database_now(session)))
        session.flush()
        return str(row_id)

    def load(self, session: Session, reference: str) -> ec.EllipticCurvePrivateKey:
        row = session.get_one(SigningKey, UUID(reference))
        try:
            plain = self._cipher.decrypt(row.sealed[:NONCE], row.sealed[NONCE:], row.id.bytes)
        except InvalidTag as error:
            raise WrongSecret(reference) from error
        key = serialization.load_der_private_key(plain, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("the key store holds only EC keys")
        return key
