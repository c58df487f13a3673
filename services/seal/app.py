"""*seal*: seals and who may use them; keys, certificates, signing of digests."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Service
from services.seal.api import certificates, seals
from services.seal.handlers import on_member_told, on_workspace_created
from services.seal.internal_api import csc, internal
from services.seal.messages import MESSAGES
from services.seal.models import Base
from services.seal.settings import SealSettings
from services.seal.start import open_authority

service = Service(
    name="seal",
    sandboxed=True,
    base=Base,
    migrations=Path(__file__).parent / "migrations",
    blueprints=(seals, certificates, csc, internal),
    handlers={
        "workspace.created.v1": on_workspace_created,
        "workspace.member_joined.v1": on_member_told,
        "workspace.member_changed.v1": on_member_told,
    },
    settings=SealSettings,
    messages=MESSAGES,
    parts=open_authority,
    max_body=6 << 20,
)
