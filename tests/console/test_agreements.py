"""The list of agreements: categories, filters, exports, several at once, and what each may see and do."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import Desk, Person, cookies
from tests.browser.visitor import Visitor
from tests.console.people import as_alice, at_desk_of, choose_option
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(180)]
ALICE = "alice@acme.example"


def titles(page: Page) -> list[str]:
    """The agreements that are shown."""
    return page.locator(".rows .title a").all_inner_texts()


def test_filters_live_in_the_address_and_survive_back_reload_and_sharing(desk: Desk, chromium: Browser) -> None:
    bobs = at_desk_of(desk, desk.colleague("Bob Lim", "bob-filters@initech.example"))
    desk.send(Person(name="Quentin 昆汀"), title="Rent of a warehouse")
    desk.draft(Person(), title="Half of a plan")
    bobs.send(Person("Alice Tan", email=ALICE), title="Sent by Bob")
    desk.draft(Person(), title="Zz last")
    with Visitor(chromium) as visitor, Visitor(chromium) as other:
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
        page.get_by_label("Status").select_option("")
        page.get_by_role("button", name="Filters", exact=True).click()
        choose_option(page, "Initiator", "Bob Lim")
        expect(page.get_by_role("link", name="Sent by Bob")).to_be_visible()
        expect(page.get_by_role("link", name="Half of a plan")).to_have_count(0)
        today = datetime.now(UTC).date()
        page.get_by_label("Created from").fill((today - timedelta(days=2)).isoformat())
        page.get_by_label("Created to").fill((today + timedelta(days=2)).isoformat())
        expect(page.get_by_role("link", name="Sent by Bob")).to_be_visible()
        visitor.expect_accessible()
        shared = as_alice(other, desk)
        shared.goto(page.url)
        expect(shared.get_by_role("link", name="Sent by Bob")).to_be_visible()
        expect(shared.get_by_role("combobox", name="Initiator")).to_have_value("Bob Lim")
        expect(shared.get_by_label("Created from")).to_have_value((today - timedelta(days=2)).isoformat())
        page.get_by_label("Created from").fill((today + timedelta(days=2)).isoformat())
        expect(page.get_by_text("Nothing fits these filters.")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("link", name="Sent by Bob")).to_be_visible()


def test_the_filtered_list_is_saved_as_csv_and_as_excel(desk: Desk, chromium: Browser, tmp_path: Path) -> None:
    for name in ("Export 出口 one", "Export 出口 two"):
        desk.send(Person("王小明"), title=name)
    desk.draft(Person(), title="Stays here")
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/agreements?q=出口&category=sent")
        expect(page.get_by_role("row")).to_have_count(3)
        saved = {}
        for kind, item in (("csv", "As CSV"), ("xlsx", "As Excel (XLSX)")):
            page.get_by_role("button", name="Export").click()
            with page.expect_download() as held:
                page.get_by_role("menuitem", name=item).click()
            assert held.value.suggested_filename.endswith(f".{kind}")
            saved[kind] = tmp_path / kind
            held.value.save_as(saved[kind])
    table = list(csv.reader(io.StringIO(saved["csv"].read_text("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(saved["xlsx"].read_bytes())).active
    assert sheet
    assert [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)] == table
    assert len(table) == 3 and "Export 出口 two" in table[1] and "王小明" in " ".join(table[2])


def test_several_are_voided_at_once_and_each_result_is_told(desk: Desk, chromium: Browser) -> None:
    first, _ = (desk.send(Person(), title=f"Void me {name}") for name in ("first", "second"))
    desk.draft(Person(), title="Void me never")
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/agreements?q=Void+me")
        page.get_by_label("Select all on this page").check()
        expect(page.get_by_text("3 selected")).to_be_visible()
        page.get_by_role("button", name="Void", exact=True).click()
        page.get_by_role("dialog").get_by_label("Reason").fill("The project is off.")
        visitor.expect_accessible()
        desk.alice.post(f"/api/v1/agreements/{first}/void", {"reason": "Somebody else was faster."})
        page.get_by_role("dialog").get_by_role("button", name="Void").click()
        results = page.get_by_role("dialog", name="What became of each")
        expect(results.get_by_text("1 of 3 done")).to_be_visible()
        told = [one.inner_text().split("\n") for one in results.get_by_role("listitem").all()]
        assert {one[0]: one[-1] for one in told} == {
            "Void me first": "not done: This agreement has already ended.",
            "Void me second": "voided",
            "Void me never": "not done: This agreement has not been sent yet.",
        }
        visitor.shot("batch-results")
        visitor.expect_accessible()
        results.get_by_role("button", name="Close").click()
        expect(page.get_by_role("row", name="Void me second").get_by_text("Voided")).to_be_visible()


def test_several_are_declined_at_once_but_not_those_of_others(desk: Desk, chromium: Browser) -> None:
    bobs = at_desk_of(desk, desk.colleague("Bob Lim", "bob-batch@initech.example"))
    for name in ("one", "two"):
        bobs.send(Person("Alice Tan", email=ALICE), title=f"Decline me {name}")
    desk.send(Person(), title="Decline me not")
    eventually(lambda: len(desk.alice.get("/api/v1/agreements?q=Decline+me")["agreements"]) == 3)
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/agreements?q=Decline+me")
        page.get_by_label("Select all on this page").check()
        page.get_by_role("button", name="Decline", exact=True).click()
        page.get_by_role("dialog").get_by_label("Reason").fill("Too dear.")
        page.get_by_role("dialog").get_by_role("button", name="Decline").click()
        results = page.get_by_role("dialog", name="What became of each")
        expect(results.get_by_text("2 of 3 done")).to_be_visible()
        expect(results.get_by_text("declined", exact=True)).to_have_count(2)
        expect(results.get_by_text("not done:")).to_have_count(1)
        results.get_by_role("button", name="Close").click()
        expect(page.locator(".rows .status").get_by_text("Declined")).to_have_count(2)
    assert desk.suite.mailbox.mails("bob-batch@initech.example")[0].subject.startswith("Declined: Decline me")


def test_who_receives_sees_what_they_sign_only_and_a_stranger_nothing(desk: Desk, chromium: Browser) -> None:
    bob = desk.colleague("Bob Lim", "bob-sees@initech.example")
    agreement = desk.send(Person("Bob Lim", email="bob-sees@initech.example"), title="For Bob")
    hidden = desk.send(Person(), title="Not for Bob")
    desk.link(Person(email="bob-sees@initech.example"))
    with Visitor(chromium) as visitor:
        visitor.context.add_cookies(cookies(bob, desk.url))  # type: ignore[arg-type]
        page = visitor.page
        page.goto(f"{desk.url}/agreements")
        expect(page.get_by_role("link", name="For Bob")).to_be_visible()
        assert titles(page) == ["For Bob"]
        page.get_by_role("link", name="For Bob").click()
        expect(page.get_by_role("link", name="Sign", exact=True)).to_be_visible()
        for name in ("Void", "Remind", "Resend to Bob Lim"):
            expect(page.get_by_role("button", name=name)).to_have_count(0)
        visitor.expect_accessible()
        page.goto(f"{desk.url}/agreements/{hidden}")
        expect(page.get_by_text("does not exist").first).to_be_visible()
        page.goto(f"{desk.url}/agreements/{agreement}")
        page.get_by_role("button", name="Decline").click()
        page.get_by_role("dialog").get_by_label("Reason").fill("Not in my name.")
        visitor.expect_accessible()
        page.get_by_role("dialog").get_by_role("button", name="Decline").click()
        expect(page.get_by_text("Not in my name.").first).to_be_visible()
        expect(page.get_by_role("link", name="Sign", exact=True)).to_have_count(0)
