"""The life of an agreement as its sender watches it: locked and opened again, signed, declined, expired."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from chassis import sandbox
from signet.cli import main
from signet.demo.http import Browser as Client
from signet.demo.http import Refused
from tests.browser.desk import Desk, Person
from tests.browser.visitor import Visitor
from tests.console.people import as_alice
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(240)]
SOON = 15_000  # milliseconds in which an open page shows what happened elsewhere


def use_up_all_tries(desk: Desk, link: str) -> None:
    client = Client(desk.url, link.rsplit("/", 1)[1])
    for _ in range(11):
        with contextlib.suppress(Refused):
            client.post("/api/v1/signing/link/checks/access-code", {"code": "Wrong1"})


def count_of(page: Page, category: str) -> Locator:
    link = page.get_by_role("navigation", name="Categories").get_by_role("link", name=category)
    return link.locator(".count")


def test_a_locked_signer_is_shown_opened_again_by_resend_and_signs(
    desk: Desk, chromium: Browser, tmp_path: Path
) -> None:
    mei = Person("陳美玲", more={"check": "access_code", "access_code": "Blue42"})
    agreement = desk.send(mei, title="Locked and opened")
    old = desk.link(mei)
    with Visitor(chromium) as visitor, Visitor(chromium) as signer:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/agreements?category=verification_failed")
        expect(page.get_by_text("Nothing here yet")).to_be_visible()
        use_up_all_tries(desk, old)
        expect(page.get_by_role("link", name="Locked and opened")).to_be_visible(timeout=SOON)
        expect(count_of(page, "Verification failed")).to_have_text("1")
        page.get_by_role("link", name="Locked and opened").click()
        people = page.get_by_role("listitem").filter(has_text="陳美玲").first
        expect(people).to_contain_text("Failed the check “access code” too often and is locked.")
        expect(page.get_by_text("陳美玲 failed the check: access code; 9 tries left")).to_be_visible()
        expect(page.get_by_text("陳美玲 used up all tries and is locked: access code")).to_be_visible()
        visitor.shot("locked-detail")
        visitor.expect_accessible()
        told = desk.suite.mailbox.mails("alice@acme.example")[0]
        assert told.subject == "陳美玲 failed the check: Locked and opened" and f"/agreements/{agreement}" in told.text
        page.get_by_role("button", name="Resend to 陳美玲").click()
        expect(page.get_by_text("the old one no longer works")).to_be_visible()
        expect(page.get_by_text("陳美玲 got a new link; earlier links ended")).to_be_visible(timeout=SOON)
        signer.page.goto(old)
        expect(signer.page.get_by_text("This link no longer works").first).to_be_visible()
        _sign_with_code(signer.page, desk.link(mei, frozenset({old.rsplit("/", 1)[1]})))
        expect(page.get_by_text("陳美玲 finished signing")).to_be_visible(timeout=SOON)
        expect(page.get_by_role("button", name="Download")).to_be_visible(timeout=SOON)
        visitor.shot("completed-detail")
        visitor.expect_accessible()
        files = {name: _downloaded(page, item, tmp_path) for name, item in ITEMS.items()}
    _hold(desk, files, agreement)


ITEMS = {
    "document": "Signed document (PDF)", "certificate": "Certificate of completion (PDF)",
    "bundle": "Document, certificate and evidence (ZIP)", "audit": "Audit trail (JSON)",
}  # fmt: skip


def _sign_with_code(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("#code").fill("Blue42")
    page.locator("form.code button").click()
    page.get_by_role("button", name="Agree and start").click()
    page.get_by_role("button", name="Adopt and sign").click()
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="Sign and finish").click()


def _downloaded(page: Page, item: str, folder: Path) -> Path:
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as held:
        page.get_by_role("menuitem", name=item).click()
    target = folder / held.value.suggested_filename
    held.value.save_as(target)
    return target


def _hold(desk: Desk, files: dict[str, Path], agreement: str) -> None:
    """What the browser saved is what it should be, for the command line too."""
    sandbox.start()
    trust = str(desk.suite.home / "trust" / "signet.pem")
    for name in ("document", "bundle"):
        assert main(["verify", str(files[name]), "--trust", trust]) == 0
    assert files["certificate"].read_bytes().startswith(b"%PDF-")
    assert files["document"].name == "Locked and opened.pdf"
    inside = zipfile.ZipFile(io.BytesIO(files["bundle"].read_bytes()))
    assert inside.read("document.pdf") == files["document"].read_bytes()
    assert "certificate-en.pdf" in inside.namelist()
    assert json.loads(files["audit"].read_text())["public_id"] == agreement


def test_an_open_list_shows_a_decline_and_the_deadline_by_itself(desk: Desk, chromium: Browser) -> None:
    carol, dora = Person("Carol Wu"), Person("Dora Costa", "zh-Hant")
    soon = (datetime.now(UTC) + timedelta(seconds=25)).isoformat()
    expiring = desk.send(dora, title="Runs out 到期", deadline=soon)
    declined = desk.send(carol, title="Turned down 到期")
    with Visitor(chromium) as visitor, Visitor(chromium) as signer:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/agreements?q=到期")
        expect(page.get_by_role("row").get_by_text("Out for signing")).to_have_count(2)
        signer.page.goto(desk.link(carol))
        signer.page.get_by_role("button", name="Agree and start").click()
        expect(signer.page.get_by_role("dialog")).to_be_visible()
        signer.page.keyboard.press("Escape")
        expect(signer.page.get_by_role("dialog")).to_have_count(0)
        signer.page.get_by_role("button", name="Decline").first.click()
        signer.page.get_by_role("dialog").get_by_role("textbox").fill("The rent is too high.")
        signer.page.get_by_role("dialog").get_by_role("button", name="Decline").click()
        expect(page.get_by_role("row", name="Turned down").get_by_text("Declined").first).to_be_visible(timeout=SOON)
        page.get_by_role("link", name="Turned down").click()
        expect(page.get_by_text("The rent is too high.").first).to_be_visible()
        expect(page.get_by_text("Carol Wu declined")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("row", name="Runs out").get_by_text("Expired")).to_be_visible(timeout=40_000)
        signer.page.goto(desk.link(dora))
        expect(signer.page.get_by_role("heading", name="協議已過期")).to_be_visible()
        page.get_by_role("link", name="Runs out").click()
        expect(page.get_by_text("The deadline passed and the agreement expired")).to_be_visible()
        for name in ("Void", "Remind", "Resend to Dora Costa"):
            expect(page.get_by_role("button", name=name)).to_have_count(0)
        visitor.expect_accessible()
    assert (desk.status(expiring), desk.status(declined)) == ("expired", "declined")
    subjects = [mail.subject for mail in desk.suite.mailbox.mails("alice@acme.example")]
    assert "Expired: Runs out 到期" in subjects and "Declined: Turned down 到期" in subjects
    assert eventually(lambda: desk.suite.mailbox.mails(dora.email)[0].subject == "已過期：Runs out 到期")


def test_an_open_page_shows_what_happens_and_asks_nothing_while_hidden(desk: Desk, chromium: Browser) -> None:
    agreement = desk.send(Person(), Person(), ordered=True, title="Watched")
    draft = desk.draft(Person(), title="Not needed")
    with Visitor(chromium) as visitor:
        page, asked = as_alice(visitor, desk), []
        page.on("request", lambda one: asked.append(one.url) if "/changes" in one.url else None)
        page.clock.install()
        page.goto(f"{desk.url}/agreements/{agreement}")
        expect(page.get_by_role("heading", name="Watched")).to_be_visible()
        expect(page.get_by_text("Alice Tan sent it to 2 signers, to be signed until")).to_be_visible()
        expect(page.get_by_alt_text("Page 1 of 2, contract.pdf")).to_be_visible()
        page.get_by_role("navigation", name="Page thumbnails").get_by_role("link", name="2").click()
        expect(page.get_by_alt_text("Page 2 of 2, contract.pdf")).to_be_in_viewport()
        page.get_by_role("button", name="Remind").click()
        expect(page.get_by_text("1 signer reminded")).to_be_visible()
        desk.alice.post(f"/api/v1/agreements/{agreement}/void", {"reason": "A better offer"})
        expect(page.get_by_text("A better offer").first).to_be_visible(timeout=SOON)
        expect(page.get_by_role("button", name="Void")).to_have_count(0)
        _hide(page, True)
        page.clock.run_for(5_000)
        known = len(asked)
        page.clock.run_for(120_000)
        assert len(asked) == known
        _hide(page, False)
        with page.expect_request("**/changes**"):
            page.clock.run_for(10_000)
        page.goto(f"{desk.url}/agreements/{draft}")
        page.get_by_role("button", name="Delete draft").click()
        visitor.expect_accessible()
        page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        expect(page).to_have_url(f"{desk.url}/agreements?category=drafts")
        expect(page.get_by_role("link", name="Not needed")).to_have_count(0)


def _hide(page: Page, hidden: bool) -> None:
    """As when the reader turns to another tab."""
    state = "hidden" if hidden else "visible"
    page.evaluate(
        """state => {
          Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )
