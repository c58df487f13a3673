"""Logins begun at an issuer: kept until the browser comes back with their state, once, within ten minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from chassis.database import EVERYONE, database_now
from chassis.ids import digest
from chassis.service import Runtime
from gateway.models import OidcFlow
from gateway.oidc import Start

VALID = timedelta(minutes=10)


def keep(runtime: Runtime, browser: str, provider: str, start: Start, return_to: str, **errand: str) -> None:
    """Remember what the answer is checked against; ``errand`` is what a person who is logged in goes there for."""
    told = {"nonce": start.nonce, "verifier": start.verifier, "return_to": return_to, "since": start.since, **errand}
    with runtime.db.transaction(EVERYONE) as session:
        row = OidcFlow(
            state_digest=digest(start.state), browser=browser, provider=provider, sealed=runtime.sealer.seal(told),
            expires_at=database_now(session) + VALID,
        )  # fmt: skip
        session.add(row)


def take(runtime: Runtime, browser: str, provider: str, state: str) -> dict[str, Any] | None:
    """Use up the login of a state; None unless this browser began it there and its time is not over."""
    with runtime.db.transaction(EVERYONE) as session:
        mine = delete(OidcFlow).where(OidcFlow.state_digest == digest(state), OidcFlow.browser == browser)
        row = session.execute(mine.returning(OidcFlow.provider, OidcFlow.sealed, OidcFlow.expires_at)).one_or_none()
        now = database_now(session)
    if row is None or row.provider != provider or row.expires_at <= now:
        return None
    told: dict[str, Any] = runtime.sealer.open(row.sealed)
    return told
