"""What can go wrong while an agreement is made, and what is done for many signers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import Desk, Person
from tests.browser.visitor import Visitor
from tests.console.people import PDF, add_signer, as_alice, saved, upload

pytestmark = [pytest.mark.suite, pytest.mark.timeout(240)]


def test_a_reload_in_the_middle_loses_nothing(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(desk.url)
        upload(page, PDF, {**PDF, "name": "annex.pdf"})
        page.get_by_role("button", name="Move annex.pdf up").click()
        add_signer(page, 1, "Bob Lim", "not-an-address")
        page.get_by_label("Message").fill("Kindly sign both.")
        page.reload()
        row = page.get_by_role("group", name="Signer 1")
        expect(row.get_by_label("E-mail")).to_have_value("not-an-address")
        expect(page.get_by_label("Message")).to_have_value("Kindly sign both.")
        expect(page.get_by_role("button", name="Preview")).to_have_count(2)
        expect(page.get_by_role("button", name="Preview").first).to_have_accessible_name("Preview annex.pdf")


def test_what_is_missing_is_said(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/agreements/{desk.draft(Person(fields=()))}/fields")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("Carol Wu")
        page.get_by_role("link", name="Back").click()
        page.get_by_label("Verification").select_option("access_code")
        page.get_by_role("button", name="Next: fields").click()
        expect(page.get_by_role("alert")).to_contain_text("not complete")
        visitor.expect_accessible()


def test_a_file_that_is_no_pdf_is_refused_with_the_reason(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/agreements/new")
        page.locator("input[type=file]").set_input_files([{**PDF, "buffer": b"%PDF-1.7 no more than that"}])
        expect(page.get_by_role("alert")).to_be_visible()
        page.locator("input[type=file]").set_input_files([{"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"}])
        expect(page.get_by_text("a.txt is not a PDF.")).to_be_visible()


def test_several_signers_are_pasted(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/agreements/{desk.draft(Person())}/edit")
        page.get_by_role("button", name="Paste several").click()
        page.get_by_role("dialog").get_by_role("textbox").fill("王小明 <ming@a.example>\nbob@a.example, Bob\nnobody")
        visitor.expect_accessible()
        page.get_by_role("button", name="Add 2 signers").click()
        saved(page)
        page.reload()
        expect(page.get_by_role("group", name="Signer 2").get_by_label("Name")).to_have_value("王小明")
