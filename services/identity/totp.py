"""Time-based one-time passwords: six digits, 30 seconds, HMAC-SHA-1, as every authenticator app does (RFC 6238)."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from hashlib import sha1
from typing import Any
from urllib.parse import quote, urlencode

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

STEP = 30
DRIFT = 1  # steps a phone's clock may be off (RFC 6238 §5.2)
ISSUER = "Signet"


def new_secret() -> str:
    """160 random bits (RFC 4226 §4) in base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_of(moment: datetime) -> int:
    """The time step of a moment."""
    return int(moment.timestamp()) // STEP


def code_at(secret: str, step: int) -> str:
    """The code of a time step (RFC 4226 §5.3)."""
    mac = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), sha1)
    start = mac[-1] & 0xF
    return f"{(int.from_bytes(mac[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def matching_step(secret: str, code: str, now: datetime, after: int) -> int | None:
    """The time step whose code this is, None when it fits none near ``now`` or only one that is not ``after``."""
    told, middle = code.encode("utf-8", "replace"), step_of(now)
    fitting = [
        step
        for step in range(middle - DRIFT, middle + DRIFT + 1)
        if hmac.compare_digest(code_at(secret, step).encode(), told) and step > after
    ]
    return fitting[-1] if fitting else None


def address(secret: str, email: str) -> str:
    """What the QR code says to an authenticator app."""
    query = urlencode({"secret": secret, "issuer": ISSUER, "algorithm": "SHA1", "digits": 6, "period": STEP})
    return f"otpauth://totp/{ISSUER}:{quote(email, safe='@')}?{query}"


def qr_path(text: str) -> tuple[str, int]:
    """A QR code as an SVG path of squares of one unit, and how many units it is wide, with its quiet zone."""
    code: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    rows = code.get_matrix()
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return "".join(squares), len(rows)
