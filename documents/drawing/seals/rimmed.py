"""Round and oval company seals: a rim, the name along it, a star, a line below, a number at the bottom.

Proportions are those of the usual seal of 42 mm: a rim of 1.2 mm and a star of 14 mm, and scale with the width.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from documents.drawing.seals import lines, shapes
from documents.drawing.seals.design import USUAL, Design, glyphs, required
from documents.drawing.seals.lines import TALL, Cells, Rim
from documents.drawing.seals.outlines import Outline, Segment
from documents.errors import Refused

RIM, GAP, STAR = 1.2, 0.95, 7.0  # thickness of the rim, from there to the name, outer radius of the star
HEIGHTS = ((0, 6.4), (8, 6.4), (14, 6.1), (20, 5.5), (30, 4.7), (40, 4.2))  # of the name by its length
SPANS = ((0, 246.0), (12, 252.0), (18, 276.0), (26, 292.0), (40, 300.0))  # degrees that the name takes at most
WIDEST = 7.6  # the room of an ideograph of a short name
WIDTH, AIR = 0.76, 0.86  # an ideograph by its height, and by its room where that is less
NARROWEST = 1.15  # of ideographs, at the feet
DIGITS = 1.9  # height of the number
BETWEEN = 7.0  # degrees from the number to the name


def draw(design: Design) -> tuple[list[Segment], list[Segment]]:
    """What is filled, and what is filled and made a little bolder: the words."""
    half_w, half_h = design.width / 2, design.height / 2
    scale = design.height / USUAL["round"] if design.shape == "round" else design.height / 30
    rim = thickness(design.width)
    figure = [*shapes.ellipse(half_w, half_h), *shapes.ellipse(half_w - rim, half_h - rim)]
    if design.shape == "round":
        words = _name(design, rim, scale) + _number(design, rim, scale) + _lower(design, scale, -11.2, 4.3, 17.5)
        return figure + (shapes.star(STAR * scale) if design.star else []), words
    return figure, _oval(design, rim, scale)


def thickness(width: float) -> float:
    """The rim: 1.2 mm at 42 mm, 1.0 mm on smaller seals unless they are tiny."""
    return round(min(max(width * RIM / USUAL["round"], min(1.0, width / 25)), 1.5), 3)


def _name(design: Design, rim: float, scale: float) -> list[Segment]:
    text = required(design.text)
    room = SPANS if not design.number else tuple((n, min(span, _beside(design, rim, scale))) for n, span in SPANS)
    return _along(text, design.width / 2, design.height / 2, rim, scale, HEIGHTS, room)


def _along(
    text: Sequence[Outline], half_w: float, half_h: float, rim: float, scale: float,
    heights: Sequence[tuple[float, float]], spans: Sequence[tuple[float, float]], gap: float = GAP,
    widest: float = WIDEST,
) -> list[Segment]:  # fmt: skip
    count = max(lines.units(text, heights[0][1] * scale, widest * scale), 1.0)
    height = _between(heights, count) * scale
    inset = rim + gap * scale + height / 2
    middle = Rim(half_w - inset, half_h - inset)
    most = middle.length * _between(spans, count) / 360
    pitch = min(widest * scale, most / count)
    while sum(lines.rooms(text, Cells(height, pitch, pitch))) > most + 1e-6:
        pitch *= 0.995
    feet = pitch * (min(middle.across, middle.up) - height / 2) / min(middle.across, middle.up)
    width = min(height * WIDTH, pitch * AIR, feet * 0.95)
    if width < NARROWEST * scale:
        raise Refused("seal_text_too_long")
    return lines.clockwise(text, Cells(height, width, pitch), middle)


def _number(design: Design, rim: float, scale: float) -> list[Segment]:
    text = glyphs(design.number)
    if not text:
        return []
    cells, middle = _digits(design, rim, scale)
    if sum(lines.rooms(text, cells)) > middle.length * 100 / 360:
        raise Refused("seal_text_too_long")
    return lines.anticlockwise(text, cells, middle)


def _digits(design: Design, rim: float, scale: float) -> tuple[Cells, Rim]:
    height = DIGITS * scale / lines.CAPITAL_SHARE
    inset = rim + 0.75 * scale + DIGITS * scale / 2
    return Cells(height, height * 0.8, height / TALL), Rim(design.width / 2 - inset, design.height / 2 - inset)


def _beside(design: Design, rim: float, scale: float) -> float:
    """Degrees the number leaves to the name."""
    cells, middle = _digits(design, rim, scale)
    taken = sum(lines.rooms(glyphs(design.number), cells)) / middle.length * 360
    return 360 - taken - 2 * BETWEEN


def _lower(design: Design, scale: float, y: float, height: float, room: float) -> list[Segment]:
    return _level(glyphs(design.lower), y * scale, height * scale, room * scale, scale)


def _level(text: Sequence[Outline], y: float, height: float, room: float, scale: float) -> list[Segment]:
    """A line across the seal, no wider than its room."""
    if not text:
        return []
    pitch = height / TALL * 0.95
    while (needed := sum(lines.rooms(text, Cells(height, pitch, pitch)))) > room:
        pitch *= min(room / needed, 0.999)
    if pitch < NARROWEST * scale:
        raise Refused("seal_text_too_long")
    return lines.across(text, Cells(height, min(pitch * 0.94, height * 0.86), pitch), y)


def _oval(design: Design, rim: float, scale: float) -> list[Segment]:
    heights = tuple((count, height * 0.76) for count, height in HEIGHTS)
    spans = tuple((count, min(span - 40, 236.0)) for count, span in SPANS)
    half_w, half_h = design.width / 2, design.height / 2
    name = _along(required(design.text), half_w, half_h, rim, scale, heights, spans, gap=0.7, widest=6.2)
    number = _level(glyphs(design.number), -0.4 * scale, 3.4 * scale, 24.5 * scale, scale)
    y, height, room = (-8.4, 3.6, 22) if number else (-3.4, 4.4, 27)
    return name + number + _level(glyphs(design.lower), y * scale, height * scale, room * scale, scale)


def _between(steps: Sequence[tuple[float, float]], at: float) -> float:
    """The value at a place between steps; the last one beyond them."""
    for (left, low), (right, high) in pairwise(steps):
        if at <= right:
            return low + (high - low) * (max(at, left) - left) / (right - left)
    return steps[-1][1]
