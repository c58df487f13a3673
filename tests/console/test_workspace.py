"""Management of the workspace: an admin sets it up, an initiator sees what is theirs, somebody is disabled at work."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from signet.demo.flow import stamp_image
from signet.demo.http import Browser as Api
from signet.demo.mail import LINK, newest
from tests.browser.desk import Desk, Person, cookies
from tests.browser.visitor import Visitor, phone
from tests.console.people import at_desk_of
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(300)]
LOGO = {"name": "logo.png", "mimeType": "image/png", "buffer": stamp_image("Nova")}
COLOUR = "rgb(122, 31, 92)"


def at(visitor: Visitor, desk: Desk, person: Api, path: str) -> Page:
    visitor.context.add_cookies(cookies(person, desk.url))  # type: ignore[arg-type]
    visitor.page.goto(f"{desk.url}{path}")
    return visitor.page


def to(page: Page, section: str) -> None:
    """Go to a section of management by its menu."""
    page.get_by_role("button", name="Management").click()
    page.get_by_role("menuitem", name=section).click()


def join(desk: Desk, admin: Api, name: str, email: str) -> Api:
    """Somebody with an account who is an initiator in the admin's workspace now, and works there."""
    person = desk.colleague(name, email)
    told = admin.post("/api/v1/workspace/members", {"name": name, "email": email, "roles": ["initiator"]})
    invitation = eventually(lambda: person.get("/api/v1/invitations")["invitations"])[0]
    person.post(f"/api/v1/invitations/{invitation['id']}/accept")
    here = invitation["workspace_id"]
    eventually(lambda: here in [one["workspace_id"] for one in person.get("/api/v1/session")["workspaces"]])
    person.put("/api/v1/session/workspace", {"workspace_id": here})
    assert told["status"] == "pending"
    return person


def test_an_admin_sets_the_workspace_up_and_everybody_sees_it(desk: Desk, chromium: Browser, tmp_path: Path) -> None:
    nora = desk.colleague("Nora Lim", "nora@nova.example")
    with Visitor(chromium) as visitor:
        page = at(visitor, desk, nora, "/")
        page.get_by_role("button", name="Management").hover()
        expect(page.get_by_role("menuitem")).to_have_text(["Workspace", "Members", "Seals", "Billing overview"])
        page.get_by_role("button", name="Management").press("ArrowDown")
        expect(page.get_by_role("menuitem", name="Workspace")).to_be_focused()
        page.keyboard.press("Enter")
        rename(page)
        set_defaults(page)
        set_look(visitor)
        visitor.expect_accessible()
        drafted(desk, nora)
        as_a_signer(visitor, desk, nora)
        read_log(visitor, desk, tmp_path)
        make_leave_and_close(visitor, desk, nora)


def rename(page: Page) -> None:
    page.get_by_role("button", name="Edit the name").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Nova Pte. Ltd.")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("definition").filter(has_text="Nova Pte. Ltd.")).to_be_visible()


def set_defaults(page: Page) -> None:
    agreements = page.get_by_role("form", name="New agreements")
    agreements.get_by_label("Days to sign").fill("30")
    agreements.get_by_label("7 days before").check()
    agreements.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def set_look(visitor: Visitor) -> None:
    """A colour that is too light is refused as it is typed; what was chosen is seen before it is saved."""
    page = visitor.page
    look = page.get_by_role("region", name="How signers see you")
    look.locator("input[type=file]").set_input_files(LOGO)  # type: ignore[arg-type]
    expect(look.get_by_role("img", name="Nova Pte. Ltd.")).to_have_count(2)
    look.get_by_label("Colour", exact=True).fill("#ffcc00")
    expect(look.get_by_text("White letters could not be read")).to_be_visible()
    expect(look.get_by_role("button", name="Save")).to_be_disabled()
    look.get_by_label("Colour", exact=True).fill("#7a1f5c")
    look.get_by_label("Sender name").fill("Nova Legal")
    expect(look.get_by_text("Nova Legal via Signet")).to_be_visible()
    expect(look.get_by_text("Agree and start")).to_have_css("background-color", COLOUR)
    look.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True).first).to_be_visible()
    visitor.shot("workspace")


