"""How often somebody may ask. The sensitive classes are counted in the database, for all gateways together."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import EVERYONE, Database
from chassis.ids import digest
from chassis.problem import Problem
from gateway.models import RateWindow

SECONDS = 60


@dataclass(frozen=True, slots=True)
class RateClass:
    """Requests a minute for one address (and for one session). ``shared`` ones are counted in the database."""

    name: str
    method: str
    path: re.Pattern[str]
    limit: int
    shared: bool = True


def _class(name: str, method: str, path: str, limit: int, shared: bool = True) -> RateClass:
    return RateClass(name, method, re.compile(path), limit, shared)


CLASSES = (
    _class(
        "login",
        "POST",
        r"/api/v1/session(/(link|registration|invitation|(second-factor|passkey|providers)(/.+)?))?"
        r"|/api/v1/(registration|password|account/email|account/password|account/(totp|passkeys|proofs)(/.+)?)",
        300,
    ),
    _class("issuers", "GET", r"/oidc/.+", 300),
    _class(
        "codes",
        "POST",
        r"/api/v1/(registration|password|account/email)/codes|/api/v1/session/link/codes|/api/v1/signing/[^/]+/checks/email-code",
        300,
    ),
    _class("checks", "POST", r"/api/v1/signing/[^/]+/checks/.+", 600),
    _class("uploads", "POST", r"/api/v1/(agreements/[^/]+/documents|seals|account/signatures)", 600, shared=False),
    _class("invitations", "POST", r"/api/v1/workspace/members(/[^/]+/invitation)?", 60),
    _class("pictures", "PUT", r"/api/v1/(account/avatar|workspace/logo)", 60),
    _class("previews", "POST", r"/api/v1/seals/image-preview", 60),
    _class("verifications", "POST", r"/api/v1/verifications", 60),
    _class("timestamps", "POST", r"/pki/tsa", 300),
    _class("general", "*", r".*", 12000, shared=False),
)


def class_of(method: str, path: str) -> RateClass:
    """The first class a request belongs to."""
    return next(one for one in CLASSES if one.method in ("*", method) and one.path.fullmatch(path))


class Limiter:
    """Counts requests in windows of a minute. ``values`` replace the limits of classes by name."""

    def __init__(self, db: Database, on: bool, values: Mapping[str, int]) -> None:
        self._db, self._on, self._values = db, on, values
        self._lock, self._minute, self._counts = threading.Lock(), 0, dict[str, int]()

    def check(self, rate_class: RateClass, who: str) -> dict[str, str]:
        """The RateLimit headers of the answer; raises a 429 problem when ``who`` asks too often."""
        if not self._on:
            return {}
        now, limit = time.time(), self._values.get(rate_class.name, rate_class.limit)
        minute, bucket = int(now // SECONDS), f"{rate_class.name}/{digest(who)}"
        count = (self._count_shared if rate_class.shared else self._count_here)(bucket, minute)
        wait = str(int((minute + 1) * SECONDS - now) + 1)
        headers = {
            "RateLimit-Limit": str(limit),
            "RateLimit-Remaining": str(max(0, limit - count)),
            "RateLimit-Reset": wait,
        }
        if count > limit:
            raise Problem(429, "too_many_requests", headers={**headers, "Retry-After": wait})
        return headers

    def _count_here(self, bucket: str, minute: int) -> int:
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, {}
            self._counts[bucket] = self._counts.get(bucket, 0) + 1
            return self._counts[bucket]

    def _count_shared(self, bucket: str, minute: int) -> int:
        dialect: Any = sqlite if self._db.is_sqlite else postgresql
        insert = dialect.insert(RateWindow).values(bucket=bucket, minute=minute, count=1)
        one_more = insert.on_conflict_do_update(
            index_elements=["bucket", "minute"], set_={"count": RateWindow.count + 1}
        ).returning(RateWindow.count)
        with self._db.transaction(EVERYONE) as session:
            return int(session.execute(one_more).scalar_one())


def forget_windows(db: Database) -> None:
    """Delete the counts of minutes that are over."""
    with db.transaction(EVERYONE) as session:
        session.execute(delete(RateWindow).where(RateWindow.minute < int(time.time() // SECONDS) - 1))
