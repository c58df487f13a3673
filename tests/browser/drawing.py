"""Drawing in the pad of a page, and how much ink there is."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.support import eventually

INK = """() => { const pad = document.querySelector('.pad canvas');
const data = pad.getContext('2d').getImageData(0, 0, pad.width, pad.height).data;
let n = 0; for (let i = 3; i < data.length; i += 4) if (data[i] > 60) n += 1; return n; }"""


def draw(page: Page) -> None:
    """A zigzag, once the pad is there."""
    canvas = page.locator(".pad canvas")
    expect(canvas).to_be_visible()
    eventually(lambda: canvas.evaluate("pad => pad.width > 300"))
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 40 + step * 25, box["y"] + box["height"] / 2 + (30 if step % 2 else -30))
    page.mouse.up()


def ink(page: Page) -> int:
    """How many pixels of the pad are drawn on, in the pad's own size."""
    return int(page.evaluate(INK))
