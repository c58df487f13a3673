"""Images of signatures: made in a sandbox, kept in the object store."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from chassis import sandbox
from chassis.ids import new_key
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.storage import Stored, scratch_folder
from documents.drawing.images import clean_image, drawn_signature, square_image, typed_signature
from documents.errors import Refused

LIMITS = sandbox.Limits(memory=768 << 20, cpu=10, file_size=16 << 20, seconds=15)
MAX_PIXELS = 25_000_000
AVATAR_SIDE = 256


def write_name(name: str, style: str) -> bytes:
    """A PNG of a name in a handwriting; raises a 422 problem for what cannot be drawn."""
    return _in_sandbox(typed_signature, name, style)


def draw(strokes: list[list[tuple[float, float]]], aspect: float) -> bytes:
    """A PNG of pen strokes on a pad."""
    return _in_sandbox(drawn_signature, strokes, aspect)


def clean(data: bytes, remove_white: bool) -> bytes:
    """A safe PNG of an uploaded PNG or JPEG; raises a 422 problem for anything else."""
    return _in_sandbox(clean_image, data, remove_white, MAX_PIXELS)


def square(data: bytes) -> bytes:
    """A safe square WebP of 256 pixels from an uploaded PNG or JPEG; raises a 422 problem for anything else."""
    return _in_sandbox(square_image, data, AVATAR_SIDE, MAX_PIXELS)


def _in_sandbox(work: Callable[..., bytes], *args: Any) -> bytes:
    try:
        return sandbox.run(work, *args, limits=LIMITS)
    except Refused as error:
        raise Problem(422, error.code) from error
    except sandbox.OutOfLimits as error:
        raise Problem(422, "image_too_large") from error


def keep(runtime: Runtime, account_id: uuid.UUID, png: bytes) -> Stored:
    """Store an image under a key of its own; it is never overwritten."""
    with scratch_folder() as folder:
        path = folder / "signature.png"
        path.write_bytes(png)
        return runtime.storage.put(f"signatures/{account_id}/{new_key()}.png", path)
