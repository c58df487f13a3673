"""What runs in the sandbox's child. The libraries are imported there only, so that a service stays small."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from documents.fields import Field, Mark
from documents.sign import Act, Reserved

if TYPE_CHECKING:
    from documents.certificate import Certificate

Sizes = list[list[float]]


def prepare(
    sources: Sequence[Path], titles: Sequence[str], fields: Sequence[Field], target: Path, act: Act
) -> tuple[Reserved, Sizes]:
    """Join several files, add all fields, reserve the certification; also the size of each page in points."""
    from documents import join, pages
    from documents import prepare as preparing

    joined = sources[0]
    if len(sources) > 1:
        joined = target.with_suffix(".joined")
        join.join(sources, joined, titles)
    return preparing.prepare(joined, target, fields, act), pages.sizes(joined)


def append(
    source: Path, target: Path, recipient: str, fields: Sequence[Field], marks: Sequence[Mark], act: Act
) -> Reserved:
    """Append one signer's act; the caption below the signature is the name and the time."""
    from documents import append as appending

    caption = drawable(f"{act.name} {act.signed_at:%Y-%m-%d %H:%M} UTC")
    return appending.append(source, target, recipient, fields, marks, act, caption)


def certify(content: Certificate, plain: Path, target: Path, act: Act) -> Reserved:
    """Write the certificate of completion and reserve its seal."""
    from documents import certificatepages, sealing

    certificatepages.certificate(content, plain)
    return sealing.seal_invisible(plain, target, act)


def flaws(source: Path, roots: Sequence[bytes]) -> list[str]:
    """What is wrong with the signatures of a finished file; empty when all are sound and the last covers all of it."""
    from documents import validate

    found = validate.signatures(source, roots)
    return [] if validate.all_sound(found) else [str(one) for one in found if not one.sound] or ["no full coverage"]


def page_image(source: Path, page: int, width: int) -> bytes:
    """A page as WebP."""
    from documents import render

    return render.page_image(source, page, width)


def page_text(source: Path, page: int) -> str:
    """The text of a page."""
    from documents import render

    return render.page_text(source, page)


def try_texts(texts: Sequence[tuple[str, float, float]]) -> None:
    """Refused when a text cannot be drawn or does not fit its width and height in points."""
    from documents.appearance import Frame
    from documents.appearance import text as draw
    from documents.textlayout import FontSet

    for text, width, height in texts:
        draw(Frame(width, height), text, FontSet())


def clean(data: bytes, remove_white: bool) -> bytes:
    """An uploaded picture made safe, as PNG."""
    from documents import images

    return images.clean_image(data, remove_white)


def typed(name: str, style: str) -> bytes:
    """A typed signature as PNG."""
    from documents import images

    return images.typed_signature(name, style)


def drawn(strokes: Sequence[Sequence[tuple[float, float]]], aspect: float) -> bytes:
    """A drawn signature as PNG."""
    from documents import images

    return images.drawn_signature(strokes, aspect)


def drawable(text: str) -> str:
    """The text without what no font can draw."""
    from documents import fonts

    missing = set(fonts.undrawable(text))
    return fonts.clean("".join(char for char in text if char not in missing))
