"""What runs in the sandbox's child. The libraries are imported there only, so that a service stays small."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from documents.geometry import PageBox


def inspect(original: Path, normal: Path) -> tuple[list[PageBox], int, list[dict[str, Any]]]:
    """Check an upload and write it normalised: the boxes of its pages, its signatures, the fields it asks for."""
    from documents.uploads import acroform, intake, tags

    found = intake.inspect(original, normal)
    if found.signatures:
        return list(found.pages), found.signatures, []
    asked = [*tags.found(normal), *acroform.found(original, len(found.pages))]
    return list(found.pages), 0, [one.as_dict() for one in asked]


def keywords(source: Path, words: list[tuple[str, str, int]]) -> list[dict[str, Any]]:
    """The fields right after words in a file; see `documents.uploads.tags.keywords`."""
    from documents.uploads import tags

    return [one.as_dict() for one in tags.keywords(source, words)]


def page_image(source: Path, page: int, width: int) -> bytes:
    """A page as WebP."""
    from documents.rendering import render

    return render.page_image(source, page, width)


def page_text(source: Path, page: int) -> str:
    """The text of a page."""
    from documents.rendering import render

    return render.page_text(source, page)


def set_contract(
    markup: str, roles: tuple[tuple[str, str], ...], signing: dict[str, str], language: str
) -> tuple[bytes, list[tuple[float, float]], list[dict[str, Any]]]:
    """A contract of our own as a PDF, the sizes of its pages, and its fields."""
    from documents import pages
    from documents.papers import contractpages

    target = Path("contract.pdf")
    blanks = contractpages.compose(markup, contractpages.Words(roles=roles, language=language, **signing), target)
    sizes = [(width, height) for width, height in pages.sizes(target)]
    return target.read_bytes(), sizes, [_as_dict(one) for one in blanks]


def _as_dict(blank: Any) -> dict[str, Any]:
    place = blank.place
    return {
        "role": blank.role, "kind": blank.kind, "page": blank.page, "x": place.x, "y": place.y, "width": place.width,
        "height": place.height, "label": blank.label,
    }  # fmt: skip


def page_image_of(pdf: bytes, page: int, width: int) -> bytes:
    """A page of a PDF in memory as WebP."""
    from documents.rendering import render

    source = Path("shown.pdf")
    source.write_bytes(pdf)
    return render.page_image(source, page, width)
