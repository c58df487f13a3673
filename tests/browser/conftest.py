"""A browser, a running suite and people at both, started when a test asks for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser.desk import Desk
from tests.suite.harness import Embedded


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright, and with it an event loop that nothing else may run beside, for one file of stories at a time."""
    expect.set_options(timeout=15_000)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def suite() -> Iterator[Embedded]:
    with Embedded() as running:
        yield running


@pytest.fixture(scope="session")
def desk(suite: Embedded) -> Desk:
    """Alice at her desk: what she sends."""
    return Desk(suite)
