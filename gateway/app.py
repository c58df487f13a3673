"""The composition of the gateway."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Service
from gateway import api, console, loginapi, oidcpages, pages, proving, proxy, security
from gateway.authenticate import authenticate
from gateway.handlers import HANDLERS
from gateway.messages import MESSAGES
from gateway.models import Base
from gateway.parts import build_parts
from gateway.settings import GatewaySettings
from gateway.sweep import LOOPS

service = Service(
    name="gateway",
    base=Base,
    migrations=Path(__file__).parent / "migrations",
    blueprints=(
        security.blueprint,
        api.blueprint,
        loginapi.blueprint,
        oidcpages.blueprint,
        proving.blueprint,
        console.blueprint,
        pages.blueprint,
        proxy.blueprint,
    ),
    handlers=HANDLERS,
    loops=LOOPS,
    settings=GatewaySettings,
    messages=MESSAGES,
    parts=build_parts,
    authenticate=authenticate,
    max_body=80 << 20,
)
