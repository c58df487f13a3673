"""Servers that tests ask for by name; each is started once per run, and only when a test wants it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers import S3, Postgres, Rabbit, Smtp


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def rabbit() -> Iterator[Rabbit]:
    with Rabbit() as server:
        yield server


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    with S3() as server:
        yield server


@pytest.fixture(scope="session")
def smtp() -> Iterator[Smtp]:
    with Smtp() as server:
        yield server
