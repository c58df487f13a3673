"""What a running gateway keeps beside the chassis's adapters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from chassis.service import Runtime
from gateway.csrf import origin
from gateway.description import Description
from gateway.limits import Limiter
from gateway.oidc import Issuer
from gateway.places import Places
from gateway.settings import GatewaySettings


@dataclass(frozen=True)
class Parts:
    """``origins`` are those an answer may redirect to: our own, and the object store's public one.

    ``issuers`` are those people may log in by, by name.
    """

    limiter: Limiter
    description: Description
    origins: frozenset[str]
    issuers: Mapping[str, Issuer]
    places: Places


def build_parts(runtime: Runtime) -> Parts:
    """Made once at the start."""
    settings = settings_of(runtime)
    limiter = Limiter(runtime.db, settings.rate_limits, settings.rate_limit_values)
    store = parse_qs(urlsplit(settings.storage_url).query).get("public", [])
    origins = frozenset(origin(url) for url in (settings.public_url, *store))
    home = f"{settings.public_url}/oidc"
    issuers = {one.name: Issuer(one, f"{home}/{one.name}/callback") for one in settings.oidc_providers}
    return Parts(limiter, Description(runtime), origins, issuers, Places(settings.places_database))


def settings_of(runtime: Runtime) -> GatewaySettings:
    """The gateway's settings."""
    settings = runtime.settings
    assert isinstance(settings, GatewaySettings)
    return settings


def parts_of(runtime: Runtime) -> Parts:
    """The gateway's parts."""
    parts: Parts = runtime.parts
    return parts
