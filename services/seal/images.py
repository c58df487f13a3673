"""The image of a new seal: cleaned in the sandbox, measured in millimetres."""

from __future__ import annotations

import struct
from pathlib import Path

from chassis import sandbox
from chassis.problem import Problem
from chassis.storage import Storage, Stored, scratch_folder
from documents.drawing.images import clean_image
from documents.errors import Refused

LARGEST = 5 << 20  # bytes of an upload
SHORTEST_SIDE, LONGEST_SIDE = 5.0, 100.0  # millimetres
USUAL_SIDE = 40.0  # the longer side of a seal nobody gave a size for
LIMITS = sandbox.Limits(cpu=10, seconds=20.0)


def clean(data: bytes) -> bytes:
    """The upload as a PNG with a transparent background; raises a 413 or 422 problem."""
    if len(data) > LARGEST:
        raise Problem(413, "too_large")
    try:
        return sandbox.run(clean_image, data, True, limits=LIMITS)
    except Refused as error:
        raise Problem(422, error.code) from error
    except sandbox.OutOfLimits as error:
        raise Problem(422, "image_too_large") from error


def keep(storage: Storage, key: str, png: bytes) -> Stored:
    """Store the image under ``key``."""
    with scratch_folder() as folder:
        path = Path(folder, "image.png")
        path.write_bytes(png)
        return storage.put(key, path)


def size_in_mm(png: bytes, width: float | None, height: float | None) -> tuple[float, float]:
    """Width and height in millimetres: what was given, the rest in proportion, each between 5 and 100."""
    across, up = pixels(png)
    if width is None and height is None:
        width = USUAL_SIDE * min(1.0, across / up)
    if width is None:
        width = (height or 0.0) * across / up
    return _bounded(width), _bounded(width * up / across if height is None else height)


def pixels(png: bytes) -> tuple[int, int]:
    """Width and height from the header (PNG, ISO/IEC 15948, 11.2.2)."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _bounded(side: float) -> float:
    return round(min(max(side, SHORTEST_SIDE), LONGEST_SIDE), 2)
