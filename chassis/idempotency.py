"""`Idempotency-Key` on every POST: the first answer is kept for 24 hours and given again, as Stripe does.

The same key with another request is refused (422), a twin of a request that still runs is told so (409), and a first
request that died is forgotten after a minute, so that the caller can try again. Answers are sealed at rest.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response, g, request
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from chassis.access import principal, rule_of, runtime
from chassis.database import EVERYONE
from chassis.problem import Problem
from chassis.tables import idempotency
from chassis.tokens import Kind

KEEP = timedelta(hours=24)
ABANDONED = timedelta(seconds=60)
KEPT_HEADERS = ("Content-Type", "Location")


def before() -> Response | None:
    """Claim the request's key, or answer with what its first request was answered."""
    key = request.headers.get("Idempotency-Key")
    rule = rule_of(request.endpoint)
    if request.method != "POST" or key is None or (rule and not rule.idempotent):
        return None
    if not 1 <= len(key) <= 255 or not key.isascii() or not key.isprintable():
        raise Problem(400, "idempotency_key_invalid")
    claim = {"scope": _scope(), "key": key}
    fingerprint = _fingerprint()
    found = _claim(claim, fingerprint)
    if found is None:
        g.idempotency = claim
        return None
    if found.fingerprint != fingerprint:
        raise Problem(422, "idempotency_key_reused")
    if found.status is None:
        raise Problem(409, "idempotency_in_progress", headers={"Retry-After": "1"})
    headers = {**found.headers, "Idempotent-Replayed": "true"}
    return Response(runtime().sealer.open(found.body), found.status, headers)


def after(response: Response) -> Response:
    """Keep the answer of a claimed key; an answer of 500 and above releases it."""
    claim = g.pop("idempotency", None)
    if claim is None:
        return response
    row = (idempotency.c.scope == claim["scope"]) & (idempotency.c.key == claim["key"])
    with runtime().db.transaction(EVERYONE) as session:
        if response.status_code >= 500 or response.is_streamed:
            session.execute(delete(idempotency).where(row))
        else:
            headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
            body = runtime().sealer.seal(response.get_data(as_text=True))
            values = {"status": response.status_code, "headers": headers, "body": body}
            session.execute(update(idempotency).where(row).values(values))
    return response


def _claim(claim: dict[str, str], fingerprint: str) -> Any:
    now = datetime.now(UTC)
    with runtime().db.transaction(EVERYONE) as session:
        stale = (idempotency.c.started_at < now - KEEP) | (
            idempotency.c.status.is_(None) & (idempotency.c.started_at < now - ABANDONED)
        )
        session.execute(delete(idempotency).where(stale))
        row = (idempotency.c.scope == claim["scope"]) & (idempotency.c.key == claim["key"])
        if found := session.execute(select(idempotency).where(row)).first():
            return found
        try:
            with session.begin_nested():
                session.execute(insert(idempotency).values(**claim, fingerprint=fingerprint, started_at=now))
        except IntegrityError:
            return session.execute(select(idempotency).where(row)).first()
    return None


def _scope() -> str:
    who = principal()
    owner = who.browser or who.ip if who.kind is Kind.ANONYMOUS else f"{who.subject}/{who.workspace}"
    return f"{who.kind}/{owner}"[:200]


def _fingerprint() -> str:
    hasher = hashlib.sha256(f"{request.method} {request.full_path} {request.mimetype}".encode())
    if request.is_json:
        hasher.update(request.get_data(cache=True))
    elif request.mimetype == "multipart/form-data":
        _hash_form(hasher)
    else:
        hasher.update(str(request.content_length).encode())
    return hasher.hexdigest()


def _hash_form(hasher: Any) -> None:
    for name, value in request.form.items(multi=True):
        hasher.update(f"{name}={value}".encode())
    for name, file in request.files.items(multi=True):
        hasher.update(f"{name}={file.filename}".encode())
        while chunk := file.stream.read(1 << 20):
            hasher.update(chunk)
        file.stream.seek(0)
