"""A field that a file asks for: by a tag in its text, a word, or a field of its own form."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from documents.geometry import PageBox, Place, matrix

SIZES: Mapping[str, tuple[float, float]] = {
    "signature": (150, 40), "stamp": (110, 110), "text": (150, 20), "date": (100, 20), "checkbox": (14, 14),
}  # fmt: skip
MOST = 1000


@dataclass(frozen=True)
class Suggestion:
    """``source`` is tag, keyword or form; ``signer`` counts from 1; the page from 0; the place as displayed."""

    source: str
    kind: str
    signer: int
    page: int
    place: Place
    label: str = ""
    required: bool = True
    longest: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain values, the place's among them."""
        told = asdict(self)
        return {**told, **told.pop("place")}


def displayed(box: PageBox, rect: tuple[float, float, float, float]) -> Place:
    """A rectangle in user space (llx, lly, urx, ury) as fractions of the page as displayed."""
    a, b, c, d, e, f = matrix(box)
    across, up = box.units
    corners = [(d * (x - e) - c * (y - f), a * (y - f) - b * (x - e)) for x, y in (rect[:2], rect[2:])]
    (x0, x1), (y0, y1) = (sorted(values) for values in zip(*corners, strict=True))
    return Place(x0 / across, 1 - y1 / up, (x1 - x0) / across, (y1 - y0) / up)


def sized(box: PageBox, kind: str, at: Place) -> Place:
    """A place for a field of this kind that covers ``at`` and is large enough, bottom left in the same spot."""
    width, height = (least / whole for least, whole in zip(SIZES[kind], box.size, strict=True))
    width, height = min(max(width, at.width), 1.0), min(max(height, at.height), 1.0)
    x = min(max(at.x, 0.0), 1 - width)
    y = min(max(at.y + at.height - height, 0.0), 1 - height)
    return Place(round(x, 6), round(y, 6), round(width, 6), round(height, 6))
