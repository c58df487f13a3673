"""Keys in this service's own database.

Each is encrypted with AES-256-GCM under a key derived from SECRET_KEY and bound to its row, so that a copy of the
database signs nothing.
"""

from __future__ import annotations

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from services.seal.keys.port import CURVE, RSA_BITS, RSA_EXPONENT, Handle, Kind, WrongSecret
from services.seal.models import SigningKey

PURPOSE = b"signet seal key store v1"
NONCE = 12


class DatabaseKeys:
    """Keys as encrypted rows of `signing_key`."""

    def __init__(self, secret: str) -> None:
        self._cipher = AESGCM(HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(secret.encode()))

    def create(self, session: Session, kind: Kind = "ec") -> str:
        row_id, nonce = new_key(), os.urandom(NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, _plain(_new(kind)), row_id.bytes)
        session.add(SigningKey(id=row_id, sealed=sealed, created_at=database_now(session)))
        session.flush()
        return str(row_id)

    def load(self, session: Session, reference: str) -> Handle:
        row = session.get(SigningKey, UUID(reference))
        if row is None:
            raise WrongSecret(f"The signing key {reference} is not in the database.")
        try:
            plain = self._cipher.decrypt(row.sealed[:NONCE], row.sealed[NONCE:], row.id.bytes)
        except InvalidTag as error:
            raise WrongSecret("SECRET_KEY is wrong: it does not open the signing keys in the database.") from error
        key = serialization.load_der_private_key(plain, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
            raise TypeError("the key store holds only EC and RSA keys")
        return key

    def destroy(self, session: Session, reference: str) -> None:
        session.execute(delete(SigningKey).where(SigningKey.id == UUID(reference)))


def _new(kind: Kind) -> Handle:
    if kind == "rsa":
        return rsa.generate_private_key(RSA_EXPONENT, RSA_BITS)
    return ec.generate_private_key(CURVE)


def _plain(key: Handle) -> bytes:
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
