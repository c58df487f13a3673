"""All keys of an installation by their references, wherever each is kept.

Lasting keys (authorities, platform, time stamps) are made in the store KEY_STORE names. A one-time key is made, used
once and destroyed within seconds: it lives in the database always, since devices make keys slowly and a cloud bills
each and cannot delete one at once. References tell the store, so keys made before KEY_STORE changed are still found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from services.seal.keys.port import Handle, KeyStore, Kind, WrongSecret

DATABASE = "database"


@dataclass(frozen=True)
class KeyRing:
    """``stores`` by name, the database among them; ``lasting`` is the name of the one that makes lasting keys."""

    stores: Mapping[str, KeyStore]
    lasting: str = DATABASE

    def create(self, session: Session, kind: Kind = "ec", *, once: bool = False) -> str:
        """Make a key, a lasting one unless it is for ``once``; raises a 503 problem when its store is away."""
        return self.stores[DATABASE if once else self.lasting].create(session, kind)

    def load(self, session: Session, reference: str) -> Handle:
        """A handle that signs; raises `WrongSecret`, or a 503 problem when its store is away."""
        return self._store(reference).load(session, reference)

    def destroy(self, session: Session, reference: str) -> None:
        """Have a key gone for good; one that is gone already is no error."""
        self._store(reference).destroy(session, reference)

    def holds(self, reference: str) -> bool:
        """Whether this installation is configured for the store this key is in."""
        return _store_name(reference) in self.stores

    def _store(self, reference: str) -> KeyStore:
        if not self.holds(reference):
            raise WrongSecret(f"KEY_STORE is wrong: a key in use is kept in {_store_name(reference)}.")
        return self.stores[_store_name(reference)]


def _store_name(reference: str) -> str:
    name, colon, _ = reference.partition(":")
    return name if colon else DATABASE
