"""Where a request comes from."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from flask import request

from gateway.settings import Network


def client_address(trusted: Sequence[Network]) -> str:
    """The peer's address; behind trusted proxies, the right-most address in X-Forwarded-For that is not one of them."""
    address = _plain(request.remote_addr or "")
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    while hops and inside(address, trusted):
        nearer = _plain(hops.pop().strip())
        if not _valid(nearer):
            break
        address = nearer
    return address if _valid(address) else ""


def inside(address: str, networks: Sequence[Network]) -> bool:
    """Whether an address lies in one of the networks."""
    return _valid(address) and any(ip_address(_plain(address)) in network for network in networks)


def limited_as(address: str) -> str:
    """Whose requests are counted together: an IPv4 address, or the /64 that one IPv6 customer has."""
    return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address


def _plain(text: str) -> str:
    """An address as it is counted and kept; IPv4 as IPv4 where a socket of both kinds tells it (RFC 4291 §2.5.5.2)."""
    if not _valid(text):
        return text
    address: IPv4Address | IPv6Address = ip_address(text)
    return str((address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address)


def _valid(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
