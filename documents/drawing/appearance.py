"""What a filled field looks like: form XObjects in points, upright, for pictures, texts and ticks (12.5.5)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from documents.drawing import textlayout
from documents.drawing.fonts import require_drawable
from documents.drawing.pictures import Picture, decode
from documents.drawing.textlayout import FontSet
from documents.geometry import Place, Rect, printed, upright
from documents.values import Indirect, Name, Stream, number, numbers

TEXT_SIZE = 11.0
CAPTION_SIZE = 7.0
PADDING = 1.0
INK = "0 0 0 rg"
REMEMBERED = 256  # frames: most fields of a document have one of a few sizes


@dataclass(frozen=True)
class Frame:
    """The inside of a widget: displayed width and height in points, and the page's /Rotate."""

    width: float
    height: float
    rotate: int = 0


@dataclass
class Album:
    """The pictures of one revision; equal ones are written once."""

    pictures: dict[bytes, Picture] = field(default_factory=dict)

    def picture(self, encoded: bytes) -> Picture:
        """The picture that `pictures.encode` made; Refused image_damaged."""
        if encoded not in self.pictures:
            self.pictures[encoded] = decode(encoded)
        return self.pictures[encoded]


def frame(rect: Sequence[float], rotate: int, user_unit: float) -> Frame:
    """The inside of a widget with this /Rect on a page with this /Rotate and /UserUnit."""
    across, up = (round(abs(rect[2 + axis] - rect[axis]) * user_unit, 4) for axis in (0, 1))
    return Frame(up, across, rotate) if rotate in (90, 270) else Frame(across, up, rotate)


@lru_cache(REMEMBERED)
def blank(frame: Frame) -> Stream:
    """An appearance that shows nothing; the same one for the same frame."""
    return form(frame, "")


@lru_cache(REMEMBERED)
def unticked(frame: Frame) -> Stream:
    """An empty check box."""
    return form(frame, box(frame))


@lru_cache(REMEMBERED)
def ticked(frame: Frame) -> Stream:
    """A ticked check box."""
    return form(frame, f"{box(frame)}\n{tick(frame)}")


def form(frame: Frame, operators: str, resources: dict[str, object] | None = None) -> Stream:
    """A form XObject with these operators, drawn in points from the lower left corner as displayed."""
    entries = {
        "/Type": Name("/XObject"),
        "/Subtype": Name("/Form"),
        "/BBox": [0, 0, round(frame.width, 4), round(frame.height, 4)],
        "/Matrix": list(upright(frame.rotate)),
        "/Resources": resources or {},
    }
    return Stream(entries, operators.encode())


def tick(frame: Frame) -> str:
    """Operators for a tick, drawn as lines, as large as the frame allows."""
    side = min(frame.width, frame.height)
    dx, dy = (frame.width - side) / 2, (frame.height - side) / 2
    points = [(dx + side * x, dy + side * y) for x, y in ((0.18, 0.52), (0.42, 0.24), (0.84, 0.80))]
    path = " ".join(f"{numbers(*point)} {'l' if turn else 'm'}" for turn, point in enumerate(points))
    return f"q 0 0 0 RG {number(side * 0.11)} w 1 J 1 j {path} S Q"


def box(frame: Frame) -> str:
    """Operators for the outline of an empty check box."""
    return f"q 0.45 G 0.6 w 0.3 0.3 {numbers(frame.width - 0.6, frame.height - 0.6)} re S Q"


@dataclass(frozen=True)
class Drawing:
    """Operators with the picture they use; turned into a form when all text of the revision has been set."""

    frame: Frame
    operators: str
    picture: Picture | None = None
    tagged: bool = False

    def stream(self, fonts: dict[str, Indirect]) -> Stream:
        """The form XObject, with the fonts and the picture as resources."""
        resources: dict[str, object] = {"/Font": fonts} if "Tf" in self.operators else {}
        if self.picture:
            resources["/XObject"] = {"/Im0": self.picture.stream}
        operators = f"/Tx BMC\n{self.operators}\nEMC" if self.tagged else self.operators
        return form(self.frame, operators, resources)


def text(frame: Frame, content: str, fontset: FontSet, wished: float = TEXT_SIZE) -> Drawing:
    """A text set from the top left, one line centred in height; Refused text_not_drawable, text_too_long."""
    above = min(PADDING, max((frame.height - textlayout.FLOOR) / 2, 0))
    across, up = frame.width - 2 * PADDING, frame.height - 2 * above
    largest = min(wished, max(up / 1.1, textlayout.FLOOR))
    size, lines = textlayout.fit(require_drawable(content), across, up, largest)
    used = size * (1 + textlayout.LEADING * (len(lines) - 1))
    top = frame.height - max((frame.height - used) / 2, 0) if len(lines) == 1 else frame.height - above
    baselines = [top - size * (textlayout.ASCENT + row * textlayout.LEADING) for row in range(len(lines))]
    drawn = [
        textlayout.line_operators(line, fontset, PADDING, y, size) for line, y in zip(lines, baselines, strict=True)
    ]
    return Drawing(frame, "\n".join(["q", clip(frame), INK, *drawn, "Q"]), tagged=True)


def seal(frame: Frame, inner: Rect, shown: Picture, size: tuple[float, float] | None) -> Drawing:
    """A stamp in a frame that is larger than its field, which is `inner` (x, y, width, height in points).

    With a size in millimetres it is as large, over the middle of the field; without, as large as fits into the field.
    """
    x, y, across, up = inner
    if size is None:
        scale = min(across / shown.width, up / shown.height)
        width, height = shown.width * scale, shown.height * scale
        return _placed(frame, shown, (x + (across - width) / 2, y + (up - height) / 2, width, height))
    field = Place(x / frame.width, 1 - (y + up) / frame.height, across / frame.width, up / frame.height)
    at = printed((frame.width, frame.height), field, size)
    low = 1 - at.y - at.height
    drawn = at.x * frame.width, low * frame.height, at.width * frame.width, at.height * frame.height
    return _placed(frame, shown, drawn)


def _placed(frame: Frame, shown: Picture, at: Rect) -> Drawing:
    x, y, across, up = at
    return Drawing(frame, f"q {numbers(across, 0, 0, up, x, y)} cm /Im0 Do Q", shown)


def picture(frame: Frame, shown: Picture | None, caption: str, fontset: FontSet) -> Drawing:
    """A picture as large as fits, centred, with a small line below if there is room for it."""
    below = CAPTION_SIZE * 1.3 if caption and frame.height >= 30 else 0.0
    parts = []
    if shown:
        scale = min(frame.width / shown.width, (frame.height - below) / shown.height)
        across, up = shown.width * scale, shown.height * scale
        x, y = (frame.width - across) / 2, below + (frame.height - below - up) / 2
        parts.append(f"q {numbers(across, 0, 0, up, x, y)} cm /Im0 Do Q")
    if below:
        parts.append(_caption(frame, require_drawable(caption).replace("\n", " "), fontset))
    return Drawing(frame, "\n".join(parts), shown)


def clip(frame: Frame) -> str:
    """Operators that keep everything inside the frame."""
    return f"0 0 {numbers(frame.width, frame.height)} re W n"


def _caption(frame: Frame, line: str, fontset: FontSet) -> str:
    natural = textlayout.width(line)
    size = min(CAPTION_SIZE, max(frame.width / natural, 4.0)) if natural else CAPTION_SIZE
    while line and textlayout.width(line) * size > frame.width:
        line = line[:-1]
    drawn = textlayout.line_operators(line, fontset, 0, CAPTION_SIZE * 0.3, size)
    return f"q 0.25 g {drawn} Q"
