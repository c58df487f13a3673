"""Measures taken from pictures of seals: where there is ink, at which angles, how far from the middle."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

from PIL import Image

from documents.drawing.seals.design import Design
from documents.drawing.seals.drawing import draw, png

DPI = 400
INKED = 128


@dataclass(frozen=True)
class Spot:
    """Ink: degrees clockwise from the top, millimetres from the middle."""

    angle: float
    radius: float


def picture(design: Design, dpi: int = DPI) -> Image.Image:
    """The seal as people get it."""
    with Image.open(io.BytesIO(png(draw(design), dpi))) as opened:
        return opened.convert("RGBA")


def spots(seal: Image.Image, inner: float, outer: float, dpi: int = DPI) -> list[Spot]:
    """All ink between two distances from the middle."""
    alpha, unit = seal.getchannel("A"), 25.4 / dpi
    across, up = seal.size
    levels = alpha.tobytes()
    found = []
    for place, level in enumerate(levels):
        if level < INKED:
            continue
        x, y = (place % across + 0.5 - across / 2) * unit, (up / 2 - place // across - 0.5) * unit
        radius = math.hypot(x, y)
        if inner <= radius <= outer:
            found.append(Spot(math.degrees(math.atan2(x, y)), radius))
    return found


def groups(found: list[Spot], gap: float = 1.0) -> list[list[Spot]]:
    """Ink that hangs together when one goes around clockwise from the bottom; a gap is in degrees."""
    ordered = sorted(found, key=lambda spot: spot.angle)
    parts = [[ordered[0]]]
    for spot in ordered[1:]:
        if spot.angle - parts[-1][-1].angle > gap:
            parts.append([])
        parts[-1].append(spot)
    return parts


def middle(group: list[Spot]) -> float:
    """The angle in the middle of a group's ink."""
    return (group[0].angle + group[-1].angle) / 2


def width_at(group: list[Spot], inner: float, outer: float) -> float:
    """How wide a group is between two distances from the middle, in degrees."""
    angles = [spot.angle for spot in group if inner <= spot.radius <= outer]
    return max(angles) - min(angles) if angles else 0.0
