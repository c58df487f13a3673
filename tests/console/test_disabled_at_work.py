"""Somebody is disabled in the middle of their work: nothing more can be done, and what they did is not lost."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser, Page, expect

from signet.demo.flow import stamp_image
from signet.demo.http import Browser as Session
from tests.browser.desk import Desk, Person, place
from tests.browser.visitor import Visitor
from tests.console.people import PDF, at_desk_of, fill_signer, id_of, saved, upload
from tests.console.test_members import logged_in
from tests.console.test_workspace import join
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(240)]
MEMBERS = "/api/v1/workspace/members"
IVO = "ivo@wonka.example"


def test_ivo_is_disabled_while_he_writes_an_agreement_and_holds_the_seal_over_another(
    desk: Desk, chromium: Browser
) -> None:
    wilma = desk.colleague("Wilma Ang", "wilma@wonka.example")
    ivo = join(desk, wilma, "Ivo Ng", IVO)
    ivo.post("/api/v1/account/signatures", {"kind": "typed", "name": "Ivo Ng", "style": "dancing"})
    agreement = to_be_stamped_by_ivo(desk, wilma)
    with Visitor(chromium) as visitor:
        writing = logged_in(visitor, desk, ivo, "")
        upload(writing, PDF)
        fill_signer(writing, 1, "Jo Tan", "jo@elsewhere.example")
        saved(writing)
        draft = id_of(writing)
        signing = visitor.reopen()
        stamp(signing, desk, agreement)
        (member,) = wilma.get(f"{MEMBERS}?search=ivo")["items"]
        wilma.ask("PATCH", f"{MEMBERS}/{member['id']}", json={"status": "disabled"}).raise_for_status()
        done = time.monotonic()
        eventually(lambda: ivo.ask("GET", "/api/v1/session").status_code == 401)
        mailed = Session(desk.url, desk.link(Person(email=IVO)).rpartition("/")[2])
        eventually(lambda: mailed.ask("GET", "/api/v1/signing/link").status_code == 410)
        assert time.monotonic() - done < 2
        signing.get_by_role("button", name="Finish").click()
        signing.get_by_role("button", name="Sign and finish").click()
        expect_to_be_out(visitor, signing)
        visitor.shot("disabled-signing")
        writing.get_by_role("group", name="Signer 1", exact=True).get_by_label("Name").fill("Jo Tan-Lee")
        expect_to_be_out(visitor, writing)
    assert wilma.get(f"/api/v1/agreements/{agreement}")["status"] != "completed"
    assert wilma.ask("DELETE", f"{MEMBERS}/{member['id']}").status_code == 204
    to = wilma.get("/api/v1/session")["account"]["account_id"]
    both = {"from_account_id": member["account_id"], "to_account_id": to}
    assert wilma.post("/api/v1/agreements/handover", both) == {"count": 1}
    kept = wilma.get(f"/api/v1/agreements/{draft}")
    assert [(one["name"], one["email"]) for one in kept["recipients"]] == [("Jo Tan", "jo@elsewhere.example")]
    assert len(kept["documents"]) == 1


def to_be_stamped_by_ivo(desk: Desk, wilma: Session) -> str:
    """An agreement of the company, which Ivo is to stamp with its seal."""
    files = {"image": ("seal.png", stamp_image("Wonka"), "image/png")}
    seal = wilma.post("/api/v1/seals", None, files=files, data={"name": "Wonka"})
    (ivo,) = wilma.get(f"{MEMBERS}?search=ivo")["items"]
    wilma.put(f"/api/v1/seals/{seal['id']}/grants", {"account_ids": [ivo["account_id"]]})
    return at_desk_of(desk, wilma).send(Person("Ivo Ng", fields=(place(), place("stamp", y=0.4)), email=IVO))


def stamp(page: Page, desk: Desk, agreement: str) -> None:
    """Sign, put the company's seal into its field, and do not finish."""
    eventually(lambda: desk.link(Person(email=IVO)))
    page.goto(f"{desk.url}/sign/{agreement}")
    page.get_by_role("button", name="Agree and start").click()
    page.get_by_role("button", name="Adopt and sign").click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("radio", name="Wonka")).to_be_checked()
    page.get_by_role("dialog").get_by_role("button", name="Stamp", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def expect_to_be_out(visitor: Visitor, page: Page) -> None:
    """The page asks to log in, and says nothing that frightens."""
    expect(page.get_by_role("heading", name="Log in to Signet")).to_be_visible()
    visitor.page = page
    visitor.expect_accessible()
