"""The composition of *workspace*: workspaces, their members and roles."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Service
from services.workspace import api, auditapi, importapi, invitationapi, lookapi, memberapi, toldapi
from services.workspace.handlers import HANDLERS
from services.workspace.imports import forgetting, inviting
from services.workspace.messages import MESSAGES
from services.workspace.models import Base

service = Service(
    name="workspace",
    base=Base,
    migrations=Path(__file__).parent / "migrations",
    blueprints=(
        api.public,
        api.internal,
        memberapi.public,
        memberapi.internal,
        importapi.public,
        auditapi.public,
        lookapi.public,
        lookapi.served,
        invitationapi.public,
        invitationapi.internal,
        toldapi.internal,
    ),
    handlers=HANDLERS,
    loops=(inviting.LOOP, forgetting.LOOP),
    messages=MESSAGES,
    max_body=6 << 20,
    sandboxed=True,
)
