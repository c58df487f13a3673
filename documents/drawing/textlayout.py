"""Text set into a box: mixed scripts, wrapped, shrunk until it fits, as content stream operators with their fonts."""

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from documents.drawing import fontembedding, fonts
from documents.drawing.fonts import Face
from documents.errors import Refused
from documents.values import Indirect, number, numbers

FLOOR = 5.0  # points: below this nobody can read it
LONGEST = 20_000  # characters: more than a page holds at the floor
LEADING = 1.25
STEP = 0.5  # points
ASCENT = 0.88
CLOSING = set("，。、；：？！）》」』】〉”’％%)]},.;:?!")


@dataclass
class FontSet:
    """The glyphs used so far; one set per revision, so that each face is embedded once."""

    used: dict[Face, dict[int, str]] = field(default_factory=dict)
    _built: dict[str, Indirect] = field(default_factory=dict)

    def code(self, char: str) -> tuple[Face, str]:
        """The face and the hexadecimal code of a drawable character."""
        face = fonts.face_of(char) or fonts.CJK
        gid = fonts.glyph(face, char)
        self.used.setdefault(face, {}).setdefault(gid, char)
        return face, f"{gid:04x}"

    def resources(self) -> dict[str, Indirect]:
        """The /Font resources of everything set so far; ask only after the last text was set."""
        if not self._built:
            self._built = {f"/{face.key}": fontembedding.embedded(face, used) for face, used in self.used.items()}
        return self._built


def width(text: str) -> float:
    """The width of a line in units of the font size."""
    return sum(map(_width, text))


@cache
def _width(char: str) -> float:
    face = fonts.face_of(char) or fonts.CJK
    return fonts.advance(face, fonts.glyph(face, char)) / 1000


def fit(text: str, across: float, up: float, largest: float) -> tuple[float, list[str]]:
    """The largest size (points, down to FLOOR) at which the text fits, and its lines; Refused text_too_long."""
    if len(text) > LONGEST:
        raise Refused("text_too_long", f"{len(text)} characters")
    sizes = _sizes(max(largest, FLOOR))
    chosen = bisect_left(sizes, True, key=lambda size: _fits(wrap(text, across / size), across, up, size))
    for size in sizes[chosen:] or sizes:
        lines = wrap(text, across / size)
        if _fits(lines, across, up, size):
            return size, lines
    raise Refused("text_too_long", f"{len(text)} characters in {across:.0f} x {up:.0f} points")


def _sizes(largest: float) -> list[float]:
    """The sizes to try, down to the floor; where one fits, those below fit too, but for freaks of a few letters."""
    steps = math.ceil((largest - FLOOR) / STEP)
    return [*(largest - STEP * step for step in range(steps)), FLOOR]


def _fits(lines: list[str], across: float, up: float, size: float) -> bool:
    high = len(lines) * size * LEADING <= up + 0.01 + size * (LEADING - 1)
    return high and _widest(lines) * size <= across + 0.01


def wrap(text: str, limit: float) -> list[str]:
    """Lines not wider than limit (units of the font size), broken at spaces, between ideographs, else anywhere."""
    return [line for paragraph in text.split("\n") for line in _wrapped(paragraph, limit)]


def _wrapped(paragraph: str, limit: float) -> list[str]:
    lines, used = [""], 0.0
    for piece in _pieces(paragraph):
        if lines[-1] and used + width(piece.rstrip()) > limit:
            lines.append("")
            used = 0.0
        for part in _chop(piece, limit):
            if lines[-1] and not part.isspace() and used + width(part.rstrip()) > limit:
                lines.append("")
                used = 0.0
            lines[-1] += part
            used += width(part)
    return [line.rstrip() for line in lines]


def line_operators(line: str, fontset: FontSet, x: float, y: float, size: float) -> str:
    """A line with its baseline starting at (x, y)."""
    parts = ["BT", f"{numbers(x, y)} Td"]
    for face, codes in _runs(line, fontset):
        parts.append(f"/{face.key} {number(size)} Tf <{codes}> Tj")
    return " ".join([*parts, "ET"])


def _runs(line: str, fontset: FontSet) -> Iterator[tuple[Face, str]]:
    current: Face | None = None
    codes = ""
    for char in line:
        face, code = fontset.code(char)
        if face is not current and current is not None:
            yield current, codes
            codes = ""
        current, codes = face, codes + code
    if current is not None:
        yield current, codes


def _pieces(paragraph: str) -> Iterator[str]:
    """The smallest parts a line may be broken between: words with the space after them, single ideographs."""
    start = 0
    for at in range(1, len(paragraph)):
        before, char = paragraph[at - 1], paragraph[at]
        if char not in CLOSING and char != " " and (before == " " or _wide(before) or _wide(char)):
            yield paragraph[start:at]
            start = at
    if paragraph:
        yield paragraph[start:]


def _chop(piece: str, limit: float) -> list[str]:
    if width(piece.rstrip()) <= limit:
        return [piece]
    return list(piece)


def _wide(char: str) -> bool:
    return ord(char) >= 0x2E80


def _widest(lines: list[str]) -> float:
    return max((width(line) for line in lines), default=0)
