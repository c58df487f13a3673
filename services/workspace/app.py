"""The composition of *workspace*: workspaces, their members and roles."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Service
from services.workspace.api import internal, public
from services.workspace.handlers import HANDLERS
from services.workspace.models import Base

service = Service(
    name="workspace",
    base=Base,
    migrations=Path(__file__).parent / "migrations",
    blueprints=(public, internal),
    handlers=HANDLERS,
)
