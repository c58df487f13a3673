"""Templates at the console: ready-made contracts in three languages, and the workspace's own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import Desk, Person
from tests.browser.visitor import Visitor
from tests.console.people import as_alice, fill_signer, saved, send

pytestmark = [pytest.mark.suite, pytest.mark.timeout(240)]
READY_MADE = (
    ("English", "Sales contract", "Seller"),
    ("简体中文", "保密协议", "甲方"),
    ("繁體中文", "租賃契約", "出租人"),
)


def _choose(page: Page, language: str, name: str) -> None:
    page.get_by_label("Language of the templates").select_option(label=language)
    page.get_by_role("button", name=f"Preview {name}").click()
    dialog = page.get_by_role("dialog", name=name)
    expect(dialog.get_by_role("img", name=name).first).to_be_visible()


def test_a_ready_made_contract_is_chosen_in_each_language_and_sent(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        for language, name, role in READY_MADE:
            page.goto(desk.url)
            _choose(page, language, name)
            visitor.expect_accessible()
            page.get_by_role("button", name="Use this template").click()
            expect(page.get_by_role("group", name="Signer 1").get_by_text(role, exact=True)).to_be_visible()
            expect(page.get_by_label("Title")).to_have_value(name)
            page.get_by_role("button", name="Add me").click()
            fill_signer(page, 2, "Bob Lim", f"bob-{role}@globex.example".encode("ascii", "ignore").decode())
            saved(page)
            page.get_by_role("button", name="Next: fields").click()
            expect(page.locator(".ed-signature")).to_have_count(2)
            send(page)


def test_an_agreement_becomes_a_template_which_is_used_renamed_and_deleted(desk: Desk, chromium: Browser) -> None:
    agreement = desk.send(Person(), title="Order of chairs")
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/agreements/{agreement}")
        page.get_by_role("button", name="Save as template").click()
        expect(page.get_by_label("Name of the template")).to_have_value("Order of chairs")
        page.get_by_label("Name of the template").fill("Chairs")
        visitor.expect_accessible()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("“Chairs” is among your templates now.")).to_be_visible()
        page.goto(desk.url)
        page.get_by_role("button", name="Use Chairs").click()
        expect(page.get_by_label("Title")).to_have_value("Order of chairs")
        fill_signer(page, 1, "Dan Ng", "dan-chairs@globex.example")
        saved(page)
        page.get_by_role("button", name="Next: fields").click()
        expect(page.locator(".ed-field")).to_have_count(1)
        send(page)
        page.goto(f"{desk.url}/templates")
        page.get_by_role("button", name="Actions for Chairs").click()
        page.get_by_role("menuitem", name="Rename").click()
        page.get_by_label("Name of the template").fill("Tables")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("button", name="Use Tables")).to_be_visible()
        visitor.expect_accessible()
        page.get_by_role("button", name="Actions for Tables").click()
        page.get_by_role("menuitem", name="Delete").click()
        visitor.expect_accessible()
        page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        expect(page.get_by_text("No templates of your own yet")).to_be_visible()
