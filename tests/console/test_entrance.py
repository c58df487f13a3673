"""People come in: they register, log in, forget their password, choose their language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import PASSWORD, Desk
from tests.browser.visitor import Visitor
from tests.console.people import fill_mailed_code, log_in, register
from tests.console.test_budgets import BUDGET
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(180)]


WEIGHT = """() => performance.getEntriesByType("resource").filter((one) => one.name.includes("/static/"))
  .reduce((sum, one) => sum + one.encodedBodySize, 0)"""


def test_erin_registers_logs_out_and_logs_in(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = visitor.page
        page.goto(f"{desk.url}/login")
        page.get_by_role("heading", name="Log in to Signet").wait_for()
        assert 100_000 < page.evaluate(WEIGHT) <= BUDGET
        register(page, desk, "erin@initech.example")
        visitor.expect_accessible()
        page.get_by_role("button", name="Account: erin@initech.example").hover()
        expect(page.locator("[role=menu]")).to_contain_text("erin@initech.example")
        visitor.expect_accessible()
        page.get_by_role("menuitem", name="Log out").click()
        expect(page).to_have_url(f"{desk.url}/login")
        page.goto(f"{desk.url}/agreements?category=sent")
        expect(page).to_have_url(f"{desk.url}/login?next=%2Fagreements%3Fcategory%3Dsent")
        log_in(page, desk, "erin@initech.example", "wrong")
        expect(page.get_by_role("alert")).to_be_visible()
        log_in(page, desk, "erin@initech.example")
        expect(page).to_have_url(f"{desk.url}/agreements?category=sent")
        with chromium.new_context() as fresh:
            fresh.add_cookies(visitor.context.cookies())  # type: ignore[arg-type]
            first = fresh.new_page()
            first.goto(desk.url)
            first.get_by_role("heading", name="To do").wait_for()
            assert 100_000 < first.evaluate(WEIGHT) <= BUDGET


def test_the_code_can_be_asked_for_once_the_address_is_one_and_again_after_a_while(
    desk: Desk, chromium: Browser
) -> None:
    with Visitor(chromium) as visitor:
        page = visitor.page
        page.goto(f"{desk.url}/register")
        page.get_by_label("E-mail").fill("frank")
        expect(page.get_by_label("Verification code")).to_be_disabled()
        expect(page.get_by_role("button", name="Send code")).to_be_disabled()
        page.get_by_label("E-mail").fill("frank@initech.example")
        page.get_by_role("button", name="Send code").click()
        expect(page.get_by_role("button", name="Send again in")).to_be_disabled()
        expect(page.get_by_text("is on its way to frank@initech.example")).to_be_visible()


def test_password_rules_are_checked_while_typing(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = visitor.page
        page.goto(f"{desk.url}/register")
        page.get_by_label("Password", exact=True).fill("short")
        expect(page.locator("#password-rules [data-met=true]")).to_have_count(1)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        expect(page.locator("#password-rules [data-met=true]")).to_have_count(3)
        page.get_by_role("button", name="Password rules").click()
        expect(page.get_by_text("not a well-known password")).to_be_visible()
        page.get_by_role("button", name="Create account").click()
        expect(page.get_by_text("Please agree to the three texts.")).to_be_visible()
        visitor.expect_accessible()


def test_a_forgotten_password_is_set_anew_and_ends_the_other_sessions(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor, Visitor(chromium) as elsewhere:
        register(elsewhere.page, desk, "gina@initech.example")
        page = visitor.page
        page.goto(f"{desk.url}/forgot-password")
        page.get_by_label("E-mail").fill("gina@initech.example")
        fill_mailed_code(page, desk, "gina@initech.example")
        page.get_by_label("New password", exact=True).fill("Another-Horse-8-Battery")
        page.get_by_label("New password, again").fill("Another-Horse-8-Battery")
        page.get_by_role("button", name="Set new password").click()
        page.get_by_role("link", name="Back to log in").click()
        log_in(page, desk, "gina@initech.example", "Another-Horse-8-Battery")
        expect(page.get_by_role("heading", name="To do")).to_be_visible()

        def ended() -> bool:
            elsewhere.page.goto(f"{desk.url}/agreements")
            elsewhere.page.wait_for_load_state("networkidle")
            return "/login" in elsewhere.page.url

        eventually(ended)


def test_the_language_is_chosen_at_once_and_remembered(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = visitor.page
        page.goto(f"{desk.url}/login")
        page.get_by_label("Language").select_option("zh-Hant")
        expect(page.get_by_role("heading", name="登入 Signet")).to_be_visible()
        assert page.evaluate("document.documentElement.lang") == "zh-Hant"
        expect(page).to_have_title("登入 Signet · Signet")
        page.reload()
        expect(page.get_by_role("heading", name="登入 Signet")).to_be_visible()
