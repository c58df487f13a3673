"""A browser, a suite that people may also log in to by an issuer, and Alice's desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from tests.browser.conftest import chromium, desk, playwright
from tests.gateway.issuer import Issuer
from tests.processes import scratch
from tests.suite.harness import Embedded

__all__ = ["chromium", "desk", "issuer", "playwright", "suite"]


@pytest.fixture(scope="session")
def issuer() -> Iterator[Issuer]:
    with Issuer() as running:
        yield running


@pytest.fixture(scope="session")
def suite(issuer: Issuer) -> Iterator[Embedded]:
    settings = {"PLACES_DATABASE": _places(), "TRUSTED_PROXIES": "127.0.0.0/8"}
    with Embedded(OIDC_PROVIDERS=issuer.settings(), **settings) as running:
        yield running


def _places() -> str:
    """A database of places that knows one network."""
    writer = MMDBWriter(ip_version=6, database_type="Places", languages=["en"], ipv4_compatible=True)
    city = {"names": {"en": "Singapore"}}
    writer.insert_network(IPSet(["203.0.113.0/24"]), {"city": city, "country": {"iso_code": "SG"}})
    path = str(scratch("places") / "places.mmdb")
    writer.to_db_file(path)
    return path
