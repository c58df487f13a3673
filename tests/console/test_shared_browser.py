"""A browser that several people use: what one leaves unsaved is not there for the next."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import Desk
from tests.browser.visitor import Visitor
from tests.console.people import PDF, as_alice, register, upload
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(180)]


def test_a_browser_two_people_share_keeps_nothing_of_the_first(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        _leaves_a_draft_unsaved(page, desk)
        visitor.context.clear_cookies()
        register(page, desk, "ivy@initech.example")
        assert _kept(page) == ["signet-account"]
        _leaves_a_draft_unsaved(page, desk)
        other = visitor.reopen()
        other.goto(f"{desk.url}/agreements")
        other.get_by_role("button", name="Account: ivy@initech.example").click()
        other.get_by_role("menuitem", name="Log out").click()
        expect(other.get_by_role("heading", name="Log in to Signet")).to_be_visible()
        expect(page.get_by_role("heading", name="Log in to Signet")).to_be_visible()
        assert _kept(other) == []


def _leaves_a_draft_unsaved(page: Page, desk: Desk) -> None:
    page.goto(desk.url)
    upload(page, PDF)
    page.get_by_label("Title").fill("")
    page.get_by_label("Message").fill("For your eyes only.")
    eventually(lambda: any("settings" in name for name in _kept(page)))


def _kept(page: Page) -> list[str]:
    kept: list[str] = page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('signet'))")
    return sorted(kept)
