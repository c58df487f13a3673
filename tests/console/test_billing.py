"""Alice buys a plan: what she has, what it costs, how she pays, the invoice, and the mail that follows."""

from __future__ import annotations

import io
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from signet.demo.flow import make_signers
from signet.demo.http import Browser as Api
from tests.browser.desk import Desk, Person, cookies
from tests.browser.visitor import Visitor
from tests.console.people import PDF, as_alice, id_of, upload
from tests.console.test_workspace import join
from tests.suite.harness import Embedded
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(240)]
TITLES = {"zh-Hans": ("费用概览", "购买", "订单详情"), "zh-Hant": ("費用概覽", "購買", "訂單詳情")}


@pytest.fixture(scope="module")
def shop() -> Iterator[Desk]:
    """A suite that sells plans."""
    with Embedded(BILLING="plans", PAYMENTS="sandbox invoice", SELLER_NAME="Signet Pte. Ltd.") as running:
        yield Desk(running)


def test_alice_buys_a_plan_and_finds_her_invoice(shop: Desk, chromium: Browser) -> None:
    shop.send(Person())
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, shop)
        page.goto(f"{shop.url}/management/billing")
        card = page.get_by_role("region", name="Alice Tan's workspace")
        expect(card).to_contain_text("Trial")
        expect(card).to_contain_text("30 days left")
        expect(card).to_contain_text("Billing account-")
        expect(card).to_contain_text("1/50")
        expect(card.get_by_role("progressbar", name="1 of 50 used")).to_be_visible()
        expect(page.get_by_text("1 envelope in all")).to_be_visible()
        visitor.expect_accessible()
        page.get_by_role("button", name="View validity").click()
        row = page.get_by_role("dialog").get_by_role("row", name="Trial")
        expect(row).to_contain_text("49/50")
        visitor.expect_accessible()
        page.keyboard.press("Escape")
        _order(visitor, page)
        page.get_by_role("button", name="Let it fail").click()
        expect(page.get_by_text("payment failed")).to_be_visible()
        page.get_by_role("button", name="Pay now").click()
        expect(page.get_by_text("paid", exact=True)).to_be_visible()
        visitor.expect_accessible()
        with page.expect_download() as download:
            page.get_by_role("link", name="Invoice INV-").click()
        text = pypdf.PdfReader(io.BytesIO(download.value.path().read_bytes())).pages[0].extract_text()
        assert all(words in text for words in ("Acme 有限公司", "Signet Pte. Ltd.", "SGD 706.32"))
        page.get_by_role("link", name="Billing", exact=True).click()
        expect(card).to_contain_text("Standard")
        expect(card).to_contain_text("365 days left")
        expect(page.get_by_role("link", name="Standard × 1")).to_be_visible()
        _log(page, shop)
    mail = eventually(
        lambda: [one for one in shop.suite.mailbox.mails("alice@acme.example") if "Standard" in one.subject]
    )
    assert mail[0].subject == "Thank you: Standard for Alice Tan's workspace"


def _log(page: Page, shop: Desk) -> None:
    """Who bought what, and what that changed, is in the audit log."""
    page.goto(f"{shop.url}/management/workspace/log?kind=billing")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("Plan upgraded")
    expect(rows.nth(0)).to_contain_text("Plan before: Trial")
    for row, title in ((rows.nth(1), "Order paid"), (rows.nth(2), "Order placed")):
        expect(row).to_contain_text(title)
        expect(row).to_contain_text("Amount: SGD 706.32")
        expect(row).to_contain_text("alice@acme.example")


def test_a_finance_person_buys_what_runs_out_and_an_initiator_only_sees_it(shop: Desk, chromium: Browser) -> None:
    fiona = shop.colleague("Fiona Ho", "fiona@finance.example")
    eventually(lambda: fiona.get("/api/v1/billing")["envelopes"]["total"])
    _leave_two_envelopes(shop)
    ivan = join(shop, fiona, "Ivan Lam", "ivan@finance.example")
    for left in ("1 envelope is left", "no envelopes are left"):
        draft = shop.demo.draft(ivan, PDF["buffer"], "contract.pdf", make_signers(1, "f", False), False)
        ivan.post(f"/api/v1/agreements/{draft}/send")
        eventually(lambda words=left: [one for one in _mails(shop) if words in one])
    with Visitor(chromium) as visitor:
        page = _as(visitor, shop, ivan, "")
        expect(page.get_by_role("region", name="Fiona Ho's workspace")).to_contain_text("5/5")
        expect(page.get_by_role("region", name="Resources")).to_contain_text("3/5")
        expect(page.get_by_role("link", name=re.compile("Renew|Upgrade|Buy"))).to_have_count(0)
        expect(page.get_by_role("button", name="View validity")).to_have_count(0)
        visitor.expect_accessible()
        page.goto(f"{shop.url}/management/billing/purchase")
        expect(page.get_by_role("heading", name="This page does not exist")).to_be_visible()
    with Visitor(chromium) as visitor:
        page = _as(visitor, shop, fiona, "")
        resources = page.get_by_role("region", name="Resources")
        expect(resources).to_contain_text("0/5")
        page.get_by_role("link", name="Renew now").click()
        expect(page.get_by_role("radio", name="Standard")).to_be_checked()
        page.get_by_role("radio", name="Invoice").check()
        page.get_by_label("Company").fill("財務有限公司")
        _place(page)
        expect(page.get_by_text("Please pay the invoice")).to_be_visible()
        _operator_confirms(shop, page.url.rpartition("/")[2])
        page.reload()
        expect(page.get_by_text("paid", exact=True)).to_be_visible()
        page.get_by_role("link", name="Billing", exact=True).click()
        expect(resources).to_contain_text("600/605")
        for place, offer, quantity, total in (
            ("Renew", "Team seat", "3", "11/13"),
            ("Buy now", "50 identity checks", "1", "50/50"),
        ):
            resources.get_by_role("link", name=place).last.click()
            expect(page.get_by_role("radio", name=offer)).to_be_checked()
            page.get_by_label("Quantity").fill(quantity)
            expect(page.get_by_label("Company")).to_have_value("財務有限公司")
            page.get_by_role("radio", name="Sandbox").check()
            _place(page)
            page.get_by_role("button", name="Pay now").click()
            expect(page.get_by_text("paid", exact=True)).to_be_visible()
            page.get_by_role("link", name="Billing", exact=True).click()
            expect(resources).to_contain_text(total)
        resources.get_by_role("button", name="View validity").last.click()
        expect(page.get_by_role("dialog").get_by_role("row", name="50 identity checks")).to_contain_text("valid")
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Upgrade plan").click()
        expect(page.get_by_role("radio", name="Professional")).to_be_checked()
        expect(page.get_by_text("for 365 of 365 days")).to_be_visible()
        expect(page.get_by_role("row", name="Total")).to_contain_text("HK$11,600.00")


