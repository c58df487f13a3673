"""Whatever comes between: no connection, a crash, a restart of the suite, a second tab, a sender who withdraws."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.desk import Desk, Person, place
from tests.browser.drawing import draw, ink
from tests.browser.visitor import Visitor, agree
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(240)]

FIELDS = (place(), place("text", y=0.3), place("checkbox", y=0.4), place("date", y=0.5))


def test_nothing_is_lost_offline_after_a_crash_and_while_the_suite_restarts(desk: Desk, chromium: Browser) -> None:
    carol = Person(fields=FIELDS)
    desk.send(carol)
    address = desk.link(carol)
    with Visitor(chromium) as visitor:
        page = agree(visitor, address)
        page.get_by_role("button", name="Draw").click()
        draw(page)
        visitor.context.set_offline(True)
        page.get_by_role("button", name="Adopt and sign").click()
        expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("No connection")
        visitor.shot("desktop-offline")
        visitor.expect_accessible()
        assert ink(page) > 0
        page = crash(visitor, address)
        page.get_by_role("button", name=re.compile("^Signature, required")).click()
        expect(page.get_by_role("button", name="Draw")).to_have_attribute("aria-pressed", "true")
        eventually(lambda: ink(page) > 0)
        page.get_by_role("button", name="Adopt and sign").click()
        expect(page.get_by_text("1 of 4 · saved")).to_be_visible()
        visitor.context.set_offline(True)
        expect(page.locator(".notice")).to_contain_text("What you have entered is kept")
        page.locator("textarea.field").fill("Agreed · 同意")
        expect(page.get_by_text("· not saved")).to_be_visible()
        page = crash(visitor, address)
        expect(page.locator("textarea.field")).to_have_value("Agreed · 同意")
        expect(page.get_by_text("2 of 4 · saved")).to_be_visible()
        desk.suite.kill()
        page.get_by_role("checkbox").press("Space")
        expect(page.get_by_text("· saving")).to_be_visible()
        desk.suite.start()
        expect(page.get_by_text("3 of 4 · saved")).to_be_visible(timeout=60_000)
        in_two_tabs(visitor, page, address)


def crash(visitor: Visitor, address: str) -> Page:
    """The tab dies; the link is opened again, with a connection."""
    with pytest.raises(Error):
        visitor.page.goto("chrome://crash")
    visitor.page.close()
    visitor.context.set_offline(False)
    page = visitor.reopen()
    page.goto(address)
    return page


def in_two_tabs(visitor: Visitor, page: Page, address: str) -> None:
    """The second tab finishes; the first one finds out when it is used."""
    second = visitor.reopen()
    second.goto(address)
    second.locator(".field.date").click()
    expect(second.get_by_text("4 of 4")).to_be_visible()
    page.locator("textarea.field").fill("Agreed")
    expect(page.get_by_text("4 of 4 · saved")).to_be_visible()
    second.get_by_role("button", name="Finish").click()
    second.get_by_role("button", name="Sign and finish").click()
    expect(second.get_by_role("heading", name="signed")).to_be_visible()
    assert not second.evaluate("Object.keys(localStorage).filter(one => one.startsWith('signet '))")
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="Sign and finish").click()
    expect(page.get_by_role("heading", name="signed")).to_be_focused()


def test_who_is_signing_is_told_when_the_sender_withdraws(desk: Desk, chromium: Browser) -> None:
    carol = Person()
    agreement = desk.send(carol)
    with Visitor(chromium) as visitor:
        page = agree(visitor, desk.link(carol))
        expect(page.locator(".card img").first).to_be_visible()
        desk.alice.post(f"/api/v1/agreements/{agreement}/void", {"reason": "Wrong price"})
        eventually(lambda: desk.status(agreement) == "voided")
        page.get_by_role("button", name="Adopt and sign").click()
        expect(page.get_by_role("heading", name="This agreement was withdrawn")).to_be_focused()
        expect(page.locator("main")).to_contain_text("Wrong price")
        expect(page.get_by_role("dialog")).to_have_count(0)
