"""What every key store can do.

A reference is a store's own word for a key, at most 200 characters; what stands before its first colon names the
store, and a reference of the database has none. A store that is away raises `key_store_away`.
"""

from __future__ import annotations

from typing import Literal, Protocol

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from sqlalchemy.orm import Session

from chassis.problem import Problem

Kind = Literal["ec", "rsa"]
Handle = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
CURVE = ec.SECP256R1()
RSA_BITS, RSA_EXPONENT = 3072, 65537
RETRY_SECONDS = 5


class WrongSecret(Exception):
    """The keys at hand cannot be opened as this installation is configured; the text is a sentence for the operator."""


class KeyStore(Protocol):
    def create(self, session: Session, kind: Kind = "ec") -> str:
        """Make an EC P-256 or an RSA 3072 key; returns the reference to load it by."""
        ...

    def load(self, session: Session, reference: str) -> Handle:
        """A handle that signs; raises `WrongSecret` when the key is not there or cannot be opened."""
        ...

    def destroy(self, session: Session, reference: str) -> None:
        """Have the key gone for good; one that is gone already is no error."""
        ...


def key_store_away() -> Problem:
    """The key store does not answer, or not as it should: try again later."""
    return Problem(503, "key_store_away", headers={"Retry-After": str(RETRY_SECONDS)})