def _as(visitor: Visitor, shop: Desk, person: Api, path: str) -> Page:
    visitor.context.add_cookies(cookies(person, shop.url))  # type: ignore[arg-type]
    visitor.page.goto(f"{shop.url}/management/billing{path}")
    return visitor.page


def _mails(shop: Desk) -> list[str]:
    return [one.subject for one in shop.suite.mailbox.mails("fiona@finance.example")]


def _place(page: Page) -> None:
    page.get_by_role("button", name="Order with payment").click()
    expect(page.get_by_role("heading", name="Order")).to_be_visible()


def _operator_confirms(shop: Desk, order: str) -> None:
    command = [sys.executable, "-m", "signet", "billing", "confirm", order, "--home", str(shop.suite.home)]
    assert "paid" in subprocess.run(command, capture_output=True, text=True, timeout=90, check=True).stdout


def _order(visitor: Visitor, page: Page) -> None:
    page.get_by_role("link", name="Upgrade plan").click()
    page.get_by_role("radio", name="Standard").click()
    expect(page.get_by_role("rowheader", name="GST 9 %")).to_be_visible()
    expect(page.get_by_role("row", name="Total")).to_contain_text("SGD 706.32")
    page.get_by_label("Company").fill("Acme 有限公司")
    page.get_by_role("radio", name="Sandbox").check()
    visitor.expect_accessible()
    page.get_by_role("button", name="Order with payment").click()
    expect(page.get_by_role("heading", name="Order")).to_be_visible()


@pytest.mark.parametrize("language", TITLES)
def test_the_pages_speak_chinese_and_fit_a_phone(shop: Desk, chromium: Browser, language: str) -> None:
    order = shop.alice.post("/api/v1/billing/orders", {"product": "envelopes_100", "provider": "invoice"})["id"]
    shop.alice.put("/api/v1/account/preferences", {"language": language})
    with Visitor(chromium, viewport={"width": 360, "height": 740}, locale=language) as visitor:
        page = as_alice(visitor, shop)
        for title, address in zip(TITLES[language], ("", "/purchase", f"/orders/{order}"), strict=True):
            page.goto(f"{shop.url}/management/billing{address}")
            expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
            page.wait_for_load_state("networkidle")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
            visitor.shot(f"billing-{language}{address.replace('/', '-')[:9]}")
            visitor.expect_accessible()
    shop.alice.put("/api/v1/account/preferences", {"language": "en"})


def test_where_nothing_is_for_sale_nobody_is_asked_to_pay(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/management/billing")
        expect(page.get_by_text("This installation has no limits.")).to_be_visible()
        assert not page.get_by_role("link", name="Buy").count() and not page.get_by_text("Renew").count()
        visitor.expect_accessible()


def test_with_an_expired_plan_sending_is_refused_and_the_draft_stays(shop: Desk, chromium: Browser) -> None:
    erin = shop.colleague("Erin Sun", "erin@latecomer.example")
    with Visitor(chromium) as visitor:
        visitor.context.add_cookies(cookies(erin, shop.url))  # type: ignore[arg-type]
        page = visitor.page
        page.goto(shop.url)
        upload(page, PDF)
        page.get_by_role("button", name="Add me").click()
        page.get_by_role("button", name="Next: fields").click()
        page.get_by_role("button", name="Signature", exact=True).press("Enter")
        _end_newest_plan(shop)
        page.get_by_role("button", name="Send", exact=True).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Send").click()
        expect(dialog.get_by_role("link", name="Go to billing")).to_be_visible()
        expect(dialog.get_by_text("The draft stays as it is.")).to_be_visible()
        visitor.expect_accessible()
        assert erin.get(f"/api/v1/agreements/{id_of(page)}")["status"] == "draft"


def _end_newest_plan(desk: Desk) -> None:
    _in_the_books(desk, "UPDATE term SET ends_at = starts_at WHERE id = (SELECT max(id) FROM term)")


def _leave_two_envelopes(desk: Desk) -> None:
    _in_the_books(desk, "UPDATE batch SET total = 5, available = 2 WHERE id = (SELECT max(id) FROM batch)")


def _in_the_books(desk: Desk, statement: str) -> None:
    with closing(sqlite3.connect(desk.suite.home / "billing.db", timeout=20)) as database, database:
        assert database.execute(statement).rowcount == 1
