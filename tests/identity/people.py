"""What people do with *identity*, as short verbs for the stories."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import update
from werkzeug.test import TestResponse

from chassis.database import EVERYONE
from chassis.ids import parse_public_id
from chassis.tokens import Principal
from services.identity import totp
from services.identity.models import Code, LoginGuard, Throttle
from tests.service_kit import Kit, service, user

ALICE = "alice@example.com"
PASSWORD = "Blue-Kettle-42"
CONSENTS = {"terms": "2026-11-01", "privacy": "2026-11-01", "data_processing": "2026-11-01"}


def ask_code(kit: Kit, email: str = ALICE, path: str = "registration") -> TestResponse:
    return kit.request("POST", f"/api/v1/{path}/codes", json={"email": email})


def last_code(kit: Kit) -> str:
    """The code in the newest mail."""
    event = kit.emitted("identity.code_requested.v1")[-1]
    return str(kit.runtime.sealer.open(event.data["sealed_code"]))


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def register(kit: Kit, email: str = ALICE, code: str | None = None, **form: Any) -> TestResponse:
    body = {"email": email, "code": code or last_code(kit), "password": PASSWORD, "consents": CONSENTS, **form}
    return kit.request("POST", "/api/v1/registration", json=body)


def join(kit: Kit, email: str = ALICE, **form: Any) -> Principal:
    """Register, and be logged in from then on."""
    assert ask_code(kit, email).status_code == 202
    answer = register(kit, email, **form)
    assert answer.status_code == 201, answer.json
    return logged_in(answer.json)


def logged_in(account: dict[str, Any]) -> Principal:
    key = parse_public_id("acc", account["id"])
    assert isinstance(key, UUID)
    return user(key, email=account["email"], name=account["name"])


def log_in(kit: Kit, password: str = PASSWORD, email: str = ALICE, ip: str = "203.0.113.9") -> TestResponse:
    body = {"email": email, "password": password, "ip": ip}
    return kit.request("POST", "/internal/authenticate", service("gateway"), json=body)


def at_once(times: int, work: Any) -> list[Any]:
    """Results of ``work(0)`` to ``work(times - 1)``, started side by side."""
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(work, range(times)))


def let_codes_age(kit: Kit, seconds: int) -> None:
    """Have every code be older."""
    age = timedelta(seconds=seconds)
    with kit.runtime.db.transaction(EVERYONE) as session:
        for code in session.query(Code):
            code.requested_at, code.expires_at = code.requested_at - age, code.expires_at - age


def let_counts_age(kit: Kit, seconds: int) -> None:
    """Have everything that is counted in a span of time have begun earlier."""
    with kit.runtime.db.transaction(EVERYONE) as session:
        for count in session.query(Throttle):
            count.started_at -= timedelta(seconds=seconds)


def let_blocks_end(kit: Kit) -> None:
    """Have every wait after failed logins be over."""
    with kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(LoginGuard).values(blocked_until=None))


def app_code(secret: str, late: int = 0) -> str:
    """What an authenticator app shows, ``late`` steps from now."""
    return totp.code_at(secret, totp.step_of(datetime.now(UTC)) + late)


def switch_on(kit: Kit, who: Principal, password: str = PASSWORD) -> tuple[str, list[str]]:
    """Two-factor login: the app's secret and the recovery codes. Its first code is of the step before this one."""
    secret = kit.request("POST", "/api/v1/account/totp", who, json={"password": password}).json["secret"]
    answer = kit.request("POST", "/api/v1/account/totp/confirm", who, json={"code": app_code(secret, -1)})
    assert answer.status_code == 200, answer.json
    return secret, answer.json["recovery_codes"]


def prove(kit: Kit, who: Principal, password: str = PASSWORD) -> None:
    """Prove by the password that it is oneself."""
    answer = kit.request("POST", "/api/v1/account/proofs", who, json={"method": "password", "password": password})
    assert answer.status_code == 201, answer.json
