"""What a seal to be drawn says, and the limits of that."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from documents.drawing.fonts import clean
from documents.drawing.seals.outlines import Outline, outline
from documents.errors import Refused

Shape = Literal["round", "oval", "square"]
Colour = Literal["red", "blue", "black"]
Ink = Literal["yang", "yin"]

COLOURS: dict[Colour, tuple[int, int, int]] = {"red": (216, 16, 24), "blue": (22, 60, 160), "black": (17, 17, 17)}
USUAL: dict[Shape, float] = {"round": 42.0, "oval": 45.0, "square": 20.0}
SMALLEST, LARGEST = 8.0, 100.0
OVAL = 2 / 3  # height by width


@dataclass(frozen=True)
class Design:
    """A seal made from words: `text` along the rim (in the square of a name chop), the others below it.

    `size` is the width in millimetres, the usual one of its shape unless given. `ink` is of name chops: yang has red
    strokes, yin white ones.
    """

    shape: Shape
    text: str
    lower: str = ""
    number: str = ""
    colour: Colour = "red"
    ink: Ink = "yang"
    star: bool = True
    size: float | None = None

    @property
    def width(self) -> float:
        """Millimetres."""
        wished = USUAL[self.shape] if self.size is None or not math.isfinite(self.size) else self.size
        return round(min(max(wished, SMALLEST), LARGEST), 2)

    @property
    def height(self) -> float:
        """Millimetres."""
        return round(self.width * OVAL, 2) if self.shape == "oval" else self.width


def glyphs(text: str) -> list[Outline]:
    """The outlines of a line of text; Refused text_not_drawable."""
    return [outline(char) for char in " ".join(clean(text).split())]


def required(text: str) -> list[Outline]:
    """The outlines of a text there has to be; Refused seal_text_missing."""
    found = glyphs(text)
    if not found:
        raise Refused("seal_text_missing")
    return found
