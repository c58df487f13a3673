"""Before anybody is told "done": the finished file shows what was prepared, and the marks in their fields.

Both files are drawn by pdfium, page by page. A revision is only appended, so what is outside of the filled fields comes
out the same to the bit; the tolerance is for the edges of the marks alone.
"""

import math
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageDraw

from documents.fields import Field
from documents.rendering import render, widgetlayer

SCALE = 1.5  # pixels per user unit
PIXELS = 8_000_000  # a page; 24 MB a picture
FEWEST = 800.0  # pixels on the long side of a small page
MARGIN = 2  # pixels that the edge of a mark may reach beyond its field
FAINT = 3  # of 255: less is not seen as different
PAGES = 200  # are drawn whole
SECONDS = 45.0  # for those; pages after that are drawn without what lies below the fields

Draw = Callable[[Any, float], Image.Image]
Edges = tuple[int, int, int, int]


@dataclass(frozen=True)
class _Allowance:
    """How many pages, and until when, are drawn whole."""

    pages: int
    until: float


def mismatches(prepared: Path, finished: Path, fields: Sequence[Field], filled: Collection[str]) -> list[str]:
    """What is shown otherwise than it should be, as sentences for logs; empty when all is right.

    Looks at the pages that carry fields: outside of the filled fields nothing may differ, no field may have moved, and
    each field whose id is in `filled` must show something new (leave out texts of blanks and boxes without a tick).
    After PAGES pages or SECONDS only the fields themselves are drawn. For a child process with limits; Refused
    pdf_damaged, pdf_page_missing.
    """
    allowed = _Allowance(PAGES, time.monotonic() + SECONDS)
    found: list[str] = []
    with render.opened(prepared) as before, render.opened(finished) as after:
        if len(before) != len(after):
            return [f"{len(after)} pages, prepared were {len(before)}"]
        for turn, (page, own) in enumerate(_by_page(fields).items()):
            pair = render.page_of(before, page), render.page_of(after, page)
            found += _page(*pair, own, filled, _draw(turn, allowed))
    return found


def _by_page(fields: Sequence[Field]) -> Mapping[int, list[Field]]:
    ordered = sorted(fields, key=lambda field: field.page)
    return {page: list(own) for page, own in groupby(ordered, key=lambda field: field.page)}


def _draw(turn: int, allowed: _Allowance) -> Draw:
    return _whole if turn < allowed.pages and time.monotonic() < allowed.until else widgetlayer.draw


def _whole(page: Any, scale: float) -> Image.Image:
    bitmap = render.drawn(page, scale)
    shown: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return shown


def _page(before: Any, after: Any, fields: Sequence[Field], filled: Collection[str], draw: Draw) -> Iterator[str]:
    """What differs on one page; closes both."""
    number = fields[0].page + 1
    if before.get_size() != after.get_size():
        yield f"page {number}: another size"
        return
    if widgetlayer.places(before) != widgetlayer.places(after):
        yield f"page {number}: an annotation came, went or moved"
    scale = _scale(*before.get_size())
    changed = difference(draw(before, scale), draw(after, scale))
    shown = [field for field in fields if field.id in filled]
    missing = [field for field in shown if not _shows(changed, field) and not widgetlayer.shows(before, after, field)]
    yield from (f"page {number}: field {field.id} shows nothing" for field in missing)
    yield from _elsewhere(changed, number, fields, shown)
    before.close()
    after.close()


def _scale(across: float, up: float) -> float:
    wished = max(SCALE, FEWEST / max(across, up))
    return min(wished, math.sqrt(PIXELS / (across * up)))


def difference(one: Image.Image, other: Image.Image) -> Image.Image:
    """White where the pictures differ in any colour by more than FAINT, black elsewhere."""
    red, green, blue = ImageChops.difference(one, other).split()
    largest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return largest.point([0] * (FAINT + 1) + [255] * (255 - FAINT))


def _shows(changed: Image.Image, field: Field) -> bool:
    """Whether something is new well inside the field, where the edge of a neighbour's mark does not reach."""
    left, top, right, bottom = _edges(changed, field, -MARGIN)
    return right > left and bottom > top and changed.crop((left, top, right, bottom)).getbbox() is not None


def _elsewhere(changed: Image.Image, number: int, fields: Sequence[Field], shown: Sequence[Field]) -> Iterator[str]:
    """What is new in fields that were not filled, and outside of all; blackens the picture."""
    _blacken(changed, shown)
    empty = [field for field in fields if field not in shown]
    for field in empty:
        if changed.crop(_edges(changed, field, 0)).getbbox():
            yield f"page {number}: field {field.id} shows something and is not filled"
    _blacken(changed, empty)
    left = changed.getbbox()
    if left:
        yield f"page {number}: differs outside of the fields at {left} of {changed.size}"


def _blacken(changed: Image.Image, fields: Sequence[Field]) -> None:
    pen = ImageDraw.Draw(changed)
    for field in fields:
        left, top, right, bottom = _edges(changed, field, MARGIN)
        pen.rectangle((left, top, right - 1, bottom - 1), fill=0)


def _edges(picture: Image.Image, field: Field, margin: int) -> Edges:
    """Where the field's mark is, in pixels, larger by the margin."""
    place, across, up = field.shown_at, picture.width, picture.height
    left, top = int(place.x * across), int(place.y * up)
    right, bottom = -int(-(place.x + place.width) * across // 1), -int(-(place.y + place.height) * up // 1)
    return (
        max(left - margin, 0),
        max(top - margin, 0),
        min(right + margin, across),
        min(bottom + margin, up),
    )
