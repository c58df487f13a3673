"""Where things are on a page: as displayed (fractions, origin top left) and in PDF user space (ISO 32000-2, 8.3.2)."""

from dataclasses import dataclass

POINTS = 72 / 25.4  # to the millimetre
LARGEST_SEAL = 100.0  # millimetres a side

Matrix = tuple[float, float, float, float, float, float]
Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class PageBox:
    """What is shown of a page: CropBox cut to MediaBox in user units, /Rotate as 0, 90, 180 or 270, points per unit."""

    x0: float
    y0: float
    x1: float
    y1: float
    rotate: int = 0
    user_unit: float = 1.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed, in points."""
        across, up = self.units
        return across * self.user_unit, up * self.user_unit

    @property
    def units(self) -> tuple[float, float]:
        """Width and height as displayed, in user units."""
        across, up = self.x1 - self.x0, self.y1 - self.y0
        return (up, across) if self.rotate in (90, 270) else (across, up)


@dataclass(frozen=True)
class Place:
    """A rectangle in fractions (0 to 1) of the page as displayed; x and y are its top left corner."""

    x: float
    y: float
    width: float
    height: float

    def on_page(self) -> bool:
        """True if the rectangle has an area and lies on the page (a rounding error of 1e-6 is let through)."""
        low, high = -1e-6, 1 + 1e-6
        inside = self.x >= low and self.y >= low and self.x + self.width <= high and self.y + self.height <= high
        return inside and self.width > 0 and self.height > 0


def matrix(box: PageBox) -> Matrix:
    """The matrix from displayed space (user units, origin bottom left, y upwards) to user space."""
    return {
        0: (1.0, 0.0, 0.0, 1.0, box.x0, box.y0),
        90: (0.0, 1.0, -1.0, 0.0, box.x1, box.y0),
        180: (-1.0, 0.0, 0.0, -1.0, box.x1, box.y1),
        270: (0.0, -1.0, 1.0, 0.0, box.x0, box.y1),
    }[box.rotate]


def upright(rotate: int) -> Matrix:
    """The form matrix that makes an appearance stand upright on a page shown with this /Rotate (12.5.5)."""
    return matrix(PageBox(0, 0, 0, 0, rotate))


def apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """The point (x, y) moved by the matrix."""
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def rect(box: PageBox, place: Place) -> Rect:
    """The place as (llx, lly, urx, ury) in user space, normalised."""
    across, up = box.units
    m = matrix(box)
    ax, ay = apply(m, place.x * across, (1 - place.y) * up)
    bx, by = apply(m, (place.x + place.width) * across, (1 - place.y - place.height) * up)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def reach(box: PageBox, place: Place) -> Place:
    """All that a seal may cover whose field is there, as far as the page goes: the field and what the largest needs."""
    return joined(place, printed(box.size, place, (LARGEST_SEAL, LARGEST_SEAL), keep=False))


def joined(one: Place, other: Place) -> Place:
    """The smallest place that holds both."""
    left, top = min(one.x, other.x), min(one.y, other.y)
    right = max(one.x + one.width, other.x + other.width)
    bottom = max(one.y + one.height, other.y + other.height)
    return Place(left, top, right - left, bottom - top)


def printed(page: tuple[float, float], place: Place, size: tuple[float, float], keep: bool = True) -> Place:
    """Where a seal of this size (millimetres) is drawn on a page of this size (points): over the field's middle.

    It is moved as far as it must be to lie on the page, and is smaller only on a page that is smaller than itself;
    with `keep` in proportion.
    """
    across, up = (side * POINTS / whole for side, whole in zip(size, page, strict=True))
    if keep:
        share = min(1.0, 1 / across, 1 / up)
        across, up = across * share, up * share
    across, up = min(across, 1.0), min(up, 1.0)
    x = min(max(place.x + place.width / 2 - across / 2, 0.0), 1 - across)
    y = min(max(place.y + place.height / 2 - up / 2, 0.0), 1 - up)
    return Place(x, y, across, up)


def inside(box: PageBox, covered: Place, place: Place) -> Rect:
    """A place within a larger one: x, y, width and height in points from its lower left corner as displayed."""
    across, up = box.size
    x, y = (place.x - covered.x) * across, (covered.y + covered.height - place.y - place.height) * up
    return round(x, 4), round(y, 4), round(place.width * across, 4), round(place.height * up, 4)
