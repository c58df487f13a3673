"""Management of seals: an admin makes one from the company's name, authorises, stamps with it and takes it away."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from signet.demo.flow import stamp_image
from signet.demo.http import Browser as Api
from tests.browser.desk import Desk, Person, cookies, place
from tests.browser.visitor import Visitor
from tests.console.test_workspace import join
from tests.documents.test_stamps_true import RENDERERS, measured
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(300)]
NAME = "深圳市星河科技有限公司"


def choose(page: Page, seal: str, item: str) -> None:
    page.get_by_role("button", name=f"More for {seal}").click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def make_round(visitor: Visitor) -> None:
    """A company seal from its words, seen before it is made."""
    page = visitor.page
    page.get_by_role("button", name="Create seal").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Company name").fill(NAME)
    dialog.get_by_label("Line below").fill("合同专用章")
    dialog.get_by_label("Number", exact=True).fill("4403051234567")
    expect(dialog.get_by_alt_text("The seal as it will look")).to_be_visible()
    visitor.shot("seals-create")
    visitor.expect_accessible()
    dialog.get_by_role("button", name="Create seal").click()
    expect(page.get_by_alt_text(f"Seal “{NAME}”")).to_be_visible()


def test_an_admin_makes_authorises_uses_withdraws_and_deletes_a_seal(
    desk: Desk, chromium: Browser, tmp_path: Path
) -> None:
    lin = desk.colleague("Lin Wei", "lin@galaxy.example")
    mei = join(desk, lin, "Mei Chan", "mei@galaxy.example")
    lin.post("/api/v1/account/signatures", {"kind": "typed", "name": "Lin Wei", "style": "dancing"})
    fields = place(page=0, y=0.3), place("stamp", page=0, y=0.6)
    signed, waiting = (desk.send(Person("Lin Wei", fields=fields, email="lin@galaxy.example")) for _ in range(2))
    eventually(lambda: desk.link(Person(email="lin@galaxy.example")))
    with Visitor(chromium) as visitor, Visitor(chromium, viewport={"width": 360, "height": 740}) as phone:
        page = visitor.page
        visitor.context.add_cookies(cookies(lin, desk.url))  # type: ignore[arg-type]
        page.goto(f"{desk.url}/management/seals")
        expect(page.get_by_text("No seals yet.")).to_be_visible()
        make_round(visitor)
        as_initiator(phone, desk, mei, None)
        authorise(visitor)
        as_initiator(phone, desk, mei, NAME)
        stamp(page, desk, signed)
        visitor.shot("seals-signing")
        page.get_by_role("button", name="Finish").click()
        page.get_by_role("button", name="Sign and finish").click()
        expect(page.get_by_role("link", name="Back to the agreement")).to_be_visible()
        withdrawn_while_open(visitor, desk, waiting)
        page.goto(f"{desk.url}/management/seals")
        choose(page, NAME, "Use log")
        expect(page.get_by_role("dialog").get_by_role("link", name="Service agreement")).to_have_count(1)
        visitor.expect_accessible()
        page.keyboard.press("Escape")
        edit(page)
        from_an_image(visitor)
        found_and_deleted(visitor)
        as_initiator(phone, desk, mei, None)
        remembered(visitor)
        in_the_audit_log(page, desk)
    assert eventually(lambda: desk.status(signed) == "completed", 60, 0.5)
    printed(tmp_path / "signed.pdf", desk.file(signed))


def authorise(visitor: Visitor) -> None:
    """Several at once."""
    choose(visitor.page, NAME, "Authorise")
    dialog = visitor.page.get_by_role("dialog")
    for email in ("lin@galaxy.example", "mei@galaxy.example"):
        dialog.get_by_role("checkbox", name=email).check()
    visitor.expect_accessible()
    dialog.get_by_role("button", name="Authorise").click()
    expect(dialog).to_be_hidden()


def as_initiator(phone: Visitor, desk: Desk, who: Api, seal: str | None) -> None:
    """Who manages nothing sees the seals they may use, on a phone, and can only look at them."""
    page = phone.page
    phone.context.add_cookies(cookies(who, desk.url))  # type: ignore[arg-type]
    page.goto(f"{desk.url}/management/seals?show=deleted")
    if seal is None:
        expect(page.get_by_text("You are not authorised to use a seal.")).to_be_visible()
    else:
        expect(page.get_by_alt_text(f"Seal “{seal}”")).to_be_visible()
        expect(page.get_by_text("1 seal", exact=True)).to_be_visible()
    for name in ("Create seal", f"More for {seal}"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    expect(page.get_by_label("Which seals")).to_have_count(0)
    phone.expect_accessible()


def stamp(page: Page, desk: Desk, agreement: str) -> None:
    """Open an agreement and put the seal into it."""
    page.goto(f"{desk.url}/sign/{agreement}")
    page.get_by_role("button", name="Agree and start").click()
    page.get_by_role("button", name="Adopt and sign").click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("radio", name=NAME)).to_be_checked()
    page.get_by_role("dialog").get_by_role("button", name="Stamp", exact=True).click()
    expect(page.locator(".field.stamp.done img")).to_be_visible()
    page.wait_for_function("() => [...document.images].every((one) => one.complete || one.loading === 'lazy')")


def withdrawn_while_open(visitor: Visitor, desk: Desk, agreement: str) -> None:
    """The seal is in the field of an open page when it is taken away in the console."""
    signing = visitor.page
    stamp(signing, desk, agreement)
    console = visitor.context.new_page()
    console.goto(f"{desk.url}/management/seals")
    choose(console, NAME, "Manage")
    console.get_by_role("button", name="Withdraw from Lin Wei").click()
    expect(console.get_by_role("button", name="Withdraw from Lin Wei")).to_have_count(0)
    expect(console.get_by_role("button", name="Withdraw from Mei Chan")).to_be_visible()
    console.close()
    signing.get_by_role("button", name="Finish").click()
    signing.get_by_role("button", name="Sign and finish").click()
    refused = signing.get_by_text(re.compile("(may not|not authorised to) use this seal"))
    expect(refused.first).to_be_visible()


def edit(page: Page) -> None:
    """Another name and size, and nothing else; the height follows."""
    choose(page, NAME, "Edit")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("input")).to_have_count(2)
    dialog.get_by_label("Name").fill("公章")
    dialog.get_by_label("Width in mm").fill("40")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".seal-card")).to_contain_text("40 × 40 mm")


def from_an_image(visitor: Visitor) -> None:
    """A second seal, from a picture."""
    page = visitor.page
    page.get_by_role("button", name="Create seal").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="From an image").click()
    file = {"name": "seal.png", "mimeType": "image/png", "buffer": stamp_image("Galaxy")}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(dialog.get_by_alt_text("The seal as it will look")).to_be_visible()
    dialog.get_by_label("Name").fill("Galaxy")
    dialog.get_by_role("button", name="Create seal").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("2 seals")).to_be_visible()
    visitor.expect_accessible()
    visitor.shot("seals")


def found_and_deleted(visitor: Visitor) -> None:
    """On a phone: found by part of the name and by the whole id; the one that was used is deleted."""
    page = visitor.page
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.get_by_text("2 seals")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    visitor.shot("seals-phone")
    search, cards = page.get_by_label("Search by name or id"), page.locator(".seal-card")
    search.fill("galaxy")
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("Galaxy")
    search.fill("")
    expect(cards).to_have_count(2)
    search.fill(cards.filter(has_text="公章").locator(".seal-id").inner_text())
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("40 × 40 mm")
    choose(page, "公章", "Delete")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No seal fits.")).to_be_visible()


def remembered(visitor: Visitor) -> None:
    """The deleted seal is listed apart, and who used it can be read still."""
    page = visitor.page
    page.get_by_label("Search by name or id").fill("")
    page.get_by_label("Which seals").select_option("Deleted seals")
    expect(page.locator(".seal-card")).to_have_count(1)
    expect(page.get_by_role("button", name="More for 公章")).to_have_count(0)
    page.get_by_role("button", name="Use log: 公章").click()
    expect(page.get_by_role("dialog").get_by_role("link", name="Service agreement")).to_have_count(1)
    visitor.expect_accessible()
    visitor.shot("seals-deleted-phone")
    page.keyboard.press("Escape")


def in_the_audit_log(page: Page, desk: Desk) -> None:
    """Everything that was done with seals, by whom, the newest first."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{desk.url}/management/workspace/log?kind=seals")
    lines = [
        ("Seal deleted", "公章"), ("Seal created", "Galaxy"), ("Seal changed", f"公章Name before: {NAME}"),
        ("Seal withdrawn from a member", NAME), ("Seal used", f"{NAME}Agreement: Service agreement"),
        ("Member authorised to use a seal", NAME), ("Member authorised to use a seal", NAME), ("Seal created", NAME),
    ]  # fmt: skip
    told = page.locator("tbody td.title")
    expect(told).to_have_text([re.compile(f"^{title} ?{re.escape(subject)}") for title, subject in lines])
    expect(page.locator("tbody tr").filter(has_text="lin@galaxy.example")).to_have_count(len(lines))


def printed(path: Path, document: bytes) -> None:
    """The seal of 42 mm is 42 mm in the finished document, whichever renderer measures."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        assert any("/XObject" in one.AP.N.get("/Resources", {}) for one in pdf.Root.AcroForm.Fields if "/AP" in one)
    path.write_bytes(document)
    for renderer in RENDERERS:
        left, top, right, bottom = measured_red(renderer(path))
        assert (right - left, bottom - top) == (pytest.approx(42, abs=0.2), pytest.approx(42, abs=0.2))


def measured_red(picture: object) -> tuple[float, float, float, float]:
    """The edges of what is red and nothing else, in millimetres."""
    from PIL import Image, ImageChops

    assert isinstance(picture, Image.Image)
    red, green, _ = picture.split()
    only = ImageChops.subtract(red, green).point([0] * 100 + [255] * 156)
    return measured(Image.merge("RGB", (ImageChops.invert(only),) * 3))
