"""One's own things: profile, signatures, settings."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import PASSWORD, Desk
from tests.browser.visitor import Visitor
from tests.console.people import log_in, register

pytestmark = [pytest.mark.suite, pytest.mark.timeout(180)]


def test_hana_changes_name_and_password_and_ends_another_session(desk: Desk, chromium: Browser) -> None:
    email = "hana@initech.example"
    with Visitor(chromium) as visitor, Visitor(chromium) as elsewhere:
        page = visitor.page
        register(page, desk, email)
        elsewhere.page.goto(f"{desk.url}/login")
        log_in(elsewhere.page, desk, email)
        expect(elsewhere.page.get_by_role("heading", name="To do")).to_be_visible()
        page.goto(f"{desk.url}/account/profile")
        page.get_by_role("button", name="Edit name").click()
        page.get_by_role("textbox", name="Name").fill("花 Hana")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("花 Hana").first).to_be_visible()
        page.get_by_role("button", name="End this session").click()
        expect(page.get_by_role("button", name="End this session")).to_have_count(0)
        page.get_by_role("button", name="Change password").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Present password").fill(PASSWORD)
        dialog.get_by_label("New password", exact=True).fill("Another-Horse-8-Battery")
        dialog.get_by_label("New password, again").fill("Another-Horse-8-Battery")
        visitor.expect_accessible()
        dialog.get_by_role("button", name="Change password").click()
        expect(page.get_by_text("Your password is changed.")).to_be_visible()


def test_signatures_are_typed_drawn_preferred_and_deleted(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = visitor.page
        register(page, desk, "ivan@initech.example")
        page.goto(f"{desk.url}/account/signatures")
        page.get_by_role("button", name="Add signature").click()
        page.get_by_label("Name as it should appear").fill("王小明")
        page.get_by_role("radio", name="Plain").click()
        visitor.expect_accessible()
        page.get_by_role("button", name="Save signature").click()
        expect(page.get_by_alt_text("Signature “王小明”")).to_be_visible()
        page.get_by_role("button", name="Add signature").click()
        page.get_by_role("tab", name="Draw").click()
        _draw(visitor)
        page.get_by_role("button", name="Save signature").click()
        expect(page.get_by_role("listitem").filter(has=page.get_by_role("img"))).to_have_count(2)
        visitor.expect_accessible()
        page.get_by_role("button", name="More for").last.click()
        page.get_by_role("menuitem", name="Delete").click()
        page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        expect(page.get_by_role("listitem").filter(has=page.get_by_role("img"))).to_have_count(1)


def _draw(visitor: Visitor) -> None:
    page = visitor.page
    pad = page.get_by_role("img", name="Draw your signature here")
    page.wait_for_load_state("networkidle")
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 100)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 40 + step * 20, box["y"] + 100 + (step % 2) * 40)
    page.mouse.up()


def test_settings_change_language_and_times_at_once(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = visitor.page
        register(page, desk, "jun@initech.example")
        page.goto(f"{desk.url}/account/settings")
        page.get_by_role("button", name="Edit preferences").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Language").select_option("zh-Hans")
        visitor.expect_accessible()
        dialog.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", name="本地设置")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="本地设置")).to_be_visible()
