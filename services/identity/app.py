"""The composition of *identity*: accounts, credentials, personal signatures, preferences."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Loop, Runtime, Service
from services.identity import api, avatarapi, internalapi, securityapi, signatureapi
from services.identity.forgetting import forget
from services.identity.messages import MESSAGES
from services.identity.models import Base
from services.identity.passwords import Passwords
from services.identity.settings import IdentitySettings


def build_parts(runtime: Runtime) -> Passwords:
    """What only this service has: the hasher of passwords with its gate."""
    return Passwords()


service = Service(
    name="identity",
    sandboxed=True,
    base=Base,
    migrations=Path(__file__).parent / "migrations",
    blueprints=(
        api.public,
        api.internal,
        avatarapi.public,
        securityapi.public,
        internalapi.internal,
        signatureapi.public,
        signatureapi.internal,
    ),
    loops=(Loop("forget", forget, every=3600),),
    settings=IdentitySettings,
    messages=MESSAGES,
    parts=build_parts,
)
