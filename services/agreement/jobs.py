"""What runs in the sandbox's child. The libraries are imported there only, so that a service stays small."""

from __future__ import annotations

from pathlib import Path

from documents.geometry import PageBox


def inspect(original: Path, normal: Path) -> tuple[list[PageBox], int]:
    """Check an upload and write it normalised; the boxes of its pages, and how many signatures it carries."""
    from documents.uploads import intake

    found = intake.inspect(original, normal)
    return list(found.pages), found.signatures


def page_image(source: Path, page: int, width: int) -> bytes:
    """A page as WebP."""
    from documents.rendering import render

    return render.page_image(source, page, width)


def page_text(source: Path, page: int) -> str:
    """The text of a page."""
    from documents.rendering import render

    return render.page_text(source, page)
