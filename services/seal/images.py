"""The image of a new seal: cleaned or drawn in the sandbox, and stored."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from chassis import sandbox
from chassis.problem import Problem
from chassis.storage import Storage, Stored, scratch_folder
from documents.drawing.sealimages import SealImage, seal_image
from documents.drawing.seals.design import Design
from documents.drawing.seals.drawing import Made, make
from documents.errors import Refused

LARGEST = 5 << 20  # bytes of an upload
PREVIEW_DPI = 200
LIMITS = sandbox.Limits(cpu=5, seconds=10.0)
Result = TypeVar("Result")


def clean(data: bytes) -> SealImage:
    """The upload as a PNG with a transparent background; raises a 413 or 422 problem."""
    if len(data) > LARGEST:
        raise Problem(413, "too_large")
    return _judged(seal_image, data)


def drawn(design: Design) -> Made:
    """A designed seal as picture and drawing; raises a 422 problem."""
    return _judged(make, design)


def preview(design: Design) -> bytes:
    """A designed seal as a small PNG; raises a 422 problem."""
    return _judged(make, design, PREVIEW_DPI).png


def keep(storage: Storage, key: str, data: bytes) -> Stored:
    """Store an image or a drawing under ``key``."""
    with scratch_folder() as folder:
        path = Path(folder, "image")
        path.write_bytes(data)
        return storage.put(key, path)


def pixels(png: bytes) -> tuple[int, int]:
    """Width and height from the header (PNG, ISO/IEC 15948, 11.2.2)."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _judged(work: Callable[..., Result], *values: object) -> Result:
    try:
        return sandbox.run(work, *values, limits=LIMITS)
    except Refused as error:
        raise Problem(422, error.code) from error
    except sandbox.OutOfLimits as error:
        raise Problem(422, "image_too_large") from error
