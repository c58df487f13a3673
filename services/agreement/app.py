"""The composition of *agreement*."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Service
from services.agreement import changes, deadlines, reminders, retention, trash
from services.agreement.api import BLUEPRINTS
from services.agreement.handlers import HANDLERS
from services.agreement.limits import FILE_BYTES, FRAME_BYTES
from services.agreement.messages import MESSAGES
from services.agreement.models import Base
from services.agreement.settings import AgreementSettings

service = Service(
    name="agreement",
    sandboxed=True,
    base=Base,
    migrations=Path(__file__).parent / "migrations",
    blueprints=BLUEPRINTS,
    handlers=HANDLERS,
    loops=(deadlines.LOOP, reminders.LOOP, trash.LOOP, changes.LOOP, retention.LOOP),
    settings=AgreementSettings,
    messages=MESSAGES,
    max_body=FILE_BYTES + FRAME_BYTES,
)
