"""People sign in a browser: on a phone, on a desktop, by keyboard alone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FileChooser, Playwright, expect

from signet.demo.flow import stamp_image
from tests.browser.desk import EVERY_KIND, Desk, Person, place
from tests.browser.drawing import draw, ink
from tests.browser.visitor import Visitor, agree, phone, tap
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(180)]

TODAY = datetime.now(UTC).date().isoformat()
NAMES = [
    "Signature, required, 1 of 5, done",
    "Stamp, required, 2 of 5, done",
    "Text, required, 3 of 5, Agreed · 同意, done",
    f"Date, required, 4 of 5, {TODAY}, done",
    "Tick box, required, 5 of 5, done",
]


def test_one_signature_on_a_phone_takes_five_taps(desk: Desk, chromium: Browser, playwright: Playwright) -> None:
    carol = Person()
    agreement = desk.send(carol)
    with Visitor(chromium, **phone(playwright)) as visitor:
        visitor.page.goto(desk.link(carol))  # the tap in the mail
        expect(visitor.page.locator(".consent")).to_be_visible()
        visitor.shot("phone-consent")
        visitor.expect_accessible()
        tap(visitor.page, "Agree and start")
        expect(visitor.page.locator(".card img").first).to_be_visible()
        visitor.shot("phone-adopt")
        visitor.expect_accessible()
        tap(visitor.page, "Adopt and sign")
        tap(visitor.page, "Finish")
        visitor.expect_accessible()
        tap(visitor.page, "Sign and finish")
        expect(visitor.page.get_by_role("link", name="Download the document")).to_be_visible(timeout=60_000)
        visitor.shot("phone-done")
        visitor.expect_accessible()
    assert desk.status(agreement) == "completed"


def test_every_kind_of_field_is_filled_by_keyboard_alone(desk: Desk, chromium: Browser, tmp_path: Path) -> None:
    stamp = tmp_path / "stamp.png"
    stamp.write_bytes(stamp_image("C"))
    carol = Person(fields=EVERY_KIND)
    desk.send(carol)
    with Visitor(chromium) as visitor:
        page = visitor.page
        chosen: list[FileChooser] = []
        page.on("filechooser", lambda one: chosen.append(one))
        page.goto(desk.link(carol))
        _press_until(page, "Agree and start")
        expect(page.get_by_role("dialog")).to_be_visible()
        assert _stays_inside(page), "the focus leaves the dialog"
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Signature, required, 1 of 5")).to_be_focused()
        page.keyboard.press("Enter")
        _press_until(page, "Adopt and sign")
        _press_until(page, "Next")  # leads to the stamp and opens it
        expect(page.get_by_role("dialog", name="Your stamp")).to_be_visible()
        while not page.evaluate("document.activeElement.type === 'file'"):
            page.keyboard.press("Tab")
        page.locator("input[type=file]").dispatch_event("cancel", {"bubbles": True})  # nothing is chosen at first
        expect(page.get_by_role("dialog", name="Your stamp")).to_be_visible()
        page.keyboard.press("Enter")
        eventually(lambda: page.evaluate("true") and chosen)
        chosen[0].set_files(stamp)
        _press_until(page, "Stamp")
        expect(page.locator("textarea.field")).to_be_focused()
        page.keyboard.type("Agreed · 同意")
        page.keyboard.press("Tab")
        expect(page.locator(".field.date")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".field.date.done")).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        expect(page.get_by_text("5 of 5")).to_be_visible()
        assert [_name(one) for one in page.locator(".field").all()] == NAMES
        visitor.shot("desktop-filled")
        visitor.expect_accessible()
        _press_until(page, "Finish")
        _press_until(page, "Sign and finish")
        expect(page.get_by_role("heading", name="Everybody has signed")).to_be_visible(timeout=60_000)


def test_what_was_filled_in_is_there_after_a_reload_and_one_signature_serves_all_fields(
    desk: Desk, chromium: Browser, playwright: Playwright
) -> None:
    fields = (place(), place(y=0.4), place(y=0.6), place("checkbox", y=0.8, required=False, label="Copy by post"))
    carol = Person(fields=fields)
    desk.send(carol)
    with Visitor(chromium, **phone(playwright)) as visitor:
        page = agree(visitor, desk.link(carol))
        expect(page.get_by_label("Use it in all 3 signature fields")).to_be_checked()
        tap(page, "Draw")
        draw(page)
        before = ink(page)
        page.set_viewport_size({"width": 800, "height": 412})
        page.wait_for_timeout(300)
        assert ink(page) > before / 4, "turning the phone loses the drawing"
        visitor.shot("phone-turned")
        tap(page, "Adopt and sign")
        expect(page.get_by_text("3 of 4")).to_be_visible()
        page.reload()
        expect(page.get_by_text("3 of 4")).to_be_visible()
        expect(page.locator("button.field.signature img")).to_have_count(3)
        tap(page, "Finish")
        tap(page, "Sign and finish")
        expect(page.get_by_role("heading", name="Everybody has signed")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize(
    ("language", "agree_word", "wrong"),
    [("zh-Hans", "同意并开始", "验证码不正确"), ("zh-Hant", "同意並開始", "驗證碼不正確")],
)
def test_an_access_code_comes_first_in_the_signers_language(
    desk: Desk, chromium: Browser, playwright: Playwright, language: str, agree_word: str, wrong: str
) -> None:
    mei = Person("陳美玲", language, more={"check": "access_code", "access_code": "Blue42"})
    desk.send(mei)
    with Visitor(chromium, **phone(playwright)) as visitor:
        page = visitor.page
        page.goto(desk.link(mei))
        assert page.locator("html").get_attribute("lang") == language
        visitor.expect_accessible()
        for code in ("Red1", "Blue42"):
            page.locator("#code").fill(code)
            page.locator("form.code button").tap()
            if code == "Red1":
                expect(page.get_by_role("alert")).to_contain_text(wrong)
        visitor.shot(f"phone-consent-{language}")
        tap(page, agree_word)
        expect(page.locator(".card img").first).to_be_visible()
        visitor.shot(f"phone-adopt-{language}")


def test_a_mailed_code_comes_with_a_visible_pause(desk: Desk, chromium: Browser) -> None:
    eve = Person("Eve Ho", more={"check": "email_code"})
    desk.send(eve)
    with Visitor(chromium) as visitor:
        page = visitor.page
        page.goto(desk.link(eve))
        page.get_by_role("button", name="Send code").click()
        expect(page.get_by_role("button", name="New code in")).to_be_disabled()
        visitor.shot("desktop-mailed-code")
        visitor.expect_accessible()
        page.locator("#code").fill(desk.code(eve))
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Agree and start")).to_be_visible()


def test_too_many_wrong_codes_lock_until_the_sender_sends_a_new_link(desk: Desk, chromium: Browser) -> None:
    dan = Person("Dan Ng", more={"check": "access_code", "access_code": "Blue42"})
    agreement = desk.send(dan)
    old = desk.link(dan)
    with Visitor(chromium) as visitor:
        page = visitor.page
        page.goto(old)
        for number in range(10):
            page.locator("#code").fill(f"Wrong{number}")
            with page.expect_response("**/checks/access-code"):
                page.keyboard.press("Enter")
            page.wait_for_timeout(50)
        expect(page.get_by_role("heading", name="Verification is locked")).to_be_visible()
        visitor.expect_accessible()
        found = desk.alice.get(f"/api/v1/agreements/{agreement}")
        desk.alice.post(f"/api/v1/agreements/{agreement}/recipients/{found['recipients'][0]['id']}/resend")
        new = eventually(lambda: (link := desk.link(dan)) != old and link)
        page.goto(old)
        expect(page.get_by_role("heading", name="This link no longer works")).to_be_visible()
        page.goto(new)
        expect(page.locator("#code")).to_be_visible()


def test_a_phone_draws_for_the_desktop_once(desk: Desk, chromium: Browser, playwright: Playwright) -> None:
    carol = Person()
    desk.send(carol)
    with Visitor(chromium) as desktop, Visitor(chromium, **phone(playwright)) as hand:
        page = agree(desktop, desk.link(carol))
        with page.expect_response("**/phone") as offered:
            page.get_by_role("button", name="Phone").click()
        expect(page.get_by_role("img", name="QR code")).to_be_visible()
        desktop.shot("desktop-qr")
        desktop.expect_accessible()
        address = offered.value.json()["url"]
        hand.page.goto(address)
        hand.expect_accessible()
        draw(hand.page)
        hand.shot("phone-draws")
        tap(hand.page, "Use this signature")
        expect(hand.page.get_by_role("heading", name="Done")).to_be_visible()
        expect(page.locator("button.field.signature.done img")).to_be_visible()
        hand.page.goto(address)
        expect(hand.page.get_by_role("heading", name="This code does not work")).to_be_visible()


def test_a_signer_lets_somebody_else_sign_where_the_sender_allows_it(
    desk: Desk, chromium: Browser, playwright: Playwright
) -> None:
    carol = Person()
    desk.send(carol, allow_reassign=True)
    with Visitor(chromium, **phone(playwright)) as visitor:
        page = visitor.page
        page.goto(desk.link(carol))
        tap(page, "More")
        visitor.shot("phone-more")
        tap(page, "Assign to someone else")
        page.get_by_label("Name").fill("Gil Tan")
        page.get_by_label("E-mail address").fill("gil@globex.example")
        visitor.expect_accessible()
        tap(page, "Assign")
        expect(page.get_by_role("heading", name="You have handed over")).to_be_visible()
        page.goto(desk.link(Person(email="gil@globex.example")))
        expect(page.get_by_role("button", name="Agree and start")).to_be_visible()


def _name(field) -> str:
    """What a screen reader says of a field."""
    return str(field.evaluate("one => one.ariaLabel ?? one.querySelector('input').ariaLabel"))


def _stays_inside(page) -> bool:
    """Whether the focus is still in the dialog, or at the browser's own bar, wherever one goes with Tab."""
    inside = "['BODY', 'HTML'].includes(document.activeElement.tagName) || !!document.activeElement.closest('dialog')"
    for key in ("Tab",) * 12 + ("Shift+Tab",) * 12:
        page.keyboard.press(key)
        if not page.evaluate(inside):
            return False
    return True


def _press_until(page, name: str) -> None:
    """Tab to a button and press it."""
    target = page.get_by_role("button", name=name, exact=True)
    expect(target).to_be_enabled()
    for _ in range(60):
        if target.evaluate("one => one === document.activeElement"):
            return page.keyboard.press("Enter")
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by keyboard")
