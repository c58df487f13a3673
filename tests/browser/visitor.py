"""Somebody at a browser whose every complaint is kept: errors, violations of the CSP, axe's findings."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.browser.desk import Desk

AXE = Path("gateway/console/node_modules/axe-core/axe.min.js")
RUN = 'async () => (await axe.run({ resultTypes: ["violations"] })).violations'
SHOTS = Path("build/screenshots")
DESKTOP = {"viewport": {"width": 1280, "height": 800}}


@functools.cache
def _axe() -> str:
    return AXE.read_text()


class Visitor:
    """A page of one's own context; leaving it asserts that nothing was complained of."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(**(options or DESKTOP))
        self.complaints: list[str] = []
        self.page: Page = self.reopen()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            SHOTS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SHOTS / "failed.png")
        self.context.close()
        if kind is None and self.complaints:
            raise AssertionError(self.complaints)

    def reopen(self) -> Page:
        """A new tab of the same browser."""
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error {error}"))
        self.page.on("console", self._heard)
        return self.page

    def shot(self, name: str) -> None:
        """Keep a picture of what is shown."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")

    def expect_accessible(self) -> None:
        """axe finds nothing; its script comes in beside the page's own policy."""
        if found := self.violations():
            raise AssertionError(found)

    def violations(self) -> list[str]:
        """What axe finds."""
        self.page.wait_for_timeout(250)
        if not self.page.evaluate("() => Boolean(window.axe)"):
            self.page.evaluate(f"() => {{ {_axe()} }}")
        found = self.page.evaluate(RUN)
        return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]

    def _heard(self, message: Any) -> None:
        expected = "Failed to load resource" in message.text
        if message.type == "error" and not expected:
            self.complaints.append(f"{message.type} {message.text}")


def phone(playwright: Playwright, **more: Any) -> dict[str, Any]:
    """An emulated phone."""
    return {**playwright.devices["Pixel 7"], **more}


def tap(page: Page, name: str, exact: bool = True) -> None:
    """Tap a button by its name."""
    page.get_by_role("button", name=name, exact=exact).tap()


def agree(visitor: Visitor, address: str) -> Page:
    """Open the link and accept electronic signatures."""
    visitor.page.goto(address)
    visitor.page.get_by_role("button", name="Agree and start").click()
    return visitor.page


__all__ = ["DESKTOP", "Desk", "Visitor", "agree", "phone", "tap"]
