"""What runs in the sandbox's child. The libraries are imported there only, so that a service stays small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from documents.fields import Field
from documents.sign import Act, Reserved

if TYPE_CHECKING:
    from documents.papers.certificate import Certificate
    from documents.papers.dossier import Dossier

Sizes = list[list[float]]


@dataclass(frozen=True)
class Ready:
    """A prepared file: the room for its certification, if it gets one; its plan as JSON; page sizes in points."""

    reserved: Reserved | None
    plan: str
    sizes: Sizes


def prepare(
    sources: Sequence[Path],
    titles: Sequence[str],
    fields: Sequence[Field],
    target: Path,
    act: Act,
    stamp: tuple[str, str] | None = None,
) -> Ready:
    """Join several files, stamp the margins, add all fields, reserve the certification.

    `stamp` is a text and the address for its QR code.
    """
    from documents import pages
    from documents.drawing import stamping
    from documents.revisions import prepare as preparing
    from documents.uploads import join

    joined = sources[0]
    if len(sources) > 1:
        joined = target.with_suffix(".joined")
        join.join(sources, joined, titles)
    if stamp:
        stamping.stamp(joined, target.with_suffix(".stamped"), *stamp)
        joined = target.with_suffix(".stamped")
    made = preparing.prepare(joined, target, fields, act)
    return Ready(made.reserved, made.plan.to_json(), pages.sizes(joined))


def prepare_signed(source: Path, fields: Sequence[Field], target: Path) -> Ready:
    """Add the signers' fields to a file that others have signed; every byte stays and nothing is certified."""
    from documents import pages
    from documents.revisions import extend

    plan = extend.prepare_signed(source, target, fields)
    return Ready(None, plan.to_json(), pages.sizes(source))


def read_plan(source: Path, fields: Sequence[Field]) -> str:
    """The plan, as JSON, of a file that was prepared without one."""
    from documents.revisions import planreading

    return planreading.read(source, fields).to_json()


def seal(plain: Path, target: Path, act: Act) -> Reserved:
    """Reserve an invisible signature in a file of our own."""
    from documents.revisions import sealing

    return sealing.seal_invisible(plain, target, act)


def certify(contents: Sequence[Certificate], targets: Sequence[Path]) -> None:
    """Write certificates of completion, not yet sealed."""
    from documents.papers import certificatepages

    for content, target in zip(contents, targets, strict=True):
        certificatepages.certificate(content, target)


def dossier(source: Path) -> Dossier:
    """Who signed a finished file, and what it carries to prove that."""
    from documents.papers import dossier

    return dossier.dossier(source)


def pem_files(certificates: Sequence[bytes]) -> list[tuple[str, bytes]]:
    """Certificates (DER) as PEM files with their names."""
    from documents import pem

    return pem.pem_files(certificates)


def certificates(source: Path, after: int = 0) -> list[bytes]:
    """The certificates in a file's signatures and time stamps that end beyond an offset, in DER."""
    from documents import longterm

    return longterm.certificates(source, after)


def reserve_archive(
    source: Path, target: Path, proof: tuple[tuple[bytes, ...], tuple[bytes, ...], tuple[bytes, ...]], capacity: int
) -> Reserved:
    """Append certificates, OCSP responses and CRLs, and room for a document time stamp."""
    from documents import longterm

    return longterm.reserve_archive(source, target, longterm.ValidationData(*proof), capacity)


@dataclass(frozen=True)
class LastStamp:
    """All certificates in an archived file, those of our own signatures, in DER; when the last time stamp's ends."""

    certificates: list[bytes]
    own: list[bytes]
    ends: datetime


def last_stamp(source: Path, after: int) -> LastStamp:
    """What renewing an archive time stamp needs; ``after`` is where what strangers had signed ends, in bytes."""
    from documents import longterm

    everything = longterm.certificates(source)
    own = longterm.certificates(source, after) if after else everything
    return LastStamp(everything, own, longterm.archive_ends(source))


def flaws(source: Path, roots: Sequence[bytes], lasting: bool, after: int = 0, unstamped: bool = False) -> list[str]:
    """What keeps a file's signatures from being sound, with ``lasting`` also in years; empty when nothing does.

    Of those that end at or before an offset, strangers' in an upload, no more is asked than that they are untouched.
    ``unstamped`` ones, of an older version, need not hold in years. A certificate that was revoked after its signature
    was stamped takes nothing from it (EN 319 102-1, 5.5.4), but pyHanko wants a proof that is older than any archive:
    where it finds nothing else, our own verification decides.
    """
    from documents import validate, verification

    found = validate.flaws(source, roots, archived=lasting, after=after, unstamped=unstamped)
    if lasting and found and validate.only_unproven(found):
        report = verification.verify(source, roots)
        stamped = all(one.level != "B-B" for one in report.signatures if one.role != "time_stamp")
        return [] if report.verdict == "authentic" and stamped else found
    return found


def mismatches(prepared: Path, finished: Path, fields: Sequence[Field], filled: Sequence[str]) -> list[str]:
    """Where the finished pages do not show what was prepared, or not what was filled in."""
    from documents.rendering import rendercheck

    return rendercheck.mismatches(prepared, finished, fields, filled)


def encode(png: bytes) -> bytes:
    """A picture as it goes into documents."""
    from documents.drawing import pictures

    return pictures.encode(png)


def page_image(source: Path, page: int, width: int) -> bytes:
    """A page as WebP."""
    from documents.rendering import render

    return render.page_image(source, page, width)


def page_text(source: Path, page: int) -> str:
    """The text of a page."""
    from documents.rendering import render

    return render.page_text(source, page)


def try_texts(texts: Sequence[tuple[str, float, float]]) -> None:
    """Refused when a text cannot be drawn or does not fit its width and height in points."""
    from documents.drawing.appearance import Frame
    from documents.drawing.appearance import text as draw
    from documents.drawing.textlayout import FontSet

    for text, width, height in texts:
        draw(Frame(width, height), text, FontSet())


def clean(data: bytes, remove_white: bool) -> bytes:
    """An uploaded picture made safe, as PNG."""
    from documents.drawing import images

    return images.clean_image(data, remove_white)


def typed(name: str, style: str) -> bytes:
    """A typed signature as PNG."""
    from documents.drawing import images

    return images.typed_signature(name, style)


def drawn(strokes: Sequence[Sequence[tuple[float, float]]], aspect: float) -> bytes:
    """A drawn signature as PNG."""
    from documents.drawing import images

    return images.drawn_signature(strokes, aspect)


def drawable(text: str) -> str:
    """The text without what no font can draw."""
    from documents.drawing import fonts

    missing = set(fonts.undrawable(text))
    return fonts.clean("".join(char for char in text if char not in missing))
