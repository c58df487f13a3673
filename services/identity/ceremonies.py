"""The challenges of WebAuthn ceremonies: one at a time for a browser and a purpose, good once, for five minutes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import delete
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.problem import Problem
from chassis.service import Runtime
from services.identity import throttle
from services.identity.models import Ceremony

VALID = timedelta(minutes=5)
TRANSPORTS = ("ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb")


@dataclass(frozen=True, slots=True)
class Site:
    """Who asks for passkeys: the relying party's id, and the origin its pages have."""

    host: str
    origin: str


def site_of(runtime: Runtime) -> Site:
    """The site people reach the suite at."""
    parts = urlsplit(runtime.settings.public_url)
    return Site(parts.hostname or "localhost", f"{parts.scheme}://{parts.netloc}".lower())


def begin(session: Session, purpose: str, browser: str, owner: str) -> bytes:
    """A new challenge for a browser, in place of the one before; ``owner`` is an account's key or empty."""
    challenge = secrets.token_bytes(32)
    fresh = {"owner": owner, "challenge": challenge, "expires_at": database_now(session) + VALID}
    insert = throttle.insert_into(session, Ceremony).values(purpose=purpose, browser=browser, **fresh)
    session.execute(insert.on_conflict_do_update(index_elements=[Ceremony.purpose, Ceremony.browser], set_=fresh))
    return challenge


def take(runtime: Runtime, purpose: str, browser: str) -> tuple[bytes, str]:
    """Use up a browser's challenge; it and its owner. Raises passkey_wrong when there is none or its time is over."""
    with runtime.db.transaction(EVERYONE) as session:
        mine = delete(Ceremony).where(Ceremony.purpose == purpose, Ceremony.browser == browser)
        row = session.execute(mine.returning(Ceremony.challenge, Ceremony.owner, Ceremony.expires_at)).one_or_none()
        now = database_now(session)
    if row is None or row.expires_at <= now:
        raise wrong()
    return row.challenge, row.owner


def wrong() -> Problem:
    """The one answer to a passkey that is not good."""
    return Problem(422, "passkey_wrong")
