"""A seal is printed as large as it is: measured in the pictures of two renderers at 600 dots to the inch."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from documents import pages
from documents.drawing import pictures
from documents.drawing.seals.design import Design
from documents.drawing.seals.drawing import make
from documents.fields import Field, Mark
from documents.geometry import POINTS, Place, printed
from documents.rendering import render, rendercheck
from documents.revisions import append, prepare
from documents.uploads import intake
from tests.documents import ceremony, makers
from tests.documents.authority import Signer

DPI = 600
CROP = {"MediaBox": [0, 0, 600, 800], "CropBox": [50, 100, 450, 700]}
SHAPES: dict[str, dict[str, Any]] = {
    "plain": {"MediaBox": [0, 0, 595, 842]},
    "turned 90": {"Rotate": 90},
    "turned 180": {"Rotate": 180},
    "cropped and turned 270": {**CROP, "Rotate": 270},
    "user unit": {"MediaBox": [0, 0, 240, 330], "UserUnit": 2.5},
    "user unit, cropped and turned": {**CROP, "UserUnit": 0.8, "Rotate": 90},
}
MIDDLE, CORNER = Place(0.4, 0.45, 0.2, 0.06), Place(0.93, 0.97, 0.06, 0.02)
ROUND = Design("round", "深圳市星河科技有限公司", lower="合同专用章")
Edges = tuple[float, float, float, float]
Renderer = Callable[[Path], Image.Image]


def by_pdfium(path: Path) -> Image.Image:
    with render.opened(path) as pdf:
        opened = render.page_of(pdf, 0)
        shown = render.drawn(opened, _dots(path, opened.get_size()[0])).to_pil().convert("RGB")
        opened.close()
        return shown


def _dots(path: Path, units: float) -> float:
    """Pixels to what pdfium takes for a point, which is a user unit or a real one."""
    with pikepdf.open(path) as pdf:
        return pages.box(pdf.pages[0]).size[0] / units * DPI / 72


def by_poppler(path: Path) -> Image.Image:
    with pikepdf.open(path) as pdf:
        across, up = pages.box(pdf.pages[0]).size
    size = ["-scale-to", str(round(max(across, up) * DPI / 72))]
    target = path.with_suffix("")
    subprocess.run(["pdftoppm", "-cropbox", *size, "-singlefile", str(path), str(target)], check=True)
    with Image.open(target.with_suffix(".ppm")) as image:
        return image.convert("RGB")


RENDERERS: tuple[Renderer, ...] = (by_pdfium, by_poppler)


def measured(picture: Image.Image) -> Edges:
    """The edges of what is red, in millimetres from the upper left corner of the page."""
    _, green, _ = picture.split()
    box = green.point([255] * 128 + [0] * 128).getbbox() or (0, 0, 0, 0)
    left, top, right, bottom = (edge * 25.4 / DPI for edge in box)
    return left, top, right, bottom


def stamped(
    folder: Path, source: Path, place: Place, size: tuple[float, float] | None, image: bytes, platform: Signer,
    alice: Signer,
) -> Path:  # fmt: skip
    """The finished document with the seal in a field there, checked as before anybody is told."""
    prepared, done = folder / "prepared.pdf", folder / "done.pdf"
    taken = intake.inspect(source, folder / "taken.pdf")
    fields = [Field("s", "alice", "stamp", 0, place), Field("n", "alice", "signature", 0, Place(0.05, 0.05, 0.2, 0.05))]
    made = prepare.prepare(folder / "taken.pdf", prepared, fields, ceremony.act("Signet"))
    platform.finish(prepared, made.reserved)
    marks = [Mark("s", "stamp", image=image, size=size)]
    alice.finish(done, append.append(prepared, done, made.plan, "alice", marks, ceremony.act("alice")))
    covers = printed(taken.pages[0].size, place, size) if size else None
    checked = [Field("s", "alice", "stamp", 0, place, covers=covers), fields[1]]
    assert rendercheck.mismatches(prepared, done, checked, {"s"}) == []
    return done


@pytest.mark.parametrize("kept", ["vector", "picture"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_round_seal_of_42_mm_is_42_mm_over_the_middle_of_its_field(
    shape: str, kept: str, tmp_path: Path, platform: Signer, alice: Signer
) -> None:
    source = makers.shaped(tmp_path / "shaped.pdf", **SHAPES[shape])
    made = make(ROUND, 400)
    image = made.drawing or b"" if kept == "vector" else pictures.encode(made.png)
    done = stamped(tmp_path, source, MIDDLE, (42, 42), image, platform, alice)
    with pikepdf.open(done) as pdf:
        across, up = (side / POINTS for side in pages.box(pdf.pages[0]).size)
    for renderer in RENDERERS:
        left, top, right, bottom = measured(renderer(done))
        assert (right - left, bottom - top) == (pytest.approx(42, abs=0.2), pytest.approx(42, abs=0.2)), renderer
        assert ((left + right) / 2, (top + bottom) / 2) == (
            pytest.approx(across * 0.5, abs=0.2), pytest.approx(up * 0.48, abs=0.2),
        )  # fmt: skip


@pytest.mark.parametrize("shape", ["plain", "cropped and turned 270"])
def test_in_a_corner_it_is_moved_onto_the_page_and_stays_as_large(
    shape: str, tmp_path: Path, platform: Signer, alice: Signer
) -> None:
    source = makers.shaped(tmp_path / "shaped.pdf", **SHAPES[shape])
    done = stamped(tmp_path, source, CORNER, (42, 42), make(ROUND, 100).drawing or b"", platform, alice)
    with pikepdf.open(done) as pdf:
        across, up = (side / POINTS for side in pages.box(pdf.pages[0]).size)
    for renderer in RENDERERS:
        left, top, right, bottom = measured(renderer(done))
        assert (right - left, bottom - top) == (pytest.approx(42, abs=0.2), pytest.approx(42, abs=0.2))
        assert (right, bottom) == (pytest.approx(across, abs=0.2), pytest.approx(up, abs=0.2))


def test_the_largest_seal_and_an_oblong_one_are_as_large_as_they_are(
    tmp_path: Path, platform: Signer, alice: Signer
) -> None:
    source = makers.shaped(tmp_path / "shaped.pdf", **SHAPES["plain"])
    for name, design in (("round", Design("round", "星河", size=100)), ("oval", Design("oval", "星河科技", size=90))):
        (tmp_path / name).mkdir()
        made = make(design, 100)
        size = made.width, made.height
        done = stamped(tmp_path / name, source, MIDDLE, size, made.drawing or b"", platform, alice)
        left, top, right, bottom = measured(by_pdfium(done))
        assert (right - left, bottom - top) == pytest.approx(size, abs=0.2)


def test_on_a_page_that_is_smaller_a_seal_is_as_large_as_the_page(
    tmp_path: Path, platform: Signer, alice: Signer
) -> None:
    source = makers.shaped(tmp_path / "shaped.pdf", MediaBox=[0, 0, 85, 170])
    place = Place(0.1, 0.6, 0.3, 0.1)
    done = stamped(tmp_path, source, place, (42, 42), make(ROUND, 100).drawing or b"", platform, alice)
    for renderer in RENDERERS:
        left, top, right, bottom = measured(renderer(done))
        assert (right - left, bottom - top) == pytest.approx((85 / POINTS, 85 / POINTS), abs=0.2)


def test_an_uploaded_stamp_without_a_size_fills_its_field(tmp_path: Path, platform: Signer, alice: Signer) -> None:
    source = makers.shaped(tmp_path / "shaped.pdf", **SHAPES["turned 90"])
    image = pictures.encode(makers.png(300, 300, colour=(200, 0, 0)))
    place = Place(0.4, 0.4, 0.3, 0.2)
    done = stamped(tmp_path, source, place, None, image, platform, alice)
    left, top, right, bottom = measured(by_pdfium(done))
    with pikepdf.open(done) as pdf:
        _, up = (side / POINTS for side in pages.box(pdf.pages[0]).size)
    assert bottom - top == pytest.approx(up * 0.2, abs=0.2)
    assert right - left == pytest.approx(up * 0.2, abs=0.2)
