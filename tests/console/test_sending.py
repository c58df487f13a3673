"""The whole way at the console: register, prepare, place fields, send; others sign; download and verify."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, Playwright, expect

from signet.demo.mail import LINK, newest
from tests.browser.desk import Desk, Person
from tests.browser.visitor import Visitor, agree, phone
from tests.console.people import PDF, add_signer, as_alice, id_of, register, saved, upload

pytestmark = [pytest.mark.suite, pytest.mark.timeout(240)]


def _place_signature_for(page: Page, name: str) -> None:
    """By keyboard: choose the signer, then a signature with Enter."""
    page.get_by_label("Place fields for").select_option(label=name)
    page.get_by_role("button", name="Signature", exact=True).focus()
    page.keyboard.press("Enter")


def _sign(page: Page) -> None:
    page.get_by_role("button", name="Adopt and sign").click()
    page.get_by_role("button", name="Finish", exact=True).click()
    page.get_by_role("button", name="Sign and finish").click()


def test_from_registering_to_a_verified_document(
    desk: Desk, chromium: Browser, playwright: Playwright, tmp_path: Path
) -> None:
    with Visitor(chromium) as dora, Visitor(chromium, **phone(playwright)) as bob:
        page = dora.page
        register(page, desk, "dora@initech.example")
        upload(page, PDF)
        page.get_by_label("Signing order").check()
        page.get_by_role("button", name="Add me").click()
        add_signer(page, 2, "Bob Lim", "bob-phone@initech.example")
        page.get_by_label("Title").fill("Consulting agreement")
        saved(page)
        page.get_by_role("button", name="Next: fields").click()
        for name in ("Dora", "Bob Lim"):
            _place_signature_for(page, name)
        page.get_by_role("button", name="Send", exact=True).click()
        page.get_by_role("dialog").get_by_role("button", name="Send").click()
        expect(page.get_by_role("heading", name="Your agreement is on its way")).to_be_visible()
        agreement = id_of(page)
        page.goto(f"{desk.url}/agreements?category=action_required")
        page.get_by_role("link", name="Sign", exact=True).click()
        page.get_by_role("button", name="Agree and start").click()
        _sign(page)
        expect(page.get_by_role("heading").first).to_be_visible()
        link = newest(desk.suite.mailbox, "bob-phone@initech.example", LINK)
        _sign(agree(bob, f"{desk.url}/sign/{link}"))
        expect(bob.page.get_by_role("heading", name="Everybody has signed")).to_be_visible(timeout=60_000)
        page.goto(f"{desk.url}/agreements/{agreement}")
        expect(page.get_by_role("button", name="Download")).to_be_visible(timeout=60_000)
        page.get_by_role("button", name="Download").click()
        with page.expect_download() as held:
            page.get_by_role("menuitem", name="Signed document").click()
        held.value.save_as(tmp_path / "signed.pdf")
    signed = io.BytesIO((tmp_path / "signed.pdf").read_bytes())
    told = requests.post(f"{desk.url}/api/v1/verifications", files={"file": signed}, timeout=60).json()
    assert told["verdict"] == "authentic"


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
