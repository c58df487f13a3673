"""What the gateway is told by its operator beside what every service is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from chassis.settings import Settings, setting, switch
from gateway.places import places_file
from gateway.providers import Provider, providers

Network = IPv4Network | IPv6Network


def networks(text: str) -> tuple[Network, ...]:
    """``10.0.0.0/8 fd00::/8`` as networks."""
    return tuple(ip_network(part, strict=False) for part in text.replace(",", " ").split())


def numbers(text: str) -> dict[str, int]:
    """``login=300 codes=300`` as a mapping."""
    pairs = [part.partition("=") for part in text.split()]
    return {name: int(value) for name, _, value in pairs}


@dataclass(frozen=True, kw_only=True)
class GatewaySettings(Settings):
    """The gateway's own settings."""

    trusted_proxies: tuple[Network, ...] = setting(
        "TRUSTED_PROXIES", "networks of reverse proxies whose X-Forwarded-For is believed", (), networks
    )
    oidc_providers: tuple[Provider, ...] = setting(
        "OIDC_PROVIDERS",
        "OpenID Connect issuers to log in by: a JSON list of objects with name, issuer, client_id, client_secret, "
        "title, scope, trusted_email; for the name google, client_id and client_secret are enough. Register "
        "PUBLIC_URL/oidc/NAME/callback there",
        (),
        providers,
        secret=True,
    )
    places_database: str = setting(
        "PLACES_DATABASE",
        "file in MaxMind DB format that tells where IP addresses are, for the list of sessions",
        "",
        places_file,
    )
    metrics_networks: tuple[Network, ...] = setting(
        "METRICS_NETWORKS", "networks that may read the gateway's /metrics", networks("127.0.0.0/8 ::1/128"), networks
    )
    rate_limits: bool = setting("RATE_LIMITS", "off: no request is refused for coming too often", True, switch)
    rate_limit_values: Mapping[str, int] = setting(
        "RATE_LIMIT_VALUES", "requests a minute for classes, such as login=300 uploads=600", {}, numbers
    )
