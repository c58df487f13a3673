"""The list and the page of an agreement: categories, filters, what can be done, and news that come by themselves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import Desk, Person
from tests.browser.visitor import Visitor
from tests.console.people import as_alice

pytestmark = [pytest.mark.suite, pytest.mark.timeout(180)]


def test_filters_live_in_the_address_and_survive_back_and_reload(desk: Desk, chromium: Browser) -> None:
    desk.send(Person(name="Quentin 昆汀"), title="Rent of a warehouse")
    desk.draft(Person(), title="Half of a plan")
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/agreements")
        page.get_by_label("Title or signer").fill("昆汀")
        expect(page.get_by_role("row")).to_have_count(2)
        expect(page.get_by_role("link", name="Rent of a warehouse")).to_be_visible()
        page.reload()
        expect(page.get_by_label("Title or signer")).to_have_value("昆汀")
        page.get_by_role("navigation", name="Categories").get_by_role("link", name="Drafts").click()
        expect(page.get_by_text("Nothing fits these filters.")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("link", name="Rent of a warehouse")).to_be_visible()
        page.get_by_role("button", name="Clear filters").click()
        expect(page.get_by_label("Title or signer")).to_have_value("")
        page.get_by_label("Status").select_option("draft")
        expect(page.get_by_role("link", name="Half of a plan")).to_be_visible()
        visitor.expect_accessible()


def test_several_are_voided_at_once_and_each_result_is_told(desk: Desk, chromium: Browser) -> None:
    for name in ("Void me first", "Void me second"):
        desk.send(Person(), title=name)
    desk.draft(Person(), title="Void me never")
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/agreements?q=Void+me")
        page.get_by_label("Select all on this page").check()
        expect(page.get_by_text("3 selected")).to_be_visible()
        page.get_by_role("button", name="Void", exact=True).click()
        page.get_by_role("dialog").get_by_label("Reason").fill("The project is off.")
        visitor.expect_accessible()
        page.get_by_role("dialog").get_by_role("button", name="Void").click()
        results = page.get_by_role("dialog", name="What became of each")
        expect(results.get_by_text("voided", exact=True)).to_have_count(2)
        visitor.expect_accessible()


def test_a_page_shows_signers_and_history_and_what_happens_meanwhile(desk: Desk, chromium: Browser) -> None:
    carol = Person()
    agreement = desk.send(carol, Person(), ordered=True, title="Watched")
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/agreements/{agreement}")
        expect(page.get_by_role("heading", name="Watched")).to_be_visible()
        expect(page.get_by_text("Sent for signing")).to_be_visible()
        expect(page.get_by_alt_text("Page 1 of 2, contract.pdf")).to_be_visible()
        desk.alice.post(f"/api/v1/agreements/{agreement}/void", {"reason": "A better offer"})
        expect(page.get_by_text("A better offer").first).to_be_visible(timeout=20_000)
        expect(page.get_by_role("button", name="Void")).to_have_count(0)


def test_a_new_link_is_sent_and_a_draft_is_deleted(desk: Desk, chromium: Browser) -> None:
    carol = Person()
    agreement, draft = desk.send(carol), desk.draft(Person(), title="Not needed")
    desk.link(carol)
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/agreements/{agreement}")
        page.get_by_role("button", name="Resend to Carol Wu").click()
        expect(page.get_by_text("the old one no longer works")).to_be_visible()
        page.goto(f"{desk.url}/agreements/{draft}")
        page.get_by_role("button", name="Delete draft").click()
        page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        expect(page).to_have_url(f"{desk.url}/agreements?category=drafts")
        expect(page.get_by_role("link", name="Not needed")).to_have_count(0)
