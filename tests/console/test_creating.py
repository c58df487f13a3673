"""Making an agreement: by keyboard alone, with people one knows, through crashes, and what is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect

from tests.browser.desk import Desk, Person
from tests.browser.visitor import Visitor
from tests.console.people import PDF, as_alice, fill_signer, id_of, saved, send, upload
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(240)]
ANNEX = {**PDF, "name": "annex.pdf"}
POINTED = """for (const name of ["pointerdown", "mousedown", "touchstart"])
  addEventListener(name, () => sessionStorage.setItem("pointed", name), true);"""


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the target has the focus."""
    expect(target).to_be_visible()
    for _ in range(90):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"no way by keyboard to {target}")


def press(page: Page, name: str, key: str = "Tab") -> None:
    tab_to(page, page.get_by_role("button", name=name, exact=True), key)
    page.keyboard.press("Enter")


def test_the_whole_of_create_by_keyboard_alone(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.add_init_script(POINTED)
        page.goto(desk.url)
        upload(page, PDF, ANNEX)
        press(page, "Move annex.pdf up")
        expect(page.get_by_role("button", name="Preview").first).to_have_accessible_name("Preview annex.pdf")
        tab_to(page, page.get_by_role("switch", name="Signing order"))
        page.keyboard.press("Space")
        tab_to(page, page.get_by_role("group", name="Signer 1").get_by_label("Name"))
        page.keyboard.type("Bob Lim")
        page.keyboard.press("Tab")
        page.keyboard.type("bob-keys@globex.example")
        press(page, "Add signer")
        page.keyboard.type("Dan Ng")
        page.keyboard.press("Tab")
        page.keyboard.type("dan-keys@globex.example")
        saved(page)
        press(page, "Next: fields")
        press(page, "Signature")
        field = page.locator(".ed-field")
        expect(field).to_be_focused()
        before = field.bounding_box()
        for key in ("Alt+ArrowDown", "Alt+ArrowRight", "Alt+Shift+ArrowRight", "Alt+Shift+ArrowDown"):
            page.keyboard.press(key)
        after = field.bounding_box()
        assert before and after
        assert all(after[side] > before[side] for side in ("x", "y", "width", "height"))
        page.keyboard.press("Control+d")
        expect(field).to_have_count(2)
        tab_to(page, page.get_by_label("Signer", exact=True))
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("button", name="Signature, Dan Ng, required")).to_have_count(1)
        tab_to(page, page.get_by_role("button", name="Signature, Dan Ng, required"), "Shift+Tab")
        page.keyboard.press("Delete")
        expect(field).to_have_count(1)
        page.keyboard.press("Control+z")
        expect(field).to_have_count(2)
        press(page, "Send", "Shift+Tab")
        expect(page.get_by_role("dialog").get_by_role("button", name="Send")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Your agreement is on its way")).to_be_visible()
        expect(page.get_by_text("request mailed")).to_be_visible(timeout=20_000)
        expect(page.get_by_text("waits for their turn")).to_be_visible()
        visitor.expect_accessible()
        assert page.evaluate("() => sessionStorage.getItem('pointed')") is None


def test_people_one_knows_are_offered_and_files_are_dragged_into_order(desk: Desk, chromium: Browser) -> None:
    desk.send(Person("Zoë Wang", email="zoe@umbrella.example"), Person("Zack Ho", email="zack@umbrella.example"))
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(desk.url)
        upload(page, PDF, ANNEX)
        row = page.get_by_role("group", name="Signer 1")
        row.get_by_label("Name").press_sequentially("zo")
        expect(page.get_by_role("option", name="Zoë Wang")).to_be_visible()
        visitor.expect_accessible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(row.get_by_label("Name")).to_have_value("Zoë Wang")
        expect(row.get_by_label("E-mail")).to_have_value("zoe@umbrella.example")
        page.get_by_role("button", name="From contacts").click()
        dialog = page.get_by_role("dialog", name="Add from contacts")
        dialog.get_by_label("Search by name or e-mail").fill("umbrella")
        expect(dialog.get_by_role("checkbox")).to_have_count(2)
        expect(dialog.get_by_role("checkbox", name="Zoë Wang")).to_be_disabled()
        dialog.get_by_role("checkbox", name="Zack Ho").check()
        visitor.expect_accessible()
        dialog.get_by_role("button", name="Add 1 signer").click()
        expect(page.get_by_role("group", name="Signer 2").get_by_label("Name")).to_have_value("Zack Ho")
        page.get_by_role("button", name="Paste several").click()
        page.get_by_role("dialog").get_by_role("textbox").fill("Zoë <ZOE@umbrella.example>\n王小明，ming@a.example")
        expect(page.get_by_text("1 line names somebody who is in the list already.")).to_be_visible()
        page.get_by_role("button", name="Add 1 signer").click()
        _drag_down(page)
        expect(page.get_by_role("button", name="Preview").first).to_have_accessible_name("Preview annex.pdf")
        saved(page)
        page.reload()
        expect(page.get_by_role("button", name="Preview").first).to_have_accessible_name("Preview annex.pdf")
        expect(page.get_by_role("group", name="Signer 3").get_by_label("Name")).to_have_value("王小明")
        page.get_by_role("button", name="Next: fields").click()
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("Still without one: Zoë Wang, Zack Ho, 王小明")


def _drag_down(page: Page) -> None:
    """Drag the first file below the second."""
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator(".grip").first.scroll_into_view_if_needed()
    grip, last = page.locator(".grip").first.bounding_box(), page.locator(".file").nth(1).bounding_box()
    assert grip and last
    page.mouse.move(grip["x"] + 5, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(last["x"] + 5, last["y"] + last["height"] * 0.6, steps=5)
    page.mouse.up()


def test_a_crash_of_the_page_loses_nothing(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(desk.url)
        upload(page, PDF)
        fill_signer(page, 1, "Bob Lim", "bob-crash@globex.")
        page.get_by_label("Message").fill("Before the crash.")
        page = _crashed(visitor)
        row = page.get_by_role("group", name="Signer 1")
        expect(row.get_by_label("E-mail")).to_have_value("bob-crash@globex.")
        expect(page.get_by_label("Message")).to_have_value("Before the crash.")
        row.get_by_label("E-mail").fill("bob-crash@globex.example")
        page.get_by_role("button", name="Next: fields").click()
        agreement = id_of(page)
        page.route("**/fields", lambda route: route.abort() if route.request.method == "PUT" else route.continue_())
        page.get_by_role("button", name="Signature", exact=True).press("Enter")
        expect(page.get_by_text("Not saved; trying again")).to_be_visible()
        page = _crashed(visitor)
        expect(page.locator(".ed-field")).to_have_count(1)
        eventually(lambda: len(desk.alice.get(f"/api/v1/agreements/{agreement}")["fields"]) == 1)
        send(page)


def _crashed(visitor: Visitor) -> Page:
    """The same address in a new page, after the old one's process died."""
    address = visitor.page.url
    with visitor.page.expect_event("crash"), suppress(Error):
        visitor.page.goto("chrome://crash")
    visitor.page = visitor.context.new_page()
    visitor.page.goto(address)
    return visitor.page
