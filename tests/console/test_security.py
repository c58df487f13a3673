"""What guards an account: the authenticator app, recovery codes, passkeys, and logins by an issuer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect

from tests.browser.desk import PASSWORD, Desk
from tests.browser.visitor import Visitor
from tests.console.people import fill_mailed_code, log_in, log_out, register
from tests.gateway.issuer import Issuer
from tests.identity.people import app_code

pytestmark = [pytest.mark.suite, pytest.mark.timeout(180)]


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Visitor]:
    with Visitor(
        chromium, permissions=["clipboard-read", "clipboard-write"], viewport={"width": 1280, "height": 900}
    ) as one:
        yield one


def _in(page: Page) -> None:
    expect(page.get_by_role("heading", name="To do")).to_be_visible()


def _codes(dialog: Locator) -> list[str]:
    """The ten codes that are shown."""
    expect(dialog.get_by_role("listitem")).to_have_count(10)
    return dialog.get_by_role("listitem").all_inner_texts()


def _set_up(visitor: Visitor, proved: bool = False) -> tuple[str, list[str]]:
    """Switch two-factor login on at the profile, by the password; the app's secret and the recovery codes."""
    page = visitor.page
    page.get_by_role("button", name="Set up two-factor login").click()
    dialog = page.get_by_role("dialog")
    if not proved:
        dialog.get_by_label("Your password").fill("not it")
        dialog.get_by_role("button", name="Next").click()
        expect(dialog.get_by_role("alert")).to_contain_text("The password is wrong.")
        _prove(dialog)
    expect(dialog.get_by_role("img", name="QR code")).to_be_visible()
    visitor.expect_accessible()
    visitor.shot("two-factor")
    secret = dialog.locator("code").inner_text().replace(" ", "")
    dialog.get_by_label("Code from the app").fill(app_code(secret, -1))
    dialog.get_by_role("button", name="Switch on").click()
    codes = _codes(dialog)
    visitor.expect_accessible()
    visitor.shot("recovery-codes")
    dialog.get_by_role("button", name="Copy").click()
    expect(dialog.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").split() == codes
    with page.expect_download() as held:
        dialog.get_by_role("link", name="Download").click()
    assert held.value.path().read_text().split() == codes
    dialog.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("10 recovery codes left")).to_be_visible()
    return secret, codes


def test_kira_logs_in_with_the_code_of_her_app_and_with_a_recovery_code(desk: Desk, visitor: Visitor) -> None:
    page, email = visitor.page, "kira@initech.example"
    register(page, desk, email)
    page.goto(f"{desk.url}/account/profile")
    secret, codes = _set_up(visitor)
    log_out(page)
    page.goto(f"{desk.url}/account/settings")
    log_in(page, desk, email)
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    visitor.expect_accessible()
    visitor.shot("second-factor")
    page.get_by_label("Code from the app").fill("000000")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("wrong or was used already")
    page.reload()
    page.get_by_label("Code from the app").fill(app_code(secret))
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(f"{desk.url}/account/settings")
    log_out(page)
    log_in(page, desk, email)
    page.get_by_role("button", name="Use a recovery code").click()
    page.get_by_label("Recovery code").fill(codes[0].upper())
    page.get_by_role("button", name="Continue").click()
    _in(page)
    page.goto(f"{desk.url}/account/profile")
    expect(page.get_by_text("9 recovery codes left")).to_be_visible()
    page.get_by_role("button", name="New recovery codes").click()
    dialog = page.get_by_role("dialog")
    visitor.expect_accessible()
    visitor.shot("prove")
    dialog.get_by_label("Your password").fill("not it")
    dialog.get_by_role("button", name="Next").click()
    expect(dialog.get_by_role("alert")).to_contain_text("The password is wrong.")
    dialog.get_by_role("button", name="Use a code from the app").click()
    dialog.get_by_label("Code from the app, or a recovery code").fill(codes[1])
    dialog.get_by_role("button", name="Next").click()
    dialog.get_by_role("button", name="New recovery codes").click()
    fresh = _codes(page.get_by_role("dialog"))
    assert not set(fresh) & set(codes)
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_role("button", name="Switch off two-factor login").click()
    expect(dialog).to_contain_text("From then on the password alone lets you in.")  # proved a moment ago
    visitor.expect_accessible()
    page.get_by_role("dialog").get_by_role("button", name="Switch off").click()
    log_out(page)
    log_in(page, desk, email)
    _in(page)


