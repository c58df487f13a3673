"""An admin sets how long ended agreements are kept, keeps one for ever, and another goes; a copy of it stays proved."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from chassis.ids import parse_public_id
from signet.demo.flow import Signer
from signet.demo.http import Browser as Api
from tests.browser.desk import Desk, Person
from tests.browser.visitor import Visitor
from tests.console.people import at_desk_of
from tests.console.test_workspace import at
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(300)]
SIZES = ({"width": 360, "height": 740}, {"width": 1280, "height": 800})


def test_ended_agreements_go_as_their_workspace_has_set(desk: Desk, chromium: Browser, tmp_path: Path) -> None:
    rita = desk.colleague("Rita Koh", "rita@relic.example")
    theirs = at_desk_of(desk, rita)
    signed, voided = completed(theirs), theirs.send(Person(), title="Lease")
    rita.post(f"/api/v1/agreements/{voided}/void", {"reason": "Wrong annex"})
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(theirs.file(signed))
    move(desk, signed, "over_at", 400)
    with Visitor(chromium) as visitor:
        page = at(visitor, desk, rita, "/management/workspace")
        set_a_year(visitor)
        mails = desk.suite.mailbox.mails
        told = eventually(lambda: [one for one in mails("rita@relic.example") if "removed" in one.subject], 60)
        assert told[0].subject == "Rita Koh's workspace: 1 agreement will be removed" and "“NDA”" in told[0].text
        page.goto(f"{desk.url}/agreements/{voided}")
        keep_for_ever(visitor)
        move(desk, signed, "warned_at", 31)
        rita.ask("PATCH", "/api/v1/workspace", json={"name": "Relic"})
        assert eventually(lambda: rita.ask("GET", f"/api/v1/agreements/{signed}").status_code == 404, 60)
        page.goto(f"{desk.url}/agreements")
        expect(page.get_by_role("link", name="NDA")).to_have_count(0)
        expect(page.get_by_role("link", name="Lease")).to_be_visible()
        page.goto(f"{desk.url}/agreements/{signed}")
        expect(page.get_by_role("heading", name="This page does not exist")).to_be_visible()
        verify(visitor, desk, rita, signed, copy)


def completed(desk: Desk) -> str:
    """An agreement that Carol has signed."""
    carol = Person()
    agreement = desk.send(carol, title="NDA")
    desk.link(carol)
    desk.demo.sign(Signer(carol.name, carol.email, 1, "none"))
    assert eventually(lambda: desk.status(agreement) == "completed", 60, 0.5)
    return agreement


def move(desk: Desk, agreement: str, column: str, days: int) -> None:
    """Put a moment of the agreement so many days back."""
    key = parse_public_id("agr", agreement)
    assert isinstance(key, UUID)
    with closing(sqlite3.connect(desk.suite.home / "agreement.db", timeout=30)) as opened, opened:
        statement = f"UPDATE agreements SET {column} = datetime('now', ?) || '.000000' WHERE id = ?"
        assert opened.execute(statement, (f"-{days} days", key.hex)).rowcount == 1


def set_a_year(visitor: Visitor) -> None:
    """What would go is told before it is saved, and asked once more."""
    page = visitor.page
    form = page.get_by_role("form", name="How long agreements are kept")
    expect(form.get_by_label("Keep ended agreements")).to_have_value("")
    form.get_by_label("Keep ended agreements").select_option("10 years")
    expect(form.get_by_text("The first one will be removed on")).to_be_visible()
    form.get_by_label("Keep ended agreements").select_option("1 year")
    expect(form.get_by_text("1 agreement will be removed on")).to_be_visible()
    shots(visitor, "retention")
    form.get_by_role("button", name="Save").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("cannot be brought back")).to_be_visible()
    shots(visitor, "retention-dialog")
    dialog.get_by_role("button", name="Keep for a shorter time").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    expect(form.get_by_role("button", name="Save")).to_be_disabled()


def keep_for_ever(visitor: Visitor) -> None:
    page = visitor.page
    expect(page.get_by_text("Kept until")).to_be_visible()
    page.get_by_role("button", name="Keep for ever").click()
    expect(page.get_by_text("For ever", exact=True)).to_be_visible()
    expect(page.get_by_text("Rita Koh chose to keep it for ever")).to_be_visible()
    shots(visitor, "held")
    page.get_by_role("button", name="No longer keep for ever").click()
    page.get_by_role("dialog").get_by_role("button", name="No longer keep for ever").click()
    expect(page.get_by_text("Kept until")).to_be_visible()
    expect(page.get_by_text("Rita Koh no longer keeps it for ever")).to_be_visible()
    page.get_by_role("button", name="Keep for ever").click()
    expect(page.get_by_text("For ever", exact=True)).to_be_visible()


def verify(visitor: Visitor, desk: Desk, rita: Api, agreement: str, copy: Path) -> None:
    """The QR code's page and an upload tell the truth: genuine, and no copy is kept here any more."""
    page = visitor.page
    gone = eventually(lambda: rita.get(f"/api/v1/verifications/{agreement}")["removed_at"], 60)
    assert gone
    page.goto(f"{desk.url}/verify/{agreement}")
    expect(page.get_by_text("has kept no copy of its own")).to_be_visible()
    page.set_input_files("input[type=file]", copy)
    expect(page.locator("#verdict")).to_have_text("Authentic", timeout=60_000)
    expect(page.get_by_text("has kept no copy of its own")).to_have_count(2)
    shots(visitor, "verify-removed")


def shots(visitor: Visitor, name: str) -> None:
    """Looked at and judged on a phone and on a desktop."""
    for size in SIZES:
        visitor.page.set_viewport_size(size)  # type: ignore[arg-type]
        visitor.shot(f"{name}-{size['width']}")
        visitor.expect_accessible()
