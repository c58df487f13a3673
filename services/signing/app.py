"""*signing*: links, checks, the ceremony, its evidence, and the work on the PDF."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Loop, Service
from services.signing import api, append, complete, internal_api, parts, prepare
from services.signing.handlers import HANDLERS
from services.signing.messages import MESSAGES
from services.signing.models import Base

service = Service(
    name="signing",
    sandboxed=True,
    base=Base,
    migrations=Path(__file__).parent / "migrations",
    blueprints=[api.blueprint, internal_api.blueprint],
    handlers=HANDLERS,
    loops=[
        Loop("prepare", prepare.turn, every=2.0),
        Loop("append", append.turn, every=2.0),
        Loop("complete", complete.turn, every=2.0),
    ],
    messages=MESSAGES,
    parts=parts.build,
    max_body=(5 << 20) + (1 << 16),
)
