"""How large a seal is printed, in millimetres: always in the proportions of its image."""

from __future__ import annotations

from chassis.problem import Problem

SHORTEST_SIDE, LONGEST_SIDE = 5.0, 100.0
TOLERANCE = 0.03  # by which a given height may differ from the proportions


def sized(proportion: float, width: float | None, height: float | None) -> tuple[float, float]:
    """Width and height of an image ``proportion`` times as wide as high, of which at least one is given.

    Raises a 422 problem when both are given and do not fit, or when a side is not between 5 and 100 mm.
    """
    across = width if width is not None else (height or 0.0) * proportion
    up = across / proportion
    if width is not None and height is not None and abs(height - up) > max(up * TOLERANCE, 0.1):
        raise Problem(422, "seal_proportion", width_mm=across, height_mm=round(up, 2))
    if min(across, up) < SHORTEST_SIDE - 0.01 or max(across, up) > LONGEST_SIDE + 0.01:
        raise Problem(422, "seal_size", shortest=SHORTEST_SIDE, longest=LONGEST_SIDE)
    return round(across, 2), round(up, 2)


def usual(proportion: float, longer: float) -> tuple[float, float]:
    """The size of a seal nobody gave one for: its longer side as usual, larger where the shorter one needs that."""
    longer = max(longer, SHORTEST_SIDE * max(proportion, 1 / proportion))
    return sized(proportion, longer if proportion >= 1 else longer * proportion, None)
