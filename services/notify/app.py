"""The composition of *notify*: mails."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Service
from services.notify.api import blueprint, pages
from services.notify.handlers import HANDLERS
from services.notify.messages import MESSAGES
from services.notify.models import Base
from services.notify.send import LOOPS
from services.notify.settings import NotifySettings
from services.notify.transport import connect_mail

service = Service(
    name="notify",
    base=Base,
    migrations=Path(__file__).parent / "migrations",
    blueprints=(blueprint, pages),
    handlers=HANDLERS,
    loops=LOOPS,
    settings=NotifySettings,
    messages=MESSAGES,
    parts=connect_mail,
)
