"""The plain shapes of a seal in millimetres, origin in its middle, y upwards."""

from __future__ import annotations

import math
from collections.abc import Iterable

from documents.drawing.seals.outlines import Point, Segment
from documents.values import numbers

KAPPA = 0.5522847498  # a quarter of a circle as one cubic curve
STAR = (3 - math.sqrt(5)) / 2  # inner by outer radius of a regular five-pointed star


def ellipse(across: float, up: float) -> list[Segment]:
    """An ellipse with these half axes."""
    kx, ky = across * KAPPA, up * KAPPA
    return [
        ("m", ((across, 0.0),)),
        ("c", ((across, ky), (kx, up), (0.0, up))),
        ("c", ((-kx, up), (-across, ky), (-across, 0.0))),
        ("c", ((-across, -ky), (-kx, -up), (0.0, -up))),
        ("c", ((kx, -up), (across, -ky), (across, 0.0))),
        ("h", ()),
    ]


def star(radius: float) -> list[Segment]:
    """An upright five-pointed star whose points lie on a circle."""
    corners = [
        (r * math.sin(math.pi * turn / 5), r * math.cos(math.pi * turn / 5))
        for turn in range(10)
        for r in [radius if turn % 2 == 0 else radius * STAR]
    ]
    return polygon(corners)


def polygon(corners: Iterable[Point]) -> list[Segment]:
    """A closed path through these corners."""
    first, *rest = corners
    return [("m", (first,)), *(("l", (corner,)) for corner in rest), ("h", ())]


def rounded(side: float, corner: float) -> list[Segment]:
    """A square with rounded corners."""
    h, k = side / 2, corner * (1 - KAPPA)
    r = h - corner
    return [
        ("m", ((r, -h),)),
        ("c", ((h - k, -h), (h, -h + k), (h, -r))),
        ("l", ((h, r),)),
        ("c", ((h, h - k), (h - k, h), (r, h))),
        ("l", ((-r, h),)),
        ("c", ((-h + k, h), (-h, h - k), (-h, r))),
        ("l", ((-h, -r),)),
        ("c", ((-h, -h + k), (-h + k, -h), (-r, -h))),
        ("h", ()),
    ]


def operators(segments: Iterable[Segment]) -> str:
    """The path in a content stream."""
    return " ".join(
        " ".join((*([numbers(*(edge for point in points for edge in point))] if points else []), operator))
        for operator, points in segments
    )