def _prove(dialog: Locator) -> None:
    dialog.get_by_label("Your password").fill(PASSWORD)
    dialog.get_by_role("button", name="Next").click()


def test_a_second_step_that_nobody_began_leads_back_to_the_beginning(desk: Desk, visitor: Visitor) -> None:
    for address in ("login/second-factor", "login/link", "register/continue"):
        visitor.page.goto(f"{desk.url}/{address}")
        expect(visitor.page.get_by_role("alert")).to_contain_text("Please begin again.")
        expect(visitor.page).to_have_url(f"{desk.url}/login?error=login_not_pending")


def _authenticator(visitor: Visitor) -> tuple[CDPSession, dict[str, Any]]:
    """A device that holds passkeys and knows its person by the finger."""
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_liam_adds_a_passkey_logs_in_by_it_renames_and_deletes_it(desk: Desk, visitor: Visitor) -> None:
    page, email = visitor.page, "liam@initech.example"
    session, device = _authenticator(visitor)
    register(page, desk, email)
    page.goto(f"{desk.url}/account/profile")
    page.get_by_role("button", name="Add passkey").click()
    dialog = page.get_by_role("dialog")
    _prove(dialog)
    expect(dialog.get_by_label("Name of the passkey")).to_have_value("Passkey on Linux")
    dialog.get_by_label("Name of the passkey").fill("Liam's laptop")
    visitor.expect_accessible()
    dialog.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_text("Liam's laptop")).to_be_visible()
    expect(page.get_by_text("not used yet")).to_be_visible()
    _set_up(visitor, proved=True)
    log_out(page)
    visitor.expect_accessible()
    page.get_by_role("button", name="Log in with a passkey").click()
    _in(page)
    log_out(page)
    log_in(page, desk, email)
    page.get_by_role("button", name="Use a passkey").click()
    _in(page)
    log_out(page)
    session.send("WebAuthn.setUserVerified", {**device, "isUserVerified": False})
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey was not used.")
    session.send("WebAuthn.setUserVerified", {**device, "isUserVerified": True})
    page.get_by_role("button", name="Log in with a passkey").click()
    _in(page)
    page.goto(f"{desk.url}/account/profile")
    visitor.shot("profile")
    page.get_by_role("button", name="Rename “Liam's laptop”").click()
    page.get_by_role("dialog").get_by_label("Name of the passkey").fill("Old laptop")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Delete “Old laptop”").click()
    page.get_by_role("dialog").get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("dialog")).to_contain_text("It can no longer be used to log in.")
    visitor.expect_accessible()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Old laptop")).to_have_count(0)
    visitor.expect_accessible()


def _come_by(page: Page, desk: Desk, issuer: Issuer, email: str, name: str) -> None:
    """Log in by the issuer, which vouches for this person."""
    issuer.person = {"sub": f"sub of {email}", "email": email, "email_verified": True, "name": name}
    page.goto(f"{desk.url}/login?next=/account/profile")
    page.get_by_role("link", name="Continue with Acme").click()


