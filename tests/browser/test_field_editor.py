"""Alice places fields: by mouse, by keyboard, on pages of every geometry; they stand where she put them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageOps
from playwright.sync_api import Browser, Locator, Page, expect
from reportlab.pdfgen.canvas import Canvas

from tests.browser.desk import Desk, Person, cookies, place
from tests.browser.visitor import Visitor, agree
from tests.suite.papers import odd_pages
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(240)]

NEAR = 0.001
BLOCK = 32  # pixels; larger than any stroke of a letter
FRACTIONS = """one => { const page = one.closest('[data-page], .sheet').getBoundingClientRect();
  const box = one.getBoundingClientRect();
  return [(box.left - page.left) / page.width, (box.top - page.top) / page.height,
    box.width / page.width, box.height / page.height]; }"""


@pytest.fixture
def alice(desk: Desk, chromium: Browser) -> Iterator[Visitor]:
    with Visitor(chromium, viewport={"width": 1440, "height": 900}) as visitor:
        visitor.context.add_cookies(cookies(desk.alice, desk.url))  # type: ignore[arg-type]
        yield visitor


def open_editor(visitor: Visitor, desk: Desk, agreement: str) -> Page:
    visitor.page.goto(f"{desk.url}/agreements/{agreement}/fields")
    expect(visitor.page.locator(".ed-page").first).to_be_visible()
    return visitor.page


def kept(desk: Desk, agreement: str) -> list[dict[str, Any]]:
    """The fields the server keeps."""
    return list(desk.alice.get(f"/api/v1/agreements/{agreement}")["fields"])


def saved(desk: Desk, agreement: str, number: int) -> list[dict[str, Any]]:
    return eventually(lambda: (rows := kept(desk, agreement)) and len(rows) == number and rows)


def test_a_field_is_placed_moved_resized_and_undone_by_keyboard(desk: Desk, alice: Visitor) -> None:
    agreement = desk.draft(Person(fields=()), Person("Dan Ng", fields=()))
    page = open_editor(alice, desk, agreement)
    page.get_by_role("button", name="Signature", exact=True).focus()
    page.keyboard.press("Enter")
    field = page.locator(".ed-field")
    expect(field).to_be_focused()
    before = saved(desk, agreement, 1)[0]
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    after = eventually(lambda: (one := kept(desk, agreement)[0])["x"] > before["x"] and one)
    eventually(lambda: kept(desk, agreement)[0]["height"] > before["height"])
    assert after["y"] > before["y"]
    page.keyboard.press("Control+d")
    saved(desk, agreement, 2)
    page.keyboard.press("Control+z")
    saved(desk, agreement, 1)
    page.keyboard.press("Control+Shift+z")
    saved(desk, agreement, 2)
    page.locator(".ed-field").last.press("Delete")
    saved(desk, agreement, 1)
    alice.expect_accessible()


def test_fields_are_dragged_aligned_copied_to_all_pages_and_given_to_somebody_else(desk: Desk, alice: Visitor) -> None:
    agreement = desk.draft(Person(fields=()), Person("Dan Ng", fields=()))
    page = open_editor(alice, desk, agreement)
    drag(page, page.get_by_role("button", name="Text", exact=True), 0.3, 0.2)
    page.get_by_role("button", name="Date", exact=True).click()
    at(page, 0.6, 0.4)
    first, second = saved(desk, agreement, 2)
    assert (first["kind"], second["kind"]) == ("text", "date")
    assert abs(first["x"] + first["width"] / 2 - 0.3) < 0.01 and abs(second["y"] + second["height"] / 2 - 0.4) < 0.01
    page.locator(".ed-field").first.click(modifiers=["Shift"])
    expect(page.get_by_role("heading", name="2 fields selected")).to_be_visible()
    alice.shot("editor")
    alice.expect_accessible()
    page.get_by_role("button", name="Left", exact=True).click()
    eventually(lambda: len({one["x"] for one in kept(desk, agreement)}) == 1)
    page.get_by_label("Signer", exact=True).select_option(label="Dan Ng")
    eventually(lambda: len({one["recipient_id"] for one in kept(desk, agreement)} - {first["recipient_id"]}) == 1)
    pages = page.get_by_label("Copy to pages")
    pages.fill("2-3")
    expect(page.get_by_text("Please write pages from 1 to 2")).to_be_visible()
    expect(page.get_by_role("button", name="Copy to these pages")).to_be_disabled()
    pages.fill("2 、")
    pages.press("Enter")
    rows = saved(desk, agreement, 4)
    assert sorted(one["page"] for one in rows) == [0, 0, 1, 1]
    page.reload()
    expect(page.locator(".ed-field")).to_have_count(4)


def test_a_place_is_the_same_in_the_editor_on_the_signing_page_and_in_the_finished_file(
    desk: Desk, alice: Visitor, chromium: Browser, tmp_path: Path
) -> None:
    carol = Person(fields=())
    agreement = desk.draft(carol, pdf=odd_pages())
    places = place_stamps(open_editor(alice, desk, agreement), desk, agreement)
    desk.alice.post(f"/api/v1/agreements/{agreement}/send")
    with Visitor(chromium) as visitor:
        page = agree(visitor, desk.link(carol))
        page.get_by_role("button", name="Adopt and sign").click()
        stamps = page.locator(".field.stamp")
        expect(stamps).to_have_count(len(places))
        for wanted, field in zip(places, stamps.all(), strict=True):
            assert near(field.evaluate(FRACTIONS), wanted)
            stamp_black(page, field, tmp_path / "black.png")
        page.get_by_role("button", name="Finish").click()
        page.get_by_role("button", name="Sign and finish").click()
        expect(page.get_by_role("heading", name="signed")).to_be_visible()
    assert eventually(lambda: desk.status(agreement) == "completed", 90, 0.5)
    finished = desk.file(agreement)
    for number, wanted in enumerate(places):
        found = blackest(finished, number)
        assert near(found, wanted), (number, found, wanted)


def place_stamps(page: Page, desk: Desk, agreement: str) -> list[tuple[float, ...]]:
    """A signature, and a stamp on every page, put there by mouse and copied; where the editor shows the stamps."""
    for kind, x, y in (("Signature", 0.7, 0.06), ("Stamp", 0.413, 0.377)):
        page.get_by_role("button", name=kind, exact=True).click()
        sheet = page.locator(".ed-page").first.bounding_box()
        assert sheet
        page.locator(".ed-page").first.click(position={"x": sheet["width"] * x, "y": sheet["height"] * y})
    page.get_by_role("button", name="Copy to all pages").click()
    rows = sorted(
        ((one["page"], one) for one in saved(desk, agreement, 7) if one["kind"] == "stamp"), key=lambda row: row[0]
    )
    stamps = page.locator(".ed-field.ed-stamp")
    expect(stamps).to_have_count(6)
    shown = [tuple(one.evaluate(FRACTIONS)) for one in stamps.all()]
    told = [tuple(one[name] for name in ("x", "y", "width", "height")) for _, one in rows]
    assert all(near(one, other) for one, other in zip(shown, told, strict=True))
    return shown


def stamp_black(page: Page, field: Locator, black: Path) -> None:
    """Fill the stamp with a black picture of its own shape."""
    box = field.bounding_box()
    assert box
    Image.new("RGB", (1200, round(1200 * box["height"] / box["width"])), "black").save(black)
    field.click()
    if page.locator(".field.stamp.done").count() or not page.get_by_role("dialog").count():
        expect(field).to_have_class(re.compile("done"))  # it took the first one's picture: now it gets its own
        field.click()
    page.set_input_files("input[type=file]", black)
    page.get_by_role("dialog").get_by_role("button", name="Stamp", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def near(found: Any, wanted: Any) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(found, wanted, strict=True))


def blackest(pdf: bytes, page: int) -> tuple[float, float, float, float]:
    """The box of the large black mark on a page, in fractions of it as displayed."""
    opened = pypdfium2.PdfDocument(io.BytesIO(pdf))
    opened.init_forms()
    image = opened[page].render(scale=4, may_draw_forms=True).to_pil().convert("L")
    dark = ImageOps.invert(image).point(lambda value: 255 if value > 200 else 0)
    thick = dark.reduce(BLOCK).point(lambda value: 255 if value > 250 else 0).getbbox()
    assert thick, "no mark"
    left, top, right, bottom = (BLOCK * edge for edge in thick)
    across, down = image.size
    wide = edges(dark.crop((0, top, across, bottom)).resize((across, 1), Image.Resampling.BOX), left, across)
    high = edges(dark.crop((left, 0, right, down)).resize((1, down), Image.Resampling.BOX), top, down)
    opened.close()
    return wide[0], high[0], wide[1] - wide[0], high[1] - high[0]


def edges(line: Image.Image, inside: int, length: int) -> tuple[float, float]:
    """Where the dark run around a pixel begins and ends, in fractions."""
    dark = [value > 128 for value in line.tobytes()]
    start = next((n + 1 for n in range(inside, -1, -1) if not dark[n]), 0)
    return start / length, next((n for n in range(inside, length) if not dark[n]), length) / length


def drag(page: Page, source: Locator, x: float, y: float) -> None:
    """Drag from the palette to a point of the first page."""
    box, target = source.bounding_box(), page.locator(".ed-page").first.bounding_box()
    assert box and target
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(target["x"] + 50, target["y"] + 50)
    page.mouse.move(target["x"] + target["width"] * x, target["y"] + target["height"] * y)
    page.mouse.up()


def at(page: Page, x: float, y: float) -> None:
    """Click a point of the first page."""
    target = page.locator(".ed-page").first.bounding_box()
    assert target
    page.mouse.click(target["x"] + target["width"] * x, target["y"] + target["height"] * y)


def test_fields_come_from_tags_and_words_in_the_document(desk: Desk, alice: Visitor) -> None:
    agreement = desk.draft(Person(fields=()), Person("Dan Ng", fields=()), pdf=tagged())
    page = open_editor(alice, desk, agreement)
    page.get_by_role("button", name="Place the 2 fields it asks for").click()
    expect(page.locator(".ed-field")).to_have_count(2)
    page.get_by_label("After each place of this word").fill("Witness:")
    page.get_by_role("button", name="Place", exact=True).click()
    expect(page.locator(".ed-field")).to_have_count(3)
    alice.shot("editor-suggested")
    alice.expect_accessible()
    assert {one["kind"] for one in saved(desk, agreement, 3)} == {"signature"}
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".ed-field")).to_have_count(2)
    saved(desk, agreement, 2)


def tagged() -> bytes:
    """A page with a tag for each of two signers, and a word."""
    held = io.BytesIO()
    page = Canvas(held)
    page.drawString(72, 700, "{{sign:1}}")
    page.drawString(72, 600, "{{sign:2}}")
    page.drawString(72, 500, "Witness:")
    page.save()
    return held.getvalue()


def test_fields_are_copied_several_are_dragged_to_another_page_and_nothing_stands_on_another(
    desk: Desk, alice: Visitor
) -> None:
    agreement = desk.draft(Person(fields=()), Person("Dan Ng", fields=()))
    page = open_editor(alice, desk, agreement)
    for kind in ("Signature", "Date"):
        page.get_by_role("button", name=kind, exact=True).press("Enter")
    upper, lower = saved(desk, agreement, 2)
    assert lower["y"] >= upper["y"] + upper["height"]
    page.locator(".ed-field").first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    second = page.get_by_role("button", name="contract.pdf 2")
    second.click()
    expect(second).to_have_attribute("aria-current", "page")
    page.keyboard.press("Control+v")
    rows = saved(desk, agreement, 4)
    assert sorted(one["page"] for one in rows) == [0, 0, 1, 1]
    assert len({one["y"] for one in rows if one["kind"] == "signature"}) == 1
    page.keyboard.press("Control+z")
    saved(desk, agreement, 2)
    page.get_by_role("button", name="Smaller").click()
    page.get_by_role("button", name="Smaller").click()
    page.get_by_role("button", name="contract.pdf 1").click()
    page.locator(".ed-field").first.focus()
    page.keyboard.press("Control+a")
    pull(page, page.locator(".ed-field").first, page.locator(".ed-page").nth(1))
    eventually(lambda: [one["page"] for one in kept(desk, agreement)] == [1, 1])
    moved = kept(desk, agreement)
    assert moved[0]["y"] < moved[1]["y"]
    alice.expect_accessible()


def pull(page: Page, field: Locator, target: Locator) -> None:
    """Drag a field to another page, which comes into sight at the lower edge."""
    box, pages = field.bounding_box(), page.locator(".ed-scroll").bounding_box()
    assert box and pages
    edge = pages["y"] + pages["height"]
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    for step in range(200):
        page.mouse.move(box["x"] + 60 + step % 20, edge - 8)
        if (there := target.bounding_box()) and there["y"] < edge - 200:
            break
    page.mouse.move(box["x"] + 100, edge - 120)
    there = target.bounding_box()
    assert there
    assert there["y"] < edge - 200
    page.mouse.move(there["x"] + 100, there["y"] + 40, steps=4)
    expect(page.locator(".ed-ghost")).to_be_visible()
    page.mouse.up()
    expect(page.locator(".ed-ghost")).to_have_count(0)


def test_a_field_is_dragged_by_touch(desk: Desk, chromium: Browser) -> None:
    agreement = desk.draft(Person(fields=(place(page=0, x=0.1, y=0.2),)))
    with Visitor(chromium, viewport={"width": 800, "height": 1100}, has_touch=True) as visitor:
        visitor.context.add_cookies(cookies(desk.alice, desk.url))  # type: ignore[arg-type]
        page = open_editor(visitor, desk, agreement)
        box = page.locator(".ed-field").bounding_box()
        assert box
        touch(visitor, (box["x"] + 20, box["y"] + 10), (box["x"] + 120, box["y"] + 110))
        moved = eventually(lambda: (one := kept(desk, agreement)[0])["x"] > 0.15 and one)
        assert moved["y"] > 0.2
        visitor.expect_accessible()


def touch(visitor: Visitor, start: tuple[float, float], end: tuple[float, float]) -> None:
    """One finger down, along, and up."""
    devtools = visitor.context.new_cdp_session(visitor.page)
    for kind, points in (("touchStart", [start]), ("touchMove", [end]), ("touchEnd", [])):
        where = [{"x": x, "y": y} for x, y in points]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": where})


def test_the_fields_of_a_form_are_taken_over(desk: Desk, alice: Visitor) -> None:
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.acroForm.textfield(name="title", tooltip="Job title", x=100, y=600, width=200, height=24)
    canvas.acroForm.checkbox(name="agree", tooltip="I agree", x=100, y=500, size=18)
    canvas.showPage()
    canvas.save()
    agreement = desk.draft(Person(fields=()), pdf=held.getvalue())
    page = open_editor(alice, desk, agreement)
    page.get_by_role("button", name="Place the 2 fields it asks for").click()
    expect(page.get_by_role("button", name="Text, Job title, Carol Wu")).to_be_visible()
    assert {one["kind"]: one["label"] for one in saved(desk, agreement, 2)} == {
        "text": "Job title",
        "checkbox": "I agree",
    }
