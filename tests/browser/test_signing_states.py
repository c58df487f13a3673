"""Every page a signer may meet besides the document: what happened and what to do, in three languages and two sizes."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Playwright, expect
from reportlab.pdfgen.canvas import Canvas

from chassis.ids import parse_public_id
from signet.demo.flow import Signer
from signet.demo.http import Browser as Caller
from signet.demo.http import Refused
from signet.demo.mail import LINK, newest
from tests.browser.desk import EVERY_KIND, Desk, Person, cookies
from tests.browser.speech import say, strangers
from tests.browser.visitor import Visitor, phone, tap
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(240)]

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
OWN = ("Carol Wu", "Dan Ng", "Alice Tan", "Service agreement", "Wrong price", "workspace")


def look(visitor: Visitor, name: str, heading: str) -> None:
    """Read the page in every language and look at it in both sizes; axe has nothing to say."""
    page = visitor.page
    for language in LANGUAGES:
        page.get_by_role("combobox").select_option(language)
        expect(page.get_by_role("heading", name=say(language, f"signing.{heading}"))).to_be_visible()
        visitor.complaints += [f"{name} {language} {one}" for one in strangers(page, language, *OWN)]
        page.set_viewport_size(PHONE)
        visitor.shot(f"state-{name}-{language}-360")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
        if language == "zh-Hant":
            visitor.expect_accessible()
        page.set_viewport_size(DESKTOP)
        visitor.shot(f"state-{name}-{language}-1280")
    visitor.expect_accessible()


def test_every_end_has_a_page_of_its_own(desk: Desk, chromium: Browser) -> None:
    with Visitor(chromium) as visitor:
        for name, heading, address in ends(desk):
            visitor.page.goto(address)
            look(visitor, name, heading)


def ends(desk: Desk) -> list[tuple[str, str, str]]:
    """Name, heading and address of every end."""
    people = {name: Person() for name in ("voided", "expired", "declined", "signed", "locked")}
    people["locked"].more = {"check": "access_code", "access_code": "Blue42"}
    sent = {name: desk.send(person) for name, person in people.items() if name != "signed"}
    sent["signed"] = desk.send(people["signed"], Person("Dan Ng"))
    links = {name: desk.link(person) for name, person in people.items()}
    desk.alice.post(f"/api/v1/agreements/{sent['voided']}/void", {"reason": "Wrong price"})
    move(desk, "UPDATE ceremony SET deadline = ? WHERE id = ?", sent["expired"])
    caller(desk, links["declined"]).post("/api/v1/signing/link/decline", {"reason": "Wrong price"})
    desk.demo.sign(Signer("Carol Wu", people["signed"].email, 1, "none"))
    lock(caller(desk, links["locked"]))
    return [
        ("voided", "voided_title", links["voided"]),
        ("expired", "expired_title", links["expired"]),
        ("declined", "declined_title", links["declined"]),
        ("signed", "signedTitle", links["signed"]),
        ("locked", "verification_locked_title", links["locked"]),
        ("replaced", "link_replaced_title", replaced(desk)),
        ("unknown", "not_found_title", f"{desk.url}/sign/sgl_{'x' * 43}"),
    ]


def replaced(desk: Desk) -> str:
    """A link in whose place a newer one was mailed."""
    person = Person()
    agreement = desk.send(person)
    old = desk.link(person)
    row = desk.alice.get(f"/api/v1/agreements/{agreement}")["recipients"][0]["id"]
    desk.alice.post(f"/api/v1/agreements/{agreement}/recipients/{row}/resend")
    eventually(lambda: desk.link(person) != old)
    return old


def caller(desk: Desk, address: str) -> Caller:
    return Caller(desk.url, address.rpartition("/")[2])


def lock(signer: Caller) -> None:
    """Wrong access codes until no more are taken."""
    for number in range(10):
        with pytest.raises(Refused):
            signer.post("/api/v1/signing/link/checks/access-code", {"code": f"Wrong{number}"})


def move(desk: Desk, statement: str, agreement: str) -> None:
    """Put a moment of the agreement 40 days back, as if that time had passed."""
    key = parse_public_id("agr", agreement)
    assert isinstance(key, UUID)
    with closing(sqlite3.connect(desk.suite.home / "signing.db", timeout=30)) as opened, opened:
        found = opened.execute("SELECT typeof(id), datetime('now', '-40 days') FROM ceremony LIMIT 1").fetchone()
        held = key.bytes if found[0] == "blob" else key.hex
        assert opened.execute(statement, (f"{found[1]}.000000", held)).rowcount > 0


def both(visitor: Visitor, name: str) -> None:
    """What is shown, looked at and judged on a phone and on a desktop."""
    for size in (DESKTOP, PHONE):
        visitor.page.set_viewport_size(size)
        visitor.shot(f"dialog-{name}-{size['width']}")
        visitor.complaints += [f"{name} {size['width']} {one}" for one in visitor.violations()]


def test_nothing_is_amiss_in_any_dialog(desk: Desk, chromium: Browser, playwright: Playwright) -> None:
    carol = Person(fields=EVERY_KIND)
    desk.send(carol, allow_reassign=True)
    with Visitor(chromium, **phone(playwright)) as visitor:
        page = visitor.page
        page.goto(desk.link(carol))
        expect(page.locator(".consent")).to_be_visible()
        both(visitor, "consent")
        tap(page, "Agree and start")
        expect(page.locator(".card img")).to_have_count(3)
        both(visitor, "type")
        for way in ("Draw", "Upload"):
            tap(page, way)
            both(visitor, way.lower())
        tap(page, "Type")
        tap(page, "Adopt and sign")
        for kind in ("stamp", "text"):
            page.locator(f".field.{kind}").tap()
            both(visitor, kind)
            tap(page, "Close")
            expect(page.locator(f".field.{kind}")).to_be_focused()
        page.locator(".field.date").tap()
        expect(page.locator(".field.date.done")).to_be_visible()
        page.locator(".field.date").tap()
        both(visitor, "date")
        tap(page, "Close")
        page.locator(".field.signature").tap()
        both(visitor, "again")
        page.keyboard.press("Escape")
        expect(page.locator(".field.signature")).to_be_focused()
        for item in ("Assign to someone else", "Decline"):
            tap(page, "More")
            tap(page, item)
            expect(page.get_by_role("dialog")).to_be_visible()
            both(visitor, item.split()[0].lower())
            tap(page, "Back")
        page.locator(".field.text").tap()
        page.get_by_role("textbox").fill("Agreed · 同意")
        tap(page, "Save")
        expect(page.get_by_text("3 of 5 · saved")).to_be_visible()
        both(visitor, "half-way")


def test_who_comes_too_early_waits_and_who_comes_too_late_asks_for_a_copy(desk: Desk, chromium: Browser) -> None:
    dan = desk.colleague("Dan Ng", "dan-states@globex.example")
    carol, second = Person(), Person("Dan Ng", email="dan-states@globex.example")
    with Visitor(chromium) as visitor:
        visitor.context.add_cookies(cookies(dan, desk.url))  # type: ignore[arg-type]
        page = visitor.page
        agreement = desk.send(carol, second, ordered=True, pdf=thick())
        path = f"/api/v1/signing/{agreement}"
        eventually(lambda: dan.ask("GET", path).ok)
        page.goto(f"{desk.url}/sign/{agreement}")
        expect(page.get_by_role("heading", name=say("en", "signing.preparing_title"))).to_be_visible()
        visitor.shot("state-preparing-en-1280")
        visitor.expect_accessible()
        expect(page.get_by_role("heading", name=say("en", "signing.not_your_turn_title"))).to_be_focused(timeout=60_000)
        look(visitor, "not-your-turn", "not_your_turn_title")
        link = desk.link(carol)
        desk.demo.sign(Signer("Carol Wu", carol.email, 1, "none"))
        desk.demo.sign(Signer("Dan Ng", second.email, 2, "none"))
        page.goto(link)
        expect(page.get_by_text("You were the last to sign.").or_(page.get_by_text("is ready"))).to_be_visible()
        expect(page.get_by_role("link", name="Download the document")).to_be_visible(timeout=60_000)
        seen = frozenset({link.rpartition("/")[2]})
        mailed = newest(desk.suite.mailbox, carol.email, LINK, seen)
        move(desk, "UPDATE ceremony SET completed_at = ? WHERE id = ?", agreement)
        move(desk, "UPDATE link SET expires_at = ? WHERE expires_at IS NOT NULL AND agreement_id = ?", agreement)
        page.goto(link)
        expect(page.get_by_text("please ask Alice Tan for a copy")).to_be_visible()
        look(visitor, "download-over", "completedTitle")
        page.goto(f"{desk.url}/sign/{mailed}")
        look(visitor, "link-expired", "link_expired_title")
        page.goto(f"{desk.url}/sign/{agreement}")
        expect(page.get_by_text("You find it in your agreements at any time.")).to_be_visible()


def thick() -> bytes:
    """A PDF whose preparation takes long enough to be seen."""
    held = io.BytesIO()
    paper = Canvas(held)
    for number in range(400):
        paper.drawString(72, 700, f"Page {number}")
        paper.showPage()
    paper.save()
    return held.getvalue()
