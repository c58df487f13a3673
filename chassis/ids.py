"""Keys and public ids. A key is a UUIDv7 (RFC 9562 §5.7); its public id is a prefix and the key in base 58."""

from __future__ import annotations

import os
import secrets
import time
import uuid
from hashlib import sha256

import base58


def new_key() -> uuid.UUID:
    """A UUIDv7: 48 bits of Unix milliseconds, then random bits, so keys sort by the time they were made."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def public_id(prefix: str, key: uuid.UUID) -> str:
    """``agr_`` and the key in base 58, 26 characters in all."""
    return f"{prefix}_{base58.b58encode(key.bytes).decode()}"


def parse_public_id(prefix: str, text: str) -> uuid.UUID | None:
    """The key of a public id, or None when it is not one with this prefix."""
    start, _, rest = text.partition("_")
    if start != prefix or not rest.isascii() or not 1 <= len(rest) <= 24:
        return None
    try:
        data = base58.b58decode(rest)
    except ValueError:
        return None
    return uuid.UUID(bytes=data) if len(data) == 16 else None


def new_secret(prefix: str) -> str:
    """A credential of 256 random bits with a prefix that scanners find (``sgl_…``)."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


def digest(secret: str) -> str:
    """What is stored of a credential of full entropy: its SHA-256 in hex."""
    return sha256(secret.encode()).hexdigest()