def drafted(desk: Desk, nora: Api) -> None:
    """A new draft begins with the defaults."""

    def begun() -> bool:
        draft = nora.get(f"/api/v1/agreements/{nora.post('/api/v1/agreements', {})['id']}")
        left = datetime.fromisoformat(draft["deadline"]) - datetime.now(UTC)
        return draft["reminders"] == [7, 3, 1] and left > timedelta(days=29)

    assert eventually(begun)


def as_a_signer(visitor: Visitor, desk: Desk, nora: Api) -> None:
    """Logo and colour on the signing page and in the mail, which comes in the workspace's name."""
    carol = Person(email="carol@nova-client.example")
    at_desk_of(desk, nora).send(carol)
    link = newest(desk.suite.mailbox, carol.email, LINK)
    (mail,) = desk.suite.mailbox.mails(carol.email)
    assert mail.sender.startswith("Nova Legal via Signet <")  # as the preview said
    assert mail.subject == "Service agreement"
    shown = html.unescape(nora.download(f"/mailbox/{mail.id}").decode())
    assert re.search(rf'<img src="{desk.url}/logos/lgo_\w+\.png" alt="Nova Legal"', shown)
    assert "background-color:#7a1f5c" in shown
    signing = visitor.context.new_page()
    signing.goto(f"{desk.url}/sign/{link}")
    logo = signing.get_by_role("img", name="Nova Pte. Ltd.")
    expect(logo).to_be_visible()
    assert logo.evaluate("one => one.complete && one.naturalWidth > 0")
    expect(signing.get_by_role("button", name="Agree and start")).to_have_css("background-color", COLOUR)
    signing.screenshot(path="build/screenshots/workspace-signing.png")
    signing.close()


