"""What people do at the console, step by step, as the stories tell it."""

from __future__ import annotations

import copy
import re
from typing import Any

from playwright.sync_api import Page, expect

from signet.demo.contract import sample_contract
from signet.demo.mail import CODE, newest
from tests.browser.desk import PASSWORD, Desk, cookies
from tests.browser.visitor import Visitor

PDF: Any = {"name": "contract.pdf", "mimeType": "application/pdf", "buffer": sample_contract()}


def register(page: Page, desk: Desk, email: str, password: str = PASSWORD) -> None:
    """Register at the register page."""
    page.goto(f"{desk.url}/register")
    page.get_by_label("E-mail").fill(email)
    fill_mailed_code(page, desk, email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_label("I agree to").check()
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="To do")).to_be_visible()


def fill_mailed_code(page: Page, desk: Desk, email: str) -> None:
    """Ask for a code and type the one that is mailed then."""
    before = {found[1] for mail in desk.suite.mailbox.mails(email) if (found := re.search(CODE, mail.text))}
    page.get_by_role("button", name="Send code").click()
    page.get_by_label("Verification code").fill(newest(desk.suite.mailbox, email, CODE, before))


def log_in(page: Page, desk: Desk, email: str, password: str = PASSWORD) -> None:
    """Log in at the log-in page that is shown."""
    expect(page.get_by_role("heading", name="Log in to Signet")).to_be_visible()
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()


def as_alice(visitor: Visitor, desk: Desk) -> Page:
    """Alice's page; she is logged in."""
    visitor.context.add_cookies(cookies(desk.alice, desk.url))  # type: ignore[arg-type]
    return visitor.page


def upload(page: Page, *files: Any) -> None:
    """Drop files on the workbench and wait for the first step."""
    page.locator("input[type=file]").first.set_input_files(list(files))
    expect(page.get_by_role("heading", name="New agreement")).to_be_visible(timeout=20_000)
    for file in files:
        expect(page.get_by_role("button", name=f"Preview {file['name']}")).to_be_visible(timeout=40_000)


def add_signer(page: Page, number: int, name: str, email: str) -> None:
    """Fill in a new row."""
    page.get_by_role("button", name="Add signer").click()
    fill_signer(page, number, name, email)


def fill_signer(page: Page, number: int, name: str, email: str) -> None:
    """Fill in a row."""
    row = page.get_by_role("group", name=f"Signer {number}", exact=True)
    row.get_by_label("Name").fill(name)
    row.get_by_label("E-mail").fill(email)


def send(page: Page) -> str:
    """Send what is placed; the agreement's id."""
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Your agreement is on its way")).to_be_visible()
    return id_of(page)


def saved(page: Page) -> None:
    """Wait until the page says that everything is saved."""
    expect(page.get_by_text("Everything is saved")).to_be_visible()


def id_of(page: Page) -> str:
    """The agreement in the page's address."""
    found = re.search(r"agr_\w+", page.url)
    assert found, page.url
    return found[0]


def log_out(page: Page) -> None:
    """Log out by the menu of the avatar."""
    page.get_by_role("button", name="Account: ").click()
    page.get_by_role("menuitem", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in to Signet")).to_be_visible()


def at_desk_of(desk: Desk, person: Any) -> Desk:
    """The same desk with somebody else at it, who sends in their own company."""
    theirs = copy.copy(desk)
    theirs.alice = person
    return theirs


def choose_option(page: Page, label: str, option: str) -> None:
    """Choose in a list that opens."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()
