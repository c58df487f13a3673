"""The texts of an upload's own form, drawn as viewers show them: whatever they are, none is a reason to refuse."""

from documents.drawing import appearance, fonts, textlayout
from documents.drawing.appearance import Drawing, Frame
from documents.drawing.textlayout import FontSet
from documents.errors import Refused

UNKNOWN = "\u25a1"  # stands for a character that no font has
SMALLEST = 4.0  # points


def text(frame: Frame, content: str, fontset: FontSet, size: float, multiline: bool) -> Drawing:
    """The text as large as wished or as it fits; what does not fit is cut off at the edge of its field."""
    drawable = _drawable(content)
    try:
        return appearance.text(frame, drawable, fontset, size)
    except Refused:
        return _cut(frame, drawable, fontset, max(size, SMALLEST), multiline)


def _drawable(content: str) -> str:
    missing = set(fonts.undrawable(content))
    return "".join(UNKNOWN if char in missing else char for char in fonts.clean(content))


def _cut(frame: Frame, content: str, fontset: FontSet, wished: float, multiline: bool) -> Drawing:
    """From the first character on, in lines if the field has them."""
    size = min(wished, max(frame.height / textlayout.LEADING, SMALLEST))
    leading = size * textlayout.LEADING
    rows = int(frame.height / leading) + 1 if multiline else 1
    most = rows * (int(frame.width / (size * 0.1)) + 1)  # no character that matters is narrower
    lines = _lines(content[:most], max(frame.width - 2 * appearance.PADDING, 1) / size, multiline)[:rows]
    top = (frame.height + size) / 2 if len(lines) == 1 else frame.height - appearance.PADDING
    drawn = [
        textlayout.line_operators(
            line, fontset, appearance.PADDING, top - size * textlayout.ASCENT - row * leading, size
        )
        for row, line in enumerate(lines)
    ]
    return Drawing(frame, "\n".join(["q", appearance.clip(frame), appearance.INK, *drawn, "Q"]), tagged=True)


def _lines(content: str, limit: float, multiline: bool) -> list[str]:
    return textlayout.wrap(content, limit) if multiline else [content.replace("\n", " ")]
