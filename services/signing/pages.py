"""Pages of the document as it stands, as pictures and as text; kept in the store for the next reader."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any
from uuid import UUID

from chassis.database import EVERYONE
from chassis.problem import not_found
from chassis.service import Runtime
from chassis.storage import Missing, scratch_folder
from chassis.tokens import Principal
from services.signing import files, jobs
from services.signing.entrance import enter
from services.signing.fill import own_picture
from services.signing.judging import judge

WIDTHS = (800, 1600)


def image(runtime: Runtime, ref: str, who: Principal, page: int, width: int) -> tuple[IO[bytes], str]:
    """A page (from 0) as WebP of this width in pixels, and its entity tag."""
    return _cached(runtime, ref, who, page, f"{width}.webp", jobs.page_image, page, width)


def text(runtime: Runtime, ref: str, who: Principal, page: int) -> str:
    """The text of a page (from 0)."""
    stream, _ = _cached(runtime, ref, who, page, "txt", _text_bytes, page)
    with stream:
        return stream.read().decode()


def field_image(runtime: Runtime, ref: str, who: Principal, field_id: UUID) -> tuple[IO[bytes], str]:
    """The picture in a field of one's own, and its entity tag."""
    with runtime.db.read(EVERYONE) as session:
        key, sha256 = own_picture(session, enter(session, ref, who), field_id)
    return runtime.storage.open(key), sha256


def _text_bytes(source: Path, page: int) -> bytes:
    return jobs.page_text(source, page).encode()


def _cached(
    runtime: Runtime, ref: str, who: Principal, page: int, suffix: str, job: Any, *values: int
) -> tuple[IO[bytes], str]:
    with runtime.db.read(EVERYONE) as session:
        party = enter(session, ref, who)
        party.demand_readable()
        ceremony = party.ceremony
    if not 0 <= page < len(ceremony.pages):
        raise not_found()
    file: dict[str, Any] = ceremony.file or {}
    tag = f"{file['sha256'][:32]}-{page}-{suffix}"
    key = f"ceremonies/{ceremony.id}/pages/{tag}"
    try:
        return runtime.storage.open(key), tag
    except Missing:
        _make(runtime, file, key, job, *values)
    return runtime.storage.open(key), tag


def _make(runtime: Runtime, file: dict[str, Any], key: str, job: Any, *values: int) -> None:
    with scratch_folder() as folder:
        source = files.fetch_checked(runtime, file["key"], file["sha256"], folder / "document.pdf")
        made = folder / "made"
        made.write_bytes(judge(job, source, *values))
        runtime.storage.put(key, made)