def test_maya_comes_by_an_issuer_proves_there_that_it_is_her_and_links_a_further_login(
    desk: Desk, visitor: Visitor, issuer: Issuer
) -> None:
    page, email = visitor.page, "maya@initech.example"
    _come_by(page, desk, issuer, email, "Maya Chen")
    expect(page.get_by_role("heading", name="Almost done")).to_be_visible()
    expect(page.get_by_text(f"You come from Acme as {email}.")).to_be_visible()
    visitor.expect_accessible()
    visitor.shot("continue")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_text("Please agree to the three texts.")).to_be_visible()
    page.get_by_label("I agree to").check()
    page.get_by_label("Name").fill("Maya C.")
    page.get_by_role("button", name="Create account").click()
    expect(page).to_have_url(f"{desk.url}/account/profile")
    expect(page.get_by_text("Maya C.").first).to_be_visible()
    log_out(page)
    _come_by(page, desk, issuer, email, "Maya Chen")
    expect(page).to_have_url(f"{desk.url}/account/profile")
    expect(page.get_by_role("link", name="Set a password")).to_be_visible()
    dialog = page.get_by_role("dialog")
    mine, stranger = issuer.person, {**issuer.person, "sub": "somebody else"}
    for person, told in ((stranger, "as somebody else"), (mine, "You have confirmed that it is you.")):
        issuer.person = person
        page.get_by_role("button", name="Set up two-factor login").click()
        expect(dialog).to_contain_text("Please confirm that it is you")
        dialog.get_by_role("button", name="Confirm at Acme").click()
        expect(page.get_by_text(told)).to_be_visible()
        expect(page).to_have_url(f"{desk.url}/account/profile")
    expect(dialog.get_by_role("img", name="QR code")).to_be_visible()  # opened again after the proof
    dialog.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Unlink Acme").click()
    dialog.get_by_role("button", name="Unlink").click()
    expect(dialog.get_by_role("alert")).to_contain_text("the only way into your account")
    dialog.get_by_role("button", name="Cancel").click()
    issuer.person = {"sub": "maya at work", "email": "m.chen@work.example", "email_verified": True}
    page.get_by_role("button", name="Link Acme", exact=True).click()
    visitor.expect_accessible()
    visitor.shot("link-further")
    dialog.get_by_role("button", name="Go to Acme").click()
    expect(page.get_by_role("status")).to_contain_text("The login is linked.")
    expect(page.get_by_text("m.chen@work.example")).to_be_visible()
    visitor.expect_accessible()
    visitor.shot("profile-linked")
    page.get_by_role("button", name="Unlink Acme").first.click()
    dialog.get_by_role("button", name="Unlink").click()
    expect(page.get_by_role("button", name="Unlink Acme")).to_have_count(1)
    log_out(page)
    page.goto(f"{desk.url}/login?next=/account/profile")
    page.get_by_role("link", name="Continue with Acme").click()
    expect(page.get_by_text("Maya C.").first).to_be_visible()


def test_an_address_that_has_an_account_is_linked_only_after_its_owner_confirmed(
    desk: Desk, visitor: Visitor, issuer: Issuer
) -> None:
    page, email = visitor.page, "noor@initech.example"
    register(page, desk, email)
    log_out(page)
    _come_by(page, desk, issuer, email, "Noor")
    expect(page.get_by_role("heading", name="Is this account yours?")).to_be_visible()
    visitor.expect_accessible()
    visitor.shot("link")
    page.get_by_label("Password", exact=True).fill("guessed")
    page.get_by_role("button", name="Confirm and log in").click()
    expect(page.get_by_role("alert")).to_contain_text("wrong")
    page.goto(f"{desk.url}/account/profile")
    expect(page.get_by_role("heading", name="Log in to Signet")).to_be_visible()
    page.goto(f"{desk.url}/login/link")
    page.get_by_role("button", name="Confirm by a mailed code").click()
    fill_mailed_code(page, desk, email)
    visitor.expect_accessible()
    page.get_by_role("button", name="Confirm and log in").click()
    expect(page).to_have_url(f"{desk.url}/account/profile")
    page.get_by_role("button", name="Unlink Acme").click()
    _prove(page.get_by_role("dialog"))
    page.get_by_role("dialog").get_by_role("button", name="Unlink").click()
    expect(page.get_by_text("Link one, and you can also log in with it.")).to_be_visible()


def test_why_a_login_by_an_issuer_failed_is_told_in_the_readers_language(
    desk: Desk, chromium: Browser, issuer: Issuer
) -> None:
    with Visitor(chromium, locale="zh-Hant") as visitor:
        page = visitor.page
        issuer.person = {"sub": "1", "email": "o@initech.example", "email_verified": False}
        page.goto(f"{desk.url}/login")
        page.get_by_role("link", name="使用 Acme 登入").click()
        expect(page.get_by_role("alert")).to_have_text("該服務未能證明您的電子郵件，請在此處用電子郵件註冊。")
        visitor.expect_accessible()
        visitor.shot("login-zh-Hant")
        page.goto(f"{desk.url}/login?error=something-new")
        expect(page.get_by_role("alert")).to_have_text("登入未成功，請重試。")
