"""Pages of a report: text in columns from the top down, pages added as they fill, numbered at the end."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pikepdf

from documents.drawing import fonts, pictures, textlayout
from documents.drawing.textlayout import FontSet
from documents.pikevalues import Converter
from documents.values import Stream, Value, number, numbers

WIDTH, HEIGHT = 595.28, 841.89  # A4 in points
MARGIN, TOP, BOTTOM = 48.0, 44.0, 54.0
ACROSS = WIDTH - 2 * MARGIN
ASCENT = 0.88  # of the font size, from the top of a line's letters to its baseline
UNKNOWN = "\N{WHITE SQUARE}"

Colour = tuple[float, float, float]
Foot = Callable[["Sheets", int, int], None]


@dataclass(frozen=True)
class Style:
    """Size and leading in points, colour in RGB from 0 to 1."""

    size: float
    leading: float
    colour: Colour


Line = tuple[Style, str]


@dataclass(frozen=True)
class Cell:
    """Lines set below each other, `x` points from the left margin."""

    x: float
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """The sum of the leadings."""
        return sum(style.leading for style, _ in self.lines)


def drawable(text: str) -> str:
    """The text with a visible box for each character that no font has."""
    cleaned = fonts.clean(text)
    missing = set(fonts.undrawable(cleaned))
    return "".join(UNKNOWN if char in missing else char for char in cleaned) if missing else cleaned


@lru_cache(maxsize=4096)
def lines(style: Style, text: str, across: float) -> tuple[Line, ...]:
    """The text as lines not wider than `across` points."""
    shown, limit = drawable(text), across / style.size
    if "\n" not in shown and textlayout.width(shown) <= limit:
        return ((style, shown),)
    return tuple((style, line) for line in textlayout.wrap(shown, limit))


class Sheets:
    """Pages under way; `y` is where the next thing begins, in points from the bottom of the page."""

    def __init__(self) -> None:
        self._pages: list[list[str]] = []
        self._pictures: dict[str, Stream] = {}
        self._decoded: dict[bytes, pictures.Picture] = {}
        self._fonts = FontSet()
        self._known: dict[str, list[tuple[str, str]]] = {}
        self._at = -1
        self.on_new_page: Callable[[], None] | None = None
        self.new_page()

    def new_page(self) -> None:
        """Go on at the top of a new page."""
        self._pages.append([])
        self._at, self.y = len(self._pages) - 1, HEIGHT - TOP
        if self.on_new_page:
            self.on_new_page()

    def room(self, height: float) -> None:
        """Go to a new page unless there is so much room left on this one, or a page has no more than that."""
        if self.left < height <= HEIGHT - TOP - BOTTOM:
            self.new_page()

    @property
    def left(self) -> float:
        """The room below `y` on this page."""
        return self.y - BOTTOM

    @property
    def page(self) -> int:
        """Which page this is, from 0."""
        return self._at

    @property
    def is_fresh(self) -> bool:
        """Whether nothing stands on this page yet."""
        return not self._pages[self._at]

    def down(self, height: float) -> None:
        """Leave room."""
        self.y -= height

    def text(self, x: float, top: float, style: Style, text: str) -> None:
        """One line whose letters begin at `top`."""
        if text:
            baseline = top - (style.leading - style.size) / 2 - style.size * ASCENT
            shown = "".join(f"/{face} {number(style.size)} Tf <{codes}> Tj " for face, codes in self._coded(text))
            self._add(f"{numbers(*style.colour)} rg BT {numbers(MARGIN + x, baseline)} Td {shown}ET")

    def _coded(self, text: str) -> list[tuple[str, str]]:
        """The text as runs of one face with their codes; the same text often comes again."""
        if text not in self._known:
            coded = (self._fonts.code(char) for char in text)
            runs = groupby(coded, key=itemgetter(0))
            self._known[text] = [(face.key, "".join(code for _, code in run)) for face, run in runs]
        return self._known[text]

    def right(self, top: float, style: Style, text: str) -> None:
        """One line that ends at the right margin."""
        self.text(ACROSS - textlayout.width(text) * style.size, top, style, text)

    def centred(self, x: float, across: float, top: float, style: Style, text: str) -> None:
        """One line in the middle of a place."""
        self.text(x + (across - textlayout.width(text) * style.size) / 2, top, style, text)

    def row(self, cells: Sequence[Cell], above: float = 0.0, below: float = 0.0) -> None:
        """Cells side by side. A row that is higher than the page goes on on the next."""
        while True:
            self.room(above + max(cell.height for cell in cells))
            fitting, rest = zip(*(_split(cell, self.left - above) for cell in cells), strict=True)
            for cell in fitting:
                self._cell(cell, self.y - above)
            self.y -= above + max(cell.height for cell in fitting) + below
            if not any(cell.lines for cell in rest):
                return
            self.new_page()
            cells = rest

    def _cell(self, cell: Cell, top: float) -> None:
        for style, text in cell.lines:
            self.text(cell.x, top, style, text)
            top -= style.leading

    def rule(self, colour: Colour, x: float = 0.0, across: float = ACROSS, thick: float = 0.5) -> None:
        """A line at `y`."""
        self._add(f"{numbers(*colour)} RG {numbers(thick)} w {numbers(MARGIN + x, self.y)} m "
                  f"{numbers(MARGIN + x + across, self.y)} l S")  # fmt: skip

    def box(self, top: float, height: float, fill: Colour, x: float = 0.0, across: float = ACROSS) -> None:
        """A filled rectangle."""
        self._add(f"{numbers(*fill)} rg {numbers(MARGIN + x, top - height, across, height)} re f")

    def frame(self, top: float, height: float, colour: Colour, x: float = 0.0, across: float = ACROSS) -> None:
        """A rectangle's outline."""
        self._add(f"{numbers(*colour)} RG 0.6 w {numbers(MARGIN + x, top - height, across, height)} re S")

    def picture(self, encoded: bytes, x: float, top: float, across: float, up: float) -> None:
        """An encoded picture in the middle of a place, as large as it can be."""
        found = self._decoded.setdefault(encoded, pictures.decode(encoded))
        scale = min(across / found.width, up / found.height)
        width, height = found.width * scale, found.height * scale
        name = f"/P{list(self._decoded).index(encoded)}"
        self._pictures[name] = found.stream
        left, bottom = MARGIN + x + (across - width) / 2, top - up + (up - height) / 2
        self._add(f"q {numbers(width, 0, 0, height, left, bottom)} cm {name} Do Q")

    def modules(self, matrix: Sequence[Sequence[bool]], x: float, top: float, side: float) -> None:
        """A square pattern such as a QR code, as rectangles: one for each run of dark modules."""
        step = side / len(matrix)
        runs = [
            f"{numbers(MARGIN + x + start * step, top - (row + 1) * step, length * step, step)} re"
            for row, modules in enumerate(matrix)
            for start, length in _runs(modules)
        ]
        self._add(f"0 0 0 rg {' '.join(runs)} f")

    def save(self, target: Path, foot: Foot, entries: dict[str, str], language: str) -> None:
        """Write all pages with their feet; `entries` is the document's information. The same gives the same bytes."""
        for at in range(len(self._pages)):
            self._at = at
            foot(self, at + 1, len(self._pages))
        with pikepdf.new() as pdf:
            self._fill(pdf)
            pdf.Root.Lang = pikepdf.String(language)
            pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
            for name, value in entries.items():
                pdf.docinfo[name] = value
            mode = pikepdf.ObjectStreamMode.generate
            pdf.save(target, deterministic_id=True, object_stream_mode=mode, min_version="1.7")

    def _fill(self, pdf: pikepdf.Pdf) -> None:
        to_pdf = Converter(pdf)
        resources: dict[str, Value] = {"/Font": dict(self._fonts.resources()), "/XObject": dict(self._pictures)}
        shared = pdf.make_indirect(to_pdf(resources))
        for operators in self._pages:
            page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
            page.obj.Contents = to_pdf(Stream({}, "\n".join(operators).encode("latin-1")))
            page.obj.Resources = shared

    def _add(self, operators: str) -> None:
        self._pages[self._at].append(operators)


def _split(cell: Cell, room: float) -> tuple[Cell, Cell]:
    """What of a cell fits, and the rest; one line at least fits, so that there is an end."""
    used, count = 0.0, 0
    for style, _ in cell.lines:
        used += style.leading
        if used > room + 0.01 and count:
            break
        count += 1
    return Cell(cell.x, cell.lines[:count]), Cell(cell.x, cell.lines[count:])


def _runs(modules: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for place, dark in enumerate([*modules, False]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None
