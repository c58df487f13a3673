"""Seals a small secret (a link, a code) so that a database or a queue holds only what the key opens."""

from __future__ import annotations

import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from chassis.settings import BadSettings


class Sealer:
    """Authenticated encryption by Fernet (AES-128-CBC with HMAC-SHA-256)."""

    def __init__(self, key: str) -> None:
        try:
            self._fernet = Fernet(key)
        except ValueError as error:
            raise BadSettings("SECRET_KEY is wrong: it must be 32 bytes in URL-safe base64.") from error

    def seal(self, value: Any) -> str:
        """Encrypt a JSON value."""
        return self._fernet.encrypt(json.dumps(value).encode()).decode()

    def open(self, sealed: str) -> Any:
        """The value that was sealed; raises ValueError when it was not sealed with this key."""
        try:
            return json.loads(self._fernet.decrypt(sealed))
        except InvalidToken as error:
            raise ValueError("not sealed with this key") from error
