"""Somebody with an account signs from the console: with a saved signature and a granted seal."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from signet.demo.flow import stamp_image
from tests.browser.desk import Desk, Person, cookies, place
from tests.browser.visitor import Visitor
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(180)]


def test_bob_signs_with_what_he_saved_and_the_seal_he_was_granted(desk: Desk, chromium: Browser) -> None:
    bob = desk.colleague("Bob Lim", "bob@globex.example")
    bob.post("/api/v1/account/signatures", {"kind": "typed", "name": "Bob Lim", "style": "dancing"})
    files = {"image": ("seal.png", stamp_image("Globex"), "image/png")}
    seal = bob.post("/api/v1/seals", None, files=files, data={"name": "Globex"})
    account = bob.get("/api/v1/session")["account"]["account_id"]
    bob.put(f"/api/v1/seals/{seal['id']}/grants", {"account_ids": [account]})
    agreement = desk.send(Person("Bob Lim", fields=(place(), place("stamp", y=0.4)), email="bob@globex.example"))
    eventually(lambda: desk.link(Person(email="bob@globex.example")))
    with Visitor(chromium) as visitor:
        page = visitor.page
        page.goto(f"{desk.url}/sign/{agreement}")
        expect(page).to_have_url(f"{desk.url}/login?next=/sign/{agreement}")
        visitor.context.add_cookies(cookies(bob, desk.url))  # type: ignore[arg-type]
        page.goto(f"{desk.url}/sign/{agreement}")
        page.get_by_role("button", name="Agree and start").click()
        expect(page.get_by_role("button", name="Saved")).to_have_attribute("aria-pressed", "true")
        visitor.shot("desktop-saved")
        visitor.expect_accessible()
        page.get_by_role("button", name="Adopt and sign").click()
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_role("radio", name="Globex")).to_be_checked()
        visitor.expect_accessible()
        page.get_by_role("dialog").get_by_role("button", name="Stamp", exact=True).click()
        page.get_by_role("button", name="Finish").click()
        page.get_by_role("button", name="Sign and finish").click()
        expect(page.get_by_role("link", name="Back to the agreement")).to_be_visible()
    assert eventually(lambda: desk.status(agreement) == "completed", 60, 0.5)
