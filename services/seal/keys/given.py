"""The key of a certificate that the operator brought; configuration holds it, the database never."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import ClassVar, NoReturn

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy.orm import Session

from services.seal.keys.port import Handle, Kind, WrongSecret


def given_reference(key: Handle) -> str:
    """The reference of a given key: it follows from the public key."""
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"{GivenKey.NAME}:{hashlib.sha256(public).hexdigest()}"


@dataclass(frozen=True)
class GivenKey:
    """A store of the one key that was given."""

    NAME: ClassVar[str] = "operator"
    key: Handle

    def create(self, session: Session, kind: Kind = "ec") -> NoReturn:
        raise NotImplementedError("keys are given, not made, here")

    def load(self, session: Session, reference: str) -> Handle:
        if reference != given_reference(self.key):
            raise WrongSecret("PLATFORM_KEY is wrong: it is not the key of the certificate in use.")
        return self.key

    def destroy(self, session: Session, reference: str) -> None:
        """What configuration holds stays there."""
