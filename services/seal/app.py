"""*seal*: seals and who may use them; keys, certificates, signing of digests."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Service
from services.seal.api import certificates, seals
from services.seal.csc_api import outside
from services.seal.handlers import on_member_told, on_workspace_told
from services.seal.internal_api import csc, internal
from services.seal.messages import MESSAGES
from services.seal.models import Base
from services.seal.pki_api import pki
from services.seal.settings import SealSettings
from services.seal.start import open_authority
from services.seal.sweep import LOOPS

service = Service(
    name="seal",
    sandboxed=True,
    base=Base,
    migrations=Path(__file__).parent / "migrations",
    blueprints=(seals, certificates, pki, csc, internal, outside),
    handlers={
        "workspace.created.v1": on_workspace_told,
        "workspace.changed.v1": on_workspace_told,
        "workspace.member_joined.v1": on_member_told,
        "workspace.member_changed.v1": on_member_told,
    },
    loops=LOOPS,
    settings=SealSettings,
    messages=MESSAGES,
    parts=open_authority,
    max_body=6 << 20,
)
