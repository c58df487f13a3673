"""Glyphs as outlines: what a seal shows are shapes, so that it needs no font where it is printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from documents.drawing import fonts
from documents.drawing.fonts import CJK, LATIN, Face
from documents.errors import Refused

SONG = Face("NotoSerifCJKsc", "documents.drawing", "faces/NotoSerifCJKsc-Regular-subset.otf")
FACES = (SONG, CJK, LATIN)

Point = tuple[float, float]
Segment = tuple[str, tuple[Point, ...]]  # a path operator (ISO 32000-2, 8.5.2) with its points
Move = Callable[[Point], Point]


@dataclass(frozen=True)
class Outline:
    """A glyph in em: its path, y upwards from the baseline, how far it advances, and the box of its ink."""

    segments: tuple[Segment, ...]
    advance: float
    box: tuple[float, float, float, float]
    wide: bool

    def moved(self, move: Move) -> list[Segment]:
        """The path with every point moved."""
        return [(operator, tuple(move(point) for point in points)) for operator, points in self.segments]


@lru_cache(4096)
def outline(char: str) -> Outline:
    """The outline of a character in the song face, else in a text face; Refused text_not_drawable."""
    face = next((one for one in FACES if fonts.glyph(one, char)), None)
    if face is None:
        raise Refused("text_not_drawable", f"U+{ord(char):04X}")
    gid = fonts.glyph(face, char)
    pen = _Pen(float(fonts.hb_font(face).face.upem))
    fonts.hb_font(face).draw_glyph_with_pen(gid, pen)
    wide = unicodedata.east_asian_width(char) in "WF"
    return Outline(tuple(pen.segments), fonts.advance(face, gid) / 1000, pen.box(), wide)


class _Pen:
    """Takes a glyph from HarfBuzz and keeps it in em, quadratic curves as cubic ones."""

    def __init__(self, upem: float) -> None:
        self._upem, self._at = upem, (0.0, 0.0)
        self.segments: list[Segment] = []

    def moveTo(self, point: Point) -> None:
        self._add("m", point)

    def lineTo(self, point: Point) -> None:
        self._add("l", point)

    def curveTo(self, first: Point, second: Point, end: Point) -> None:
        self._add("c", first, second, end)

    def qCurveTo(self, control: Point, end: Point) -> None:
        (x0, y0), (x1, y1), (x2, y2) = (self._at[0] * self._upem, self._at[1] * self._upem), control, end
        first = x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3
        self._add("c", first, (x2 + (x1 - x2) * 2 / 3, y2 + (y1 - y2) * 2 / 3), end)

    def closePath(self) -> None:
        self.segments.append(("h", ()))

    def box(self) -> tuple[float, float, float, float]:
        """The box of all points; a path that shows nothing has none to speak of."""
        points = [point for _, points in self.segments for point in points] or [(0.0, 0.0)]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    def _add(self, operator: str, *points: Point) -> None:
        scaled = tuple((x / self._upem, y / self._upem) for x, y in points)
        self._at = scaled[-1]
        self.segments.append((operator, scaled))
