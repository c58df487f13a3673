"""One's own things: the menu of the avatar, profile, signatures, settings, workspaces."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.desk import PASSWORD, Desk, cookies
from tests.browser.visitor import DESKTOP, Visitor, phone
from tests.console.people import fill_mailed_code, log_in, register
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(180)]
NEW_PASSWORD = "Another-Horse-8-Battery"
PLACE_KNOWN = {"extra_http_headers": {"X-Forwarded-For": "203.0.113.9"}}


def _picture(kind: str, name: str) -> Any:
    """A white sheet with a thick dark stroke, as a file to upload."""
    image = Image.new("RGB", (300, 120), "white")
    ImageDraw.Draw(image).line([(40, 90), (120, 30), (180, 90), (260, 30)], fill=(20, 20, 60), width=9)
    out = io.BytesIO()
    image.save(out, kind)
    return {"name": name, "mimeType": f"image/{kind.lower()}", "buffer": out.getvalue()}


def test_hana_changes_her_profile_and_ends_other_sessions(desk: Desk, chromium: Browser) -> None:
    email, other = "hana@initech.example", "hana.sato@initech.example"
    with Visitor(chromium) as visitor, Visitor(chromium, **DESKTOP, **PLACE_KNOWN) as elsewhere:
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
        _changes_her_picture(page)
        session = page.get_by_role("listitem").filter(has_text="Singapore, Singapore · 203.0.113.9")
        expect(session).to_contain_text("Chrome · Linux")
        session.get_by_role("button", name="End this session").click()
        expect(page.get_by_role("button", name="End this session")).to_have_count(0)
        eventually(lambda: _is_out(elsewhere.page, desk))
        log_in(elsewhere.page, desk, email)
        expect(elsewhere.page.get_by_role("heading", name="All", exact=True)).to_be_visible()
        _changes_her_password(visitor)
        eventually(lambda: _is_out(elsewhere.page, desk))
        log_in(elsewhere.page, desk, email, NEW_PASSWORD)
        expect(elsewhere.page.get_by_role("heading", name="All", exact=True)).to_be_visible()
        _changes_her_address(visitor, desk, other)
        page.reload()
        page.get_by_role("button", name="End all others").click()
        expect(page.get_by_role("button", name="End this session")).to_have_count(0)
        eventually(lambda: _is_out(elsewhere.page, desk))
        log_in(elsewhere.page, desk, other, NEW_PASSWORD)
        expect(elsewhere.page.get_by_role("heading", name="All", exact=True)).to_be_visible()
        visitor.expect_accessible()


def _is_out(page: Page, desk: Desk) -> bool:
    page.goto(f"{desk.url}/agreements")
    page.get_by_role("heading", level=1).wait_for()
    return "/login" in page.url


def _changes_her_picture(page: Page) -> None:
    faces = page.locator(".face img")
    page.get_by_label("Upload picture").last.set_input_files(_picture("JPEG", "hana.jpg"))
    expect(faces).to_have_count(2)
    eventually(lambda: faces.first.evaluate("image => image.naturalWidth") == 256)
    page.get_by_label("Upload picture").last.set_input_files([{**_picture("PNG", "no.png"), "buffer": b"no picture"}])
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name="Remove picture").click()
    expect(faces).to_have_count(0)


def _changes_her_password(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Change password").click()
    dialog = visitor.page.get_by_role("dialog")
    dialog.get_by_label("Present password").fill(PASSWORD)
    dialog.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    dialog.get_by_label("New password, again").fill(NEW_PASSWORD)
    visitor.expect_accessible()
    dialog.get_by_role("button", name="Change password").click()
    expect(visitor.page.get_by_text("Your password is changed.")).to_be_visible()


def _changes_her_address(visitor: Visitor, desk: Desk, email: str) -> None:
    visitor.page.get_by_role("button", name="Change e-mail").click()
    dialog = visitor.page.get_by_role("dialog")
    dialog.get_by_label("Your password").fill(NEW_PASSWORD)
    dialog.get_by_role("button", name="Next").click()
    dialog.get_by_label("New e-mail address").fill(email)
    fill_mailed_code(visitor.page, desk, email)
    visitor.expect_accessible()
    dialog.get_by_role("button", name="Change e-mail").click()
    expect(dialog).to_have_count(0)
    expect(visitor.page.get_by_text(email, exact=True)).to_be_visible()


def test_the_menu_of_the_avatar_opens_by_mouse_key_and_touch(
    desk: Desk, chromium: Browser, playwright: Playwright
) -> None:
    session = cookies(desk.alice, desk.url)
    with Visitor(chromium) as visitor, Visitor(chromium, **phone(playwright)) as mobile:
        for one in (visitor, mobile):
            one.context.add_cookies(session)  # type: ignore[arg-type]
            one.page.goto(f"{desk.url}/agreements")
        page, menu = visitor.page, visitor.page.get_by_role("menu")
        button = page.get_by_role("button", name="Account: alice@acme.example")
        button.hover()
        expect(menu).to_contain_text("Alice Tan")
        page.mouse.move(300, 500)
        expect(menu).to_have_count(0)
        button.click()
        page.mouse.move(300, 500)
        expect(menu).to_be_visible()
        page.mouse.click(300, 500)
        expect(menu).to_have_count(0)
        button.focus()
        for key, focused in (
            ("Enter", "Profile"),
            ("ArrowDown", "Workspace"),
            ("End", "Log out"),
            ("ArrowDown", "Profile"),
        ):
            page.keyboard.press(key)
            expect(page.get_by_role("menuitem", name=focused)).to_be_focused()
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("menuitem", name="Profile")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{desk.url}/account/profile")
        mobile.page.get_by_role("button", name="Account: alice@acme.example").tap()
        mobile.expect_accessible()
        mobile.page.get_by_role("menuitem", name="Profile").tap()
        expect(mobile.page.get_by_role("heading", name="Security")).to_be_visible()
        mobile.shot("profile-phone")


def test_signatures_are_typed_drawn_uploaded_preferred_and_deleted(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = visitor.page
        register(page, desk, "ivan@initech.example")
        page.goto(f"{desk.url}/account/signatures")
        for name, style in (("王小明", "Plain"), ("Ivan Petrov", "Elegant hand")):
            page.get_by_role("button", name="Add signature").click()
            page.get_by_label("Name as it should appear").fill(name)
            page.get_by_role("radio", name=style).click()
            visitor.expect_accessible()
            page.get_by_role("button", name="Save signature").click()
            _expect_ink_on_nothing(page, name)
        page.get_by_role("button", name="Add signature").click()
        page.get_by_role("tab", name="Draw").click()
        _draw(page)
        page.get_by_role("button", name="Save signature").click()
        _expect_ink_on_nothing(page, "Ivan")
        page.get_by_role("button", name="Add signature").click()
        page.get_by_role("tab", name="Upload").click()
        page.get_by_label("Picture of your signature").last.set_input_files(_picture("JPEG", "signed.jpg"))
        expect(page.get_by_text("signed.jpg")).to_be_visible()
        visitor.expect_accessible()
        page.get_by_role("button", name="Save signature").click()
        cards = page.get_by_role("listitem").filter(has=page.get_by_role("img"))
        expect(cards).to_have_count(4)
        _expect_ink_on_nothing(page, "Ivan")
        visitor.expect_accessible()
        visitor.shot("signatures")
        _changes_and_deletes(page)
        expect(cards).to_have_count(3)


def _changes_and_deletes(page: Page) -> None:
    def card(name: str) -> Any:
        return page.get_by_role("listitem").filter(has=page.get_by_alt_text(f"Signature “{name}”"))

    expect(card("王小明").get_by_text("Default")).to_be_visible()
    page.get_by_role("button", name="More for “Ivan Petrov”").click()
    page.get_by_role("menuitem", name="Set as default").click()
    expect(card("Ivan Petrov").get_by_text("Default")).to_be_visible()
    expect(card("王小明").get_by_text("Default")).to_have_count(0)
    page.get_by_role("button", name="More for “Ivan Petrov”").click()
    page.get_by_role("menuitem", name="Edit").click()
    page.get_by_label("Name as it should appear").fill("I. Petrov")
    page.get_by_role("radio", name="Quick hand").click()
    page.get_by_role("button", name="Save signature").click()
    _expect_ink_on_nothing(page, "I. Petrov")
    page.get_by_role("button", name="More for “王小明”").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(card("王小明")).to_have_count(0)


def _expect_ink_on_nothing(page: Page, name: str) -> None:
    """The newest signature of this name has ink, and where it has none the paper shows through."""
    seen = page.get_by_alt_text(f"Signature “{name}”").last
    expect(seen).to_be_visible()
    clear, inked = seen.evaluate(
        """async (image) => {
          await image.decode();
          const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
          const pen = canvas.getContext("2d");
          pen.drawImage(image, 0, 0);
          const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
          let clear = 0, inked = 0;
          for (let at = 3; at < data.length; at += 4) data[at] === 0 ? clear++ : data[at] > 200 && inked++;
          return [clear, inked];
        }"""
    )
    assert clear > inked > 100, (clear, inked)


def _draw(page: Page) -> None:
    pad = page.get_by_role("img", name="Draw your signature here")
    page.wait_for_load_state("networkidle")
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 100)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 40 + step * 20, box["y"] + 100 + (step % 2) * 40)
    page.mouse.up()


def test_settings_change_language_times_and_default_workspace_at_once(desk: Desk, chromium: Browser) -> None:
    jun = desk.colleague("Jun Wei", "jun@initech.example")
    jun.post("/api/v1/workspaces", {"name": "Second office", "region": "HK"})
    eventually(lambda: len(jun.get("/api/v1/session")["workspaces"]) == 2)
    with Visitor(chromium) as visitor:
        visitor.context.add_cookies(cookies(jun, desk.url))  # type: ignore[arg-type]
        page = visitor.page
        page.goto(f"{desk.url}/account/settings")
        page.get_by_role("combobox", name="Default workspace").select_option(label=_labelled(page, "Second office"))
        expect(page.get_by_text("Saved", exact=True)).to_be_visible()
        page.get_by_role("button", name="Edit preferences").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Language").select_option("zh-Hans")
        dialog.get_by_label("Date and time").select_option("DD/MM/YYYY HH:mm")
        dialog.get_by_label("Time zone").fill("Asia/Tokyo")
        page.get_by_role("option", name="Asia/Tokyo").click()
        visitor.expect_accessible()
        dialog.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", name="本地设置")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="本地设置")).to_be_visible()
        expect(page.get_by_role("definition").filter(has_text="Asia/Tokyo")).to_be_visible()
        assert (
            page.get_by_role("combobox", name="默认工作空间")
            .evaluate("one => one.selectedOptions[0].label")
            .startswith("Second office")
        )
        visitor.expect_accessible()


def _labelled(page: Page, start: str) -> str:
    options = page.get_by_role("combobox", name="Default workspace").locator("option")
    expect(options).to_have_count(2)
    return next(label for label in options.all_inner_texts() if label.startswith(start))


def test_another_workspace_has_its_own_lists_at_once(desk: Desk, chromium: Browser) -> None:
    kim = desk.colleague("Kim Lee", "kim@initech.example")
    kim.post("/api/v1/agreements", {"title": "Of the first office"})
    kim.post("/api/v1/workspaces", {"name": "Second office", "region": "HK"})
    eventually(lambda: len(kim.get("/api/v1/session")["workspaces"]) == 2)
    with Visitor(chromium) as visitor:
        visitor.context.add_cookies(cookies(kim, desk.url))  # type: ignore[arg-type]
        page = visitor.page
        page.goto(f"{desk.url}/agreements")
        expect(page.get_by_role("link", name="Of the first office")).to_be_visible()
        page.get_by_role("button", name="Account: ").click()
        page.get_by_role("menuitem", name="Workspace").click()
        visitor.expect_accessible()
        expect(page.get_by_role("menu")).to_have_count(0)
        visitor.shot("workspaces")
        page.get_by_role("dialog").get_by_role("button", name="Second office").click()
        expect(page.get_by_role("link", name="Of the first office")).to_have_count(0)
        expect(page.get_by_role("navigation", name="Categories").get_by_role("link", name="All")).to_contain_text("0")
        page.goto(f"{desk.url}/account/profile")
        expect(page.get_by_role("definition").filter(has_text="Second office")).to_be_visible()
        page.get_by_role("button", name="Change workspace").click()
        page.get_by_role("dialog").get_by_role("button", name="Kim Lee").click()
        page.get_by_role("link", name="Agreements").click()
        expect(page.get_by_role("link", name="Of the first office")).to_be_visible()
