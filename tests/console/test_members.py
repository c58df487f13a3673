"""Management of members: invited and in without a reload, changed, gone at once; many by hand and by file; seats."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from signet.demo.http import Browser as Session
from signet.demo.mail import newest
from tests.browser.desk import PASSWORD, Desk, Person, cookies
from tests.browser.visitor import Visitor, phone
from tests.console.people import as_alice, at_desk_of
from tests.console.test_invitation import LINK
from tests.console.test_workspace import join
from tests.suite.harness import Embedded
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(240)]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
TITLES = {"en": "Add several", "zh-Hans": "批量添加", "zh-Hant": "批次新增"}


def logged_in(visitor: Visitor, desk: Desk, session: Session, path: str) -> Page:
    """A page of somebody who is logged in."""
    visitor.context.add_cookies(cookies(session, desk.url))  # type: ignore[arg-type]
    visitor.page.goto(f"{desk.url}/{path}")
    return visitor.page


def choose(page: Page, name: str, item: str) -> None:
    """Choose in the menu of a member."""
    page.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def look(visitor: Visitor, name: str) -> None:
    """axe is content, at a desk and on a phone, and nothing sticks out there."""
    visitor.expect_accessible()
    visitor.shot(f"{name}-1280")
    visitor.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
    visitor.expect_accessible()
    visitor.shot(f"{name}-360")
    visitor.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


def accept(page: Page, link: str) -> None:
    """Follow a mailed link, set a password, be in."""
    page.goto(link)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("I agree to").check()
    page.get_by_role("button", name="Create account and join").click()
    expect(page.get_by_role("heading", name="To do")).to_be_visible()


def test_a_member_is_invited_joins_is_changed_disabled_enabled_and_removed(desk: Desk, chromium: Browser) -> None:
    uma = desk.colleague("Uma Rao", "uma@stark.example")
    with Visitor(chromium) as visitor, Visitor(chromium) as other:
        page = logged_in(visitor, desk, uma, "management/members")
        invite(page, "Vik Bose", "vik@stark.example")
        row = page.get_by_role("row", name="Vik Bose")
        expect(row).to_contain_text("pending")
        accept(other.page, newest(desk.suite.mailbox, "vik@stark.example", LINK))
        expect(row).to_contain_text("enabled")  # without a reload
        other.page.goto(f"{desk.url}/management/members")
        expect(other.page.get_by_role("heading", name="Members are managed by admins")).to_be_visible()
        other.expect_accessible()
        the_last_admin_is_safe(visitor)
        rename_and_search(visitor)
        vik = Session(desk.url)
        vik.log_in("vik@stark.example", PASSWORD)
        left = at_desk_of(desk, vik).send(Person())
        disable_and_enable(visitor, other)
        choose(page, "Vikram Bose", "Remove")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Hand open agreements over to").click()
        page.get_by_role("option", name="uma@stark.example").click()
        look(visitor, "members-remove")
        dialog.get_by_role("button", name="Remove").click()
        expect(page.get_by_text("Vikram Bose is removed. 1 agreement was handed over.")).to_be_visible()
        expect(page.get_by_role("row", name="Vikram Bose")).to_have_count(0)
        assert uma.get(f"/api/v1/agreements/{left}")["initiator"]["email"] == "uma@stark.example"


def invite(page: Page, name: str, email: str) -> None:
    """Add somebody by the dialog, which says what is missing."""
    page.get_by_role("button", name="Add member").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("button", name="Send invitation").click()
    expect(dialog.get_by_text("Please enter a valid e-mail address.")).to_be_visible()
    dialog.get_by_label("E-mail").fill(email)
    dialog.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_text(f"An invitation is on its way to {email}.")).to_be_visible()


def the_last_admin_is_safe(visitor: Visitor) -> None:
    """What cannot be done with the only admin is told where it would be done."""
    page = visitor.page
    page.get_by_role("button", name="More for Uma Rao").click()
    expect(page.get_by_text("The only admin cannot be disabled")).to_be_visible()
    for item in ("Disable", "Remove"):
        expect(page.get_by_role("menuitem", name=item)).to_be_disabled()
    visitor.expect_accessible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Edit Uma Rao").click()
    expect(page.get_by_role("dialog").get_by_role("checkbox", name="Admin")).to_be_disabled()
    page.keyboard.press("Escape")


def rename_and_search(visitor: Visitor) -> None:
    """Another name and a second role; found by search and filters, which the address keeps."""
    page = visitor.page
    page.get_by_role("button", name="Edit Vik Bose").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Vikram Bose")
    dialog.get_by_role("checkbox", name="Admin").check()
    look(visitor, "members-edit")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Vikram Bose")).to_contain_text("Admin, Initiator")
    page.get_by_label("Search by name or e-mail").fill("vikr")
    expect(page.get_by_text("1 member", exact=True)).to_be_visible()
    page.get_by_label("Status").select_option("disabled")
    expect(page.get_by_text("No member fits.")).to_be_visible()
    assert page.url.endswith("?q=vikr&status=disabled")
    page.go_back()
    expect(page.get_by_text("1 member", exact=True)).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_text("2 members", exact=True)).to_be_visible()
    look(visitor, "members")


def disable_and_enable(visitor: Visitor, other: Visitor) -> None:
    """The open browser of somebody who is disabled goes to the log-in page by itself."""
    page = visitor.page
    other.page.goto(other.page.url.split("/management")[0])
    expect(other.page.get_by_role("heading", name="To do")).to_be_visible()
    choose(page, "Vikram Bose", "Disable")
    page.get_by_role("dialog").get_by_role("button", name="Disable").click()
    row = page.get_by_role("row", name="Vikram Bose")
    expect(row).to_contain_text("disabled")
    expect(other.page.get_by_role("heading", name="Log in to Signet")).to_be_visible()
    choose(page, "Vikram Bose", "Enable")
    expect(row).to_contain_text("enabled")


def test_many_are_added_by_hand_and_by_a_file_that_is_corrected(desk: Desk, chromium: Browser, tmp_path: Path) -> None:
    wen = desk.colleague("Wen Li", "wen@wayne.example")
    with Visitor(chromium) as visitor:
        page = logged_in(visitor, desk, wen, "management/members/import")
        by_hand(visitor)
        page.get_by_role("link", name="Members", exact=True).click()
        page.get_by_role("link", name="Add several").click()
        page.get_by_role("tab", name="By file").click()
        corrected = by_file(visitor, tmp_path)
        speaks_every_language(visitor, desk, wen)
        page.get_by_role("button", name="Continue with another file").click()
        give(page, corrected)
        expect(page.get_by_role("heading", name="3 people can be added")).to_be_visible()
        page.get_by_role("button", name="Finish: invite 3 people").click()
        expect(page.get_by_role("heading", name="3 people were invited")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="3 people were invited")).to_be_visible()
        look(visitor, "members-import-done")
        page.get_by_role("link", name="See who was invited").click()
        expect(page.get_by_text("5 members", exact=True)).to_be_visible()
    assert newest(desk.suite.mailbox, "cara@wayne.example", LINK)


def fill(page: Page, number: int, **values: str) -> None:
    """Fill in a row."""
    row = page.get_by_role("group", name=f"Person {number}", exact=True)
    for label, text in values.items():
        row.get_by_label({"name": "Name", "email": "E-mail", "phone": "Phone"}[label]).fill(text)


def by_hand(visitor: Visitor) -> None:
    """Typed and pasted rows, of which one is faulty at first; nobody is invited before it is corrected."""
    page = visitor.page
    fill(page, 1, name="Xia Chen", email="xia@wayne")
    page.get_by_role("button", name="Paste from a table").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Name\tE-mail\tRoles\tPhone\nYan Wu\tyan@wayne.example\tAdmin\t+65 8123 4567")
    dialog.get_by_role("button", name="Take 1 row").click()
    expect(page.get_by_role("group", name="Person 2").get_by_label("Roles")).to_have_value("admin")
    page.get_by_role("button", name="Remove row 3").click()
    page.get_by_role("button", name="Check 2 people").click()
    expect(page.get_by_text("1 row has to be corrected.")).to_be_visible()
    expect(page.get_by_text("The e-mail address is not valid.")).to_be_visible()
    look(visitor, "members-by-hand")
    page.reload()
    expect(page.get_by_role("group", name="Person 2").get_by_label("Name")).to_have_value("Yan Wu")
    fill(page, 1, email="xia@wayne.example")
    page.get_by_role("button", name="Check 2 people").click()
    page.get_by_role("button", name="Finish: invite 2 people").click()
    expect(page.get_by_role("heading", name="2 people were invited")).to_be_visible()


def by_file(visitor: Visitor, folder: Path) -> Any:
    """The template filled in with two faulty rows; what failed is downloaded, and given back corrected."""
    page = visitor.page
    look(visitor, "members-by-file")
    with page.expect_download() as told:
        page.get_by_role("button", name="Template for Excel").click()
    told.value.save_as(folder / "members.xlsx")
    book = openpyxl.load_workbook(folder / "members.xlsx")
    assert book.active is not None
    for row in (("Ann Lim", "ann@wayne.example", "Initiator", ""), ("Ben", "ben@wayne", "Admin", ""),
                ("Cara", "cara@wayne.example", "Chef", "")):  # fmt: skip
        book.active.append(row)
    book.save(folder / "members.xlsx")
    give(page, folder / "members.xlsx")
    expect(page.get_by_role("heading", name="1 person can be added")).to_be_visible()
    expect(page.get_by_role("row", name="ben@wayne")).to_contain_text("The e-mail address is not valid.")
    page.reload()
    page.get_by_role("button", name="Download failures").click()
    with page.expect_download() as told:
        page.get_by_role("menuitem", name="Text (CSV)").click()
    assert told.value.suggested_filename == "failures.csv"
    text = told.value.path().read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows] == ["Name", "Ben", "Cara"]
    assert "role is not known" in rows[2][-1]
    good = text.replace("ben@wayne", "ben@wayne.example").replace("Chef", "Initiator")
    return {"name": "corrected.csv", "mimeType": "text/csv", "buffer": good.encode()}


def give(page: Page, file: Any) -> None:
    """Choose a file in the box that is shown."""
    page.locator("input[type=file]").last.set_input_files(file)


def speaks_every_language(visitor: Visitor, desk: Desk, session: Session) -> None:
    """The result in three languages; English comes last, for what follows."""
    for language in ("zh-Hant", "zh-Hans", "en"):
        session.put("/api/v1/account/preferences", {"language": language})
        visitor.page.reload()
        expect(visitor.page.get_by_role("heading", level=1, name=TITLES[language])).to_be_visible()
        expect(visitor.page.get_by_role("table")).to_be_visible()
        look(visitor, f"members-import-{language}")


def test_many_members_are_paged_found_invited_again_and_their_work_handed_over(desk: Desk, chromium: Browser) -> None:
    zoe = desk.colleague("Zoe Tay", "zoe@tyrell.example")
    ian = join(desk, zoe, "Ian Ma", "ian@tyrell.example")
    left = at_desk_of(desk, ian).send(Person())
    add_many(zoe, 58)
    with Visitor(chromium) as visitor:
        page = logged_in(visitor, desk, zoe, "management/members")
        pages_and_filters_are_in_the_address(visitor)
        who_does_not_come_is_invited_again(visitor, desk, chromium)
        page.goto(f"{desk.url}/management/members?q=ian@&status=enabled")
        choose(page, "Ian Ma", "Disable")
        page.get_by_role("dialog").get_by_role("button", name="Disable").click()
        expect(page.get_by_text("No member fits.")).to_be_visible()
        page.get_by_label("Status").select_option("disabled")
        choose(page, "Ian Ma", "Hand over agreements")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("To", exact=True).click()
        page.get_by_role("option", name="zoe@tyrell.example").click()
        look(visitor, "members-hand-over")
        dialog.get_by_role("button", name="Hand over agreements").click()
        expect(page.get_by_text("1 agreement was handed over.")).to_be_visible()
    assert zoe.get(f"/api/v1/agreements/{left}")["initiator"]["email"] == "zoe@tyrell.example"


def add_many(admin: Session, count: int) -> None:
    """Invite many, of whom every second is an admin."""
    roles = ("admin", "initiator")
    rows = [{"name": f"Mia {n:02}", "email": f"mia{n:02}@tyrell.example", "roles": roles[n % 2]} for n in range(count)]
    made = admin.post("/api/v1/workspace/imports", {"rows": rows})
    admin.post(f"/api/v1/workspace/imports/{made['id']}/finish")
    eventually(lambda: admin.get(f"/api/v1/workspace/imports/{made['id']}")["status"] == "done", timeout=60)


def pages_and_filters_are_in_the_address(visitor: Visitor) -> None:
    """Twenty a page, or more; what is looked for outlives a reload, and begins at the first page."""
    page = visitor.page
    rows = page.locator("tbody tr")
    expect(page.get_by_text("60 members", exact=True)).to_be_visible()
    expect(rows).to_have_count(20)
    page.get_by_role("link", name="Next").click()
    expect(rows.first).to_contain_text("Mia 18")
    look(visitor, "members-paged")
    page.get_by_label("Page size").select_option("50")
    expect(rows).to_have_count(50)
    expect(page).to_have_url(re.compile(r"\?size=50$"))
    page.get_by_role("link", name="Next").click()
    expect(rows).to_have_count(10)
    page.get_by_label("Role").select_option("admin")
    page.get_by_label("Status").select_option("pending")
    page.get_by_label("Search by name or e-mail").fill("mia 0")
    expect(page.get_by_text("5 members", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?size=50&role=admin&status=pending&q=mia\+0$"))
    page.reload()
    expect(page.get_by_label("Role")).to_have_value("admin")
    expect(rows).to_have_count(5)
    page.goto(f"{page.url}&page=7")
    expect(rows).to_have_count(5)
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_text("60 members", exact=True)).to_be_visible()
    expect(rows).to_have_count(50)


def who_does_not_come_is_invited_again(visitor: Visitor, desk: Desk, chromium: Browser) -> None:
    """A moment after the mail it is too soon; when a week has gone the link is dead, and a new one is sent."""
    page = visitor.page
    first = newest(desk.suite.mailbox, "mia01@tyrell.example", LINK)
    page.get_by_label("Search by name or e-mail").fill("mia01@")
    choose(page, "Mia 01", "Invite again")
    expect(page.get_by_text("The invitation was sent a moment ago")).to_be_visible()
    age_invitations(desk)
    expect(page.get_by_role("row", name="Mia 01")).to_contain_text("invitation expired")
    with Visitor(chromium, locale="zh-Hans") as other:
        other.page.goto(first)
        expect(other.page.get_by_role("heading", name="此邀请已过期")).to_be_visible()
        other.expect_accessible()
        choose(page, "Mia 01", "Invite again")
        expect(page.get_by_text("A new invitation is on its way to mia01@tyrell.example.")).to_be_visible()
        expect(page.get_by_role("row", name="Mia 01")).to_contain_text("invited until")
        other.page.goto(newest(desk.suite.mailbox, "mia01@tyrell.example", LINK, frozenset({first})))
        other.page.get_by_label("密码", exact=True).fill(PASSWORD)
        other.page.get_by_label("我同意").check()
        other.page.get_by_role("button", name="创建账户并加入").click()
        expect(other.page.get_by_role("heading", name="待办中心")).to_be_visible()
        other.page.goto(f"{desk.url}/management/members/import")
        expect(other.page.get_by_role("heading", name="成员由管理员管理")).to_be_visible()
        other.expect_accessible()
    expect(page.get_by_role("row", name="Mia 01")).to_contain_text("enabled")


def age_invitations(desk: Desk) -> None:
    """A week and a day go by for every invitation."""
    with closing(sqlite3.connect(desk.suite.home / "workspace.db", timeout=30)) as books, books:
        moved = ", ".join(f"{one} = datetime({one}, '-8 days') || '.000000'" for one in ("sent_at", "expires_at"))
        books.execute(f"UPDATE invitations SET {moved} WHERE accepted_at IS NULL")


def test_a_table_is_dropped_its_encoding_chosen_and_the_list_discarded(
    desk: Desk, chromium: Browser, playwright: Playwright
) -> None:
    yuri = desk.colleague("Yuri Ong", "yuri@cyberdyne.example")
    head = "Name,E-mail,Roles\r\n"
    with Visitor(chromium, **phone(playwright, viewport=PHONE)) as visitor:
        page = logged_in(visitor, desk, yuri, "management/members/import?by=file")
        table = {"name": "p.csv", "mimeType": "text/csv", "buffer": f"{head}金多,wu@x.example,Admin".encode("gb18030")}
        give(page, table)
        expect(page.get_by_text("The encoding of this file's text is not clear.")).to_be_visible()
        expect(page.get_by_text("Choose a file", exact=True)).to_be_visible()
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        visitor.expect_accessible()
        visitor.shot("members-encoding-360")
        page.get_by_label("Text encoding").select_option("gb18030")
        give(page, table)
        expect(page.get_by_role("heading", name="1 person can be added")).to_be_visible()
        expect(page.get_by_role("cell", name="金多")).to_be_visible()
        visitor.expect_accessible()
        visitor.shot("members-list-360")
        page.goto(f"{desk.url}/management/members/import")
        expect(page.get_by_text("A list is not finished")).to_be_visible()
        page.get_by_role("link", name="Go on").tap()
        page.get_by_role("button", name="Discard list").tap()
        expect(page).to_have_url(re.compile("/members/import$"))
        expect(page.get_by_text("A list is not finished")).to_have_count(0)
    with Visitor(chromium) as visitor:
        page = logged_in(visitor, desk, yuri, "management/members/import?by=file")
        drop(page, "people.csv", f"{head}Tom,tom@x.example,Admin\r\nNo,nobody,Admin\r\n")
        expect(page.get_by_role("row", name="nobody")).to_contain_text("The e-mail address is not valid.")
        page.get_by_text("Can be added (1)").click()
        expect(page.get_by_role("row", name="tom@x.example")).to_be_visible()
        look(visitor, "members-dropped")


def drop(page: Page, name: str, text: str) -> None:
    """Drag a file over the box and let it go there."""
    box = page.locator("label.drop")
    files = page.evaluate_handle(
        "([name, text]) => { const data = new DataTransfer(); data.items.add(new File([text], name)); return data }",
        [name, text],
    )
    box.dispatch_event("dragover", {"dataTransfer": files})
    expect(box).to_have_attribute("data-accept", "true")
    box.dispatch_event("drop", {"dataTransfer": files})


@pytest.fixture(scope="module")
def shop() -> Iterator[Desk]:
    """A suite that sells plans: the trial has five seats."""
    with Embedded(BILLING="plans", PAYMENTS="sandbox") as running:
        yield Desk(running)


def test_with_no_seat_left_nobody_is_added_and_billing_is_a_click_away(shop: Desk, chromium: Browser) -> None:
    for number in range(3):
        form = {"name": f"Dan {number}", "email": f"dan{number}@acme.example", "roles": ["initiator"]}
        shop.alice.post("/api/v1/workspace/members", form)
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, shop)
        page.goto(f"{shop.url}/management/members/import")
        for number, name in enumerate(("Eli", "Flo"), 1):
            fill(page, number, name=name, email=f"{name.lower()}@acme.example")
        page.get_by_role("button", name="Check 2 people").click()
        expect(page.get_by_text("Only 1 seat is left")).to_be_visible()
        page.get_by_role("button", name="Finish: invite 2 people").click()
        expect(page.get_by_role("heading", name="1 person was invited")).to_be_visible()
        expect(page.get_by_role("row", name="flo@acme.example")).to_contain_text("No seat is left.")
        look(visitor, "members-no-seat-import")
        page.get_by_role("link", name="Members", exact=True).click()
        expect(page.get_by_text("5 of 5 seats")).to_be_visible()
        look(visitor, "members-no-seat")
        choose(page, "Eli", "Withdraw invitation")
        page.get_by_role("dialog").get_by_role("button", name="Withdraw invitation").click()
        expect(page.get_by_text("4 of 5 seats")).to_be_visible()
        invite(page, "Gus", "gus@acme.example")
        expect(page.get_by_text("5 of 5 seats")).to_be_visible()
        page.get_by_role("button", name="Add member").click()
        page.get_by_role("dialog").get_by_role("link", name="Buy seats").click()
        expect(page.get_by_role("heading", name="Purchase")).to_be_visible()
