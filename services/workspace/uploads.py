"""Uploaded tables are read in a child with limits."""

from __future__ import annotations

from typing import Any

from chassis import sandbox
from chassis.problem import Problem
from chassis.storage import scratch_folder
from services.workspace.sheets.read import Person, read_people
from services.workspace.sheets.table import BYTES, SheetRefused

LIMITS = sandbox.Limits(memory=1 << 30, cpu=10, file_size=16 << 20, seconds=20)


def people(upload: Any, encoding: str | None) -> list[Person]:
    """The people of an uploaded file.

    Raises 422 file_missing or the code of `SheetRefused`, 413 too_large above 5 MiB, 422 file_too_large for one that
    takes too much time or memory.
    """
    if upload is None:
        raise Problem(422, "file_missing")
    data = upload.stream.read(BYTES + 1)
    if len(data) > BYTES:
        raise Problem(413, "too_large", limit=BYTES)
    with scratch_folder() as folder:
        path = folder / "table"
        path.write_bytes(data)
        try:
            return sandbox.run(read_people, path, encoding, limits=LIMITS)
        except SheetRefused as refused:
            raise Problem(422, refused.code) from refused
        except sandbox.OutOfLimits as error:
            raise Problem(422, "file_too_large") from error
