from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gateway.issuer import Issuer
from tests.gateway.people import Gateway
from tests.gateway.world import World


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    return Gateway(tmp_path)


@pytest.fixture(scope="module")
def shared_issuer() -> Iterator[Issuer]:
    with Issuer() as issuer:
        yield issuer


@pytest.fixture
def issuer(shared_issuer: Issuer) -> Issuer:
    """The issuer, behaving well."""
    fresh = {"sub": "carol-1", "email": "carol@example.com", "email_verified": True, "name": "Carol Goh"}
    shared_issuer.person, shared_issuer.spoil, shared_issuer.away = fresh, dict, False
    shared_issuer.sign = shared_issuer.signed
    return shared_issuer


@pytest.fixture
def world(tmp_path: Path, issuer: Issuer) -> Iterator[World]:
    """Gateway and identity, where people may also log in by the issuer."""
    world = World(tmp_path, OIDC_PROVIDERS=issuer.settings())
    yield world
    world.close()
