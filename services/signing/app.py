"""*signing*: links, checks, the ceremony, its evidence, and the work on the PDF."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Loop, Service
from services.signing import (
    anchor,
    api,
    append,
    archive,
    complete,
    correction_api,
    discard,
    drawing_api,
    internal_api,
    parts,
    prepare,
    renew,
    verification_api,
)
from services.signing.handlers import HANDLERS
from services.signing.messages import MESSAGES
from services.signing.models import Base
from services.signing.settings import SigningSettings
from services.signing.verifications import FILE_BYTES, FRAME_BYTES

service = Service(
    name="signing",
    sandboxed=True,
    base=Base,
    migrations=Path(__file__).parent / "migrations",
    blueprints=[
        api.blueprint,
        internal_api.blueprint,
        verification_api.blueprint,
        drawing_api.blueprint,
        *correction_api.BLUEPRINTS,
    ],
    handlers=HANDLERS,
    loops=[
        Loop("prepare", prepare.turn, every=2.0),
        Loop("append", append.turn, every=2.0),
        Loop("archive", archive.turn, every=2.0),
        Loop("complete", complete.turn, every=2.0),
        Loop("renew", renew.turn, every=60.0),
        Loop("anchor", anchor.turn, every=60.0),
        Loop(discard.LOOP, discard.turn, every=30.0),
    ],
    settings=SigningSettings,
    messages=MESSAGES,
    parts=parts.build,
    max_body=FILE_BYTES + FRAME_BYTES,
)