def read_log(visitor: Visitor, desk: Desk, tmp_path: Path) -> None:
    page = visitor.page
    page.get_by_role("link", name="Audit log").click()
    rows = page.get_by_role("row")
    expect(rows.filter(has_text="Workspace renamed")).to_contain_text("nora@nova.example")
    expect(rows.filter(has_text="Reminders (days before): 7, 3, 1")).to_have_count(1)
    visitor.shot("workspace-log")
    visitor.expect_accessible()
    page.get_by_label("Kind").select_option("Logo changed")
    expect(rows).to_have_count(2)
    page.get_by_label("Kind").select_option("Workspace: all")
    expect(rows).to_have_count(5)
    expect(page).to_have_url(re.compile("kind=workspace"))
    page.get_by_label("By", exact=True).select_option("System")
    expect(page.get_by_text("Nothing was changed that fits.")).to_be_visible()
    page.get_by_label("By", exact=True).select_option("Nora Lim · nora@nova.example")
    expect(rows).to_have_count(5)
    page.get_by_label("Kind").select_option("All changes")
    page.get_by_label("Person or what was changed").fill("nobody")
    expect(page.get_by_text("Nothing was changed that fits.")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    expect(rows.filter(has_text="Settings changed")).to_have_count(2)
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as waiting:
        page.get_by_role("menuitem", name="CSV").click()
    waiting.value.save_as(tmp_path / "log.csv")
    assert "Nova Pte. Ltd." in (tmp_path / "log.csv").read_text("utf-8-sig")


def make_leave_and_close(visitor: Visitor, desk: Desk, nora: Api) -> None:
    """A further workspace is made and closed; the last admin cannot leave, and open agreements hinder closing."""
    page = visitor.page
    to(page, "Workspace")
    page.get_by_role("button", name="Leave workspace").click()
    page.get_by_role("dialog").get_by_role("button", name="Leave workspace").click()
    expect(page.get_by_role("dialog").get_by_text("This is the last enabled admin.")).to_be_visible()
    page.keyboard.press("Escape")
    close(page, "Nova Pte. Ltd.")
    expect(page.get_by_role("dialog").get_by_text("Agreements of this workspace are still open")).to_be_visible()
    expect(page.get_by_role("link", name="See the open agreements")).to_be_visible()
    page.keyboard.press("Escape")
    other = page.context.new_page()
    other.goto(f"{desk.url}/management/workspace")
    expect(other.get_by_role("definition").filter(has_text="Nova Pte. Ltd.")).to_be_visible()
    page.get_by_role("button", name="Account: ").click()
    page.get_by_role("menuitem", name="Workspace").click()
    page.get_by_role("button", name="New workspace").click()
    page.get_by_role("dialog").get_by_label("Name of the workspace").fill("Second")
    page.get_by_role("dialog").get_by_role("button", name="Make a workspace").click()
    expect(page.get_by_role("definition").filter(has_text="Second")).to_be_visible()
    follow(other, nora)
    close(page, "Second")
    expect(page.get_by_role("definition").filter(has_text="Nova Pte. Ltd.")).to_be_visible()
    assert [one["name"] for one in nora.get("/api/v1/session")["workspaces"]] == ["Nova Pte. Ltd."]


def follow(other: Page, nora: Api) -> None:
    """What another tab still shows of the workspace before is not written to the one the session works in now."""
    other.get_by_role("form", name="New agreements").get_by_role("button", name="Save").click()
    expect(other.get_by_role("definition").filter(has_text="Second")).to_be_visible()
    assert set(nora.get("/api/v1/workspace")["settings"].values()) == {None}
    other.close()


def close(page: Page, name: str) -> None:
    page.get_by_role("button", name="Close workspace").click()
    page.get_by_role("dialog").get_by_label("to confirm").fill(name)
    page.get_by_role("dialog").get_by_role("button", name="Close workspace").click()


def test_an_initiator_sees_what_is_theirs_until_they_are_made_admin_or_disabled(
    desk: Desk, chromium: Browser, playwright: Playwright
) -> None:
    olga = desk.colleague("Olga Ng", "olga@orbit.example")
    ivan = join(desk, olga, "Ivan Ho", "ivan@orbit.example")
    (member,) = (one for one in olga.get("/api/v1/workspace/members")["items"] if one["email"] == "ivan@orbit.example")
    address = f"/api/v1/workspace/members/{member['id']}"
    with Visitor(chromium, **phone(playwright, viewport={"width": 360, "height": 740})) as visitor:
        page = at(visitor, desk, ivan, "/")
        page.get_by_role("button", name="Management").tap()
        expect(page.get_by_role("menuitem")).to_have_text(["Seals", "Billing overview"])
        visitor.shot("management-phone")
        visitor.expect_accessible()
        page.get_by_role("menuitem", name="Billing overview").tap()
        expect(page.get_by_role("heading", name="Billing")).to_be_visible()
        expect(page.get_by_role("button", name="See validity")).to_be_hidden()
        for path in ("/management/workspace", "/management/workspace/log"):
            page.goto(desk.url + path)
            expect(page.get_by_role("heading", name="This page does not exist")).to_be_visible()
        olga.ask("PATCH", address, json={"roles": ["admin", "initiator"]}).raise_for_status()
        eventually(lambda: "admin" in ivan.get("/api/v1/session")["workspace"]["roles"])
        page.get_by_role("link", name="Agreements").tap()
        page.get_by_role("button", name="Management").tap()
        expect(page.get_by_role("menuitem")).to_have_count(4)
        page.get_by_role("menuitem", name="Workspace").tap()
        expect(page.get_by_role("heading", name="How signers see you")).to_be_visible()
        visitor.shot("workspace-phone")
        olga.ask("PATCH", address, json={"status": "disabled"}).raise_for_status()
        eventually(lambda: ivan.ask("GET", "/api/v1/session").status_code == 401)
        page.get_by_role("form", name="New agreements").get_by_role("button", name="Save").tap()
        expect(page.get_by_role("heading", name="Log in to Signet")).to_be_visible()
