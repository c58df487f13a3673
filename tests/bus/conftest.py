"""Every adapter of the bus, by turns; fresh for each test."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from chassis.bus import connect_bus
from tests.bus.kit import Suite


@pytest.fixture(params=["rabbit", "memory", "filesystem"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    match request.param:
        case "rabbit":
            return str(request.getfixturevalue("rabbit").url) + "?heartbeat=2&retry=0.2&settle=0"
        case "memory":
            return f"memory://{uuid.uuid4().hex}"
        case _:
            return f"filesystem://{tmp_path}/bus"


@pytest.fixture
def suite(url: str) -> Suite:
    return Suite(connect_bus(url))
