"""Square name chops: two to four ideographs in columns from right to left, in red strokes or in white ones on red."""

from __future__ import annotations

from documents.drawing.seals import shapes
from documents.drawing.seals.design import Design, required
from documents.drawing.seals.outlines import Outline, Point, Segment
from documents.errors import Refused

COLUMNS = {2: ((0,), (1,)), 3: ((0,), (1, 2)), 4: ((0, 1), (2, 3))}  # the characters of each, the right one first
BORDER, CORNER = 0.05, 0.05  # of the side
MARGIN = {"yang": 0.045, "yin": 0.095}  # from the border to the characters
AIR = 0.045  # between characters
STRETCH = 1.9  # an ideograph fills its room, but is drawn out no further than this


def draw(design: Design) -> tuple[list[Segment], list[Segment]]:
    """The border, or the square of a yin chop; the characters. Refused seal_chop_text."""
    text = required(design.text)
    if len(text) not in COLUMNS or not all(one.wide for one in text):
        raise Refused("seal_chop_text")
    side = design.width
    square = shapes.rounded(side, side * CORNER)
    if design.ink == "yang":
        square += shapes.rounded(side * (1 - 2 * BORDER), side * CORNER * 0.6)
    inside = side * (1 - 2 * MARGIN[design.ink] - (2 * BORDER if design.ink == "yang" else 0))
    return square, _characters(text, inside, side * AIR)


def _characters(text: list[Outline], inside: float, air: float) -> list[Segment]:
    drawn: list[Segment] = []
    columns = COLUMNS[len(text)]
    width = (inside - air * (len(columns) - 1)) / len(columns)
    for place, column in enumerate(columns):
        x = inside / 2 - width / 2 - place * (width + air)
        height = (inside - air * (len(column) - 1)) / len(column)
        for row, index in enumerate(column):
            drawn += _filling(text[index], (x, inside / 2 - height / 2 - row * (height + air)), width, height)
    return drawn


def _filling(one: Outline, middle: Point, width: float, height: float) -> list[Segment]:
    left, bottom, right, top = one.box
    across, up = width / max(right - left, 0.2), height / max(top - bottom, 0.2)
    scale_x, scale_y = min(across, up * STRETCH), min(up, across * STRETCH)
    centre = (left + right) / 2, (bottom + top) / 2
    return one.moved(
        lambda point: (middle[0] + (point[0] - centre[0]) * scale_x, middle[1] + (point[1] - centre[1]) * scale_y)
    )
