"""Correcting what was sent: somebody else gets a mail, the old link dies, who has signed stays."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from signet.demo.mail import LINK, newest
from tests.browser.desk import Desk, Person
from tests.browser.visitor import Visitor, agree
from tests.console.people import as_alice

pytestmark = [pytest.mark.suite, pytest.mark.timeout(240)]
ALICES_ZONE = ZoneInfo("Asia/Singapore")  # her account's; the browser is elsewhere


def test_who_has_not_signed_the_deadline_and_the_message_are_corrected(desk: Desk, chromium: Browser) -> None:
    carol, dan = Person(), Person("Dan Nq")
    agreement = desk.send(carol, dan, title="To be corrected")
    old = desk.link(dan)
    with Visitor(chromium) as signer:
        page = agree(signer, desk.link(carol))
        page.get_by_role("button", name="Adopt and sign").click()
        page.get_by_role("button", name="Finish", exact=True).click()
        page.get_by_role("button", name="Sign and finish").click()
        expect(page.get_by_role("heading", name="You have signed")).to_be_visible()
    deadline = datetime.now(UTC) + timedelta(days=20)
    with Visitor(chromium, timezone_id="UTC") as visitor, Visitor(chromium) as signer:
        page = as_alice(visitor, desk)
        page.goto(f"{desk.url}/agreements/{agreement}")
        page.get_by_role("button", name="Correct").click()
        dialog = page.get_by_role("dialog", name="Correct what was sent")
        expect(dialog.get_by_text("Carol Wu has signed and stays as they are")).to_be_visible()
        expect(dialog.get_by_role("group", name="Carol Wu")).to_have_count(0)
        expect(dialog.get_by_role("button", name="Save")).to_be_disabled()
        dialog.get_by_label("E-mail").fill(carol.email)
        dialog.get_by_role("button", name="Save").click()
        expect(dialog.get_by_role("alert")).to_contain_text("address of their own")
        dialog.get_by_label("Name").fill("Dan Ng")
        dialog.get_by_label("E-mail").fill("dan-ng@globex.example")
        dialog.get_by_label("Deadline").fill(f"{deadline.astimezone(ALICES_ZONE):%Y-%m-%dT%H:%M}")
        expect(dialog.get_by_text("in 20 days")).to_be_visible()
        dialog.get_by_label("Add to the message").fill("Sorry for the wrong name.")
        visitor.expect_accessible()
        dialog.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Dan Ng: a new link is on its way.")).to_be_visible()
        expect(page.get_by_text("corrected a signer, now Dan Ng (dan-ng@globex.example)")).to_be_visible()
        kept = datetime.fromisoformat(desk.alice.get(f"/api/v1/agreements/{agreement}")["deadline"])
        assert kept == deadline.replace(second=0, microsecond=0), "her own zone counts, not the browser's"
        expect(page.get_by_text("Sorry for the wrong name.").first).to_be_visible()
        corrections = re.compile("corrected a signer|moved the deadline|added a message")
        expect(page.get_by_role("listitem").filter(has_text=corrections)).to_have_count(3)
        visitor.expect_accessible()
        signer.page.goto(old)
        expect(signer.page.get_by_role("heading", name="This link no longer works")).to_be_visible()
        link = newest(desk.suite.mailbox, "dan-ng@globex.example", LINK)
        assert "Dan Ng" in desk.suite.mailbox.mails("dan-ng@globex.example")[0].text
        agree(signer, f"{desk.url}/sign/{link}")
        expect(signer.page.get_by_role("button", name="Adopt and sign")).to_be_visible()
