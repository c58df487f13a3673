"""Where private keys are kept: a port, and behind it the database, a PKCS#11 token, or AWS KMS."""

from services.seal.keys.opening import open_keys
from services.seal.keys.port import Handle, KeyStore, WrongSecret, key_store_away
from services.seal.keys.ring import KeyRing

__all__ = ["Handle", "KeyRing", "KeyStore", "WrongSecret", "key_store_away", "open_keys"]
