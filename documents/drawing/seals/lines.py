"""Text on a seal: along its rim, or across it; every ideograph has the same room."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from documents.drawing.seals.outlines import Outline, Point, Segment

MIDDLE, TALL = 0.38, 0.93  # em: where the middle of an ideograph is above the baseline, and how tall its ink is
CAPITALS = 0.733  # em: how tall capitals are
CAPITAL_SHARE = 0.78  # of the height of ideographs beside them
TRACKING = 1.1  # advance by width of letters
STEPS = 720


@dataclass(frozen=True)
class Cells:
    """How characters are set, in millimetres: their height, the width of an ideograph and of the room it has."""

    height: float
    width: float
    pitch: float


@dataclass(frozen=True)
class Rim:
    """An ellipse with these half axes that text runs along; a circle if they are equal."""

    across: float
    up: float

    def at(self, along: float) -> tuple[Point, float]:
        """The point so many millimetres clockwise from the top, and how far its outside is turned clockwise."""
        lengths = _lengths(self.across, self.up)
        along %= lengths[-1]
        step = min(max(bisect(lengths, along), 1), STEPS)
        before, after = lengths[step - 1], lengths[step]
        turn = (step - 1 + (along - before) / (after - before)) * math.tau / STEPS
        point = self.across * math.sin(turn), self.up * math.cos(turn)
        return point, math.atan2(self.up * math.sin(turn), self.across * math.cos(turn))

    @property
    def length(self) -> float:
        """All around."""
        return _lengths(self.across, self.up)[-1]


@lru_cache(64)
def _lengths(across: float, up: float) -> tuple[float, ...]:
    """How far it is from the top to each step around."""
    turns = [step * math.tau / STEPS for step in range(STEPS + 1)]
    points = [(across * math.sin(turn), up * math.cos(turn)) for turn in turns]
    return tuple(accumulate((math.dist(*pair) for pair in pairwise(points)), initial=0.0))


def rooms(text: Sequence[Outline], cells: Cells) -> list[float]:
    """The width of the room of each character; letters have what they need, squeezed as ideographs are."""
    natural = cells.height / TALL
    squeezed = min(1.0, cells.pitch / natural)
    return [cells.pitch if one.wide else one.advance * _capital(cells) * TRACKING * squeezed for one in text]


def units(text: Sequence[Outline], height: float, pitch: float) -> float:
    """How many ideographs of this pitch take as much room."""
    return sum(rooms(text, Cells(height, pitch, pitch))) / pitch


def clockwise(text: Sequence[Outline], cells: Cells, rim: Rim) -> list[Segment]:
    """Text along the upper rim, its middle at the top, feet inwards."""
    drawn: list[Segment] = []
    for one, middle in zip(text, _middles(text, cells), strict=True):
        (x, y), turn = rim.at(middle)
        drawn += _set(one, cells, (x, y), -turn)
    return drawn


def anticlockwise(text: Sequence[Outline], cells: Cells, rim: Rim) -> list[Segment]:
    """Text along the lower rim, its middle at the bottom, feet outwards."""
    drawn: list[Segment] = []
    for one, middle in zip(text, _middles(text, cells), strict=True):
        (x, y), turn = rim.at(rim.length / 2 - middle)
        drawn += _set(one, cells, (x, y), math.pi - turn)
    return drawn


def across(text: Sequence[Outline], cells: Cells, y: float) -> list[Segment]:
    """A level line whose middle is at (0, y)."""
    middles = _middles(text, cells)
    return [part for one, x in zip(text, middles, strict=True) for part in _set(one, cells, (x, y), 0.0)]


def _middles(text: Sequence[Outline], cells: Cells) -> list[float]:
    """Where the middle of each character is along the line, counted from the line's middle."""
    widths = rooms(text, cells)
    ends = list(accumulate(widths))
    return [end - width / 2 - ends[-1] / 2 for end, width in zip(ends, widths, strict=True)]


def _capital(cells: Cells) -> float:
    """Millimetres to the em of letters."""
    return cells.height * CAPITAL_SHARE / CAPITALS


def _set(one: Outline, cells: Cells, place: Point, turn: float) -> list[Segment]:
    """A character with the middle of its ink at a place, turned anticlockwise."""
    left, _, right, _ = one.box
    if one.wide:
        scale_x, scale_y, base = cells.width / TALL, cells.height / TALL, MIDDLE
    else:
        scale_y, base = _capital(cells), CAPITALS / 2
        scale_x = scale_y * min(1.0, cells.pitch / (cells.height / TALL))
    shift, cos, sin = (left + right) / 2, math.cos(turn), math.sin(turn)

    def move(point: Point) -> Point:
        x, y = (point[0] - shift) * scale_x, (point[1] - base) * scale_y
        return place[0] + x * cos - y * sin, place[1] + x * sin + y * cos

    return one.moved(move)
