"""Marks are within a thousandth of the page of where they were placed, in pdfium's picture and in poppler's."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageChops

from documents import pages
from documents.drawing import pictures
from documents.fields import Field, Kind, Mark
from documents.geometry import PageBox, Place
from documents.rendering import render
from documents.revisions import append, extend, prepare
from documents.uploads import intake, join
from tests.documents import ceremony, makers, strangers
from tests.documents.authority import Authority, Signer

pytestmark = pytest.mark.slow

SHORT_SIDE = 1800  # pixels: a thousandth is 1.8
CROP = {"MediaBox": [0, 0, 600, 800], "CropBox": [50, 100, 450, 700]}
SHAPES: dict[str, dict[str, Any]] = {
    "plain": {},
    **{f"turned {angle}": {"Rotate": angle} for angle in (90, 180, 270, -90, 450)},
    "cropped": CROP,
    **{f"cropped and turned {angle}": {**CROP, "Rotate": angle} for angle in (90, 180, 270)},
    "crop beyond media": {"CropBox": [-100, -100, 300, 5000]},
    "origin elsewhere": {"MediaBox": [-300, 200, 100, 800], "Rotate": 270},
    "box upside down": {"MediaBox": [400, 600, 0, 0]},
    "odd sizes": {"MediaBox": [0.37, -0.91, 595.276, 841.89], "Rotate": 90},
    "user unit": {"UserUnit": 2.5},
    "user unit, cropped and turned": {**CROP, "UserUnit": 0.4, "Rotate": 90},
    "wide": {"MediaBox": [0, 0, 3370, 842]},
    "small": {"MediaBox": [0, 0, 72, 100]},
    "inherited": {"MediaBox": [10, 10, 410, 610], "Rotate": 270, "inherit": True},
    "inherited crop": {**CROP, "Rotate": 180, "inherit": True},
}
PLACES: list[tuple[Kind, Place, tuple[int, int, int]]] = [
    ("signature", Place(0.0, 0.0, 0.2, 0.1), (255, 0, 0)),
    ("stamp", Place(0.9, 0.95, 0.1, 0.05), (0, 255, 0)),
    ("signature", Place(0.3137, 0.4242, 0.25, 0.125), (0, 0, 255)),
    ("stamp", Place(0.02, 0.9, 0.05, 0.08), (255, 0, 255)),
]
Edges = tuple[float, float, float, float]


def by_pdfium(path: Path, page: int) -> Image.Image:
    """The page as the signing pages show it, and as Chrome would."""
    with render.opened(path) as pdf:
        opened = render.page_of(pdf, page)
        shown = render.drawn(opened, SHORT_SIDE / min(opened.get_size())).to_pil().convert("RGB")
        opened.close()
        return shown


def by_poppler(path: Path, page: int) -> Image.Image:
    """The page as Evince and Okular show it."""
    with pikepdf.open(path) as pdf:
        across, up = pages.box(pdf.pages[page]).size
    target, number = path.with_suffix(""), str(page + 1)
    size = ["-cropbox", "-scale-to", str(round(SHORT_SIDE * max(across, up) / min(across, up)))]
    one = ["-f", number, "-l", number, "-singlefile"]
    subprocess.run(["pdftoppm", *size, *one, str(path), str(target)], check=True, capture_output=True)
    with Image.open(target.with_suffix(".ppm")) as image:
        return image.convert("RGB")


RENDERERS = (by_pdfium, by_poppler)


def found(picture: Image.Image, colour: tuple[int, int, int]) -> Edges:
    """The box of what has this colour, in fractions of the page."""
    bands = [
        band.point([255 * (abs(level - wanted) < 128) for level in range(256)])
        for band, wanted in zip(picture.split(), colour, strict=True)
    ]
    left, top, right, bottom = ImageChops.darker(ImageChops.darker(*bands[:2]), bands[2]).getbbox() or (0, 0, 0, 0)
    return left / picture.width, top / picture.height, right / picture.width, bottom / picture.height


def fields_on(page: int) -> list[Field]:
    return [Field(f"{page}-{row}", "alice", kind, page, place) for row, (kind, place, _) in enumerate(PLACES)]


def marks_on(page: int, box: PageBox) -> list[Mark]:
    """A picture in one colour for each field, of the field's own proportions."""
    return [Mark(field.id, field.kind, image=solid(box, row)) for row, field in enumerate(fields_on(page))]


def solid(box: PageBox, row: int) -> bytes:
    across, up = box.size
    _, place, colour = PLACES[row]
    scale = 1200 / max(across * place.width, up * place.height)
    size = round(across * place.width * scale), round(up * place.height * scale)
    return pictures.encode(makers.png(*size, colour=colour))


def finished(folder: Path, sources: Sequence[Path], platform: Signer, alice: Signer) -> tuple[Path, int]:
    """Uploads taken in, joined, prepared and signed, with a mark in every place of every page."""
    taken = [intake.inspect(source, folder / f"taken-{number}.pdf") for number, source in enumerate(sources)]
    boxes = [box for one in taken for box in one.pages]
    joined, prepared, done = (folder / f"{step}.pdf" for step in ("joined", "prepared", "done"))
    join.join([folder / f"taken-{number}.pdf" for number in range(len(taken))], joined, ["x"] * len(taken))
    fields = [field for page in range(len(boxes)) for field in fields_on(page)]
    made = prepare.prepare(joined, prepared, fields, ceremony.act("Signet"))
    platform.finish(prepared, made.reserved)
    marks = [mark for page, box in enumerate(boxes) for mark in marks_on(page, box)]
    reserved = append.append(prepared, done, made.plan, "alice", marks, ceremony.act("alice"))
    return alice.finish(done, reserved), len(boxes)


def require_in_place(path: Path, page: int, rows: Sequence[int] = range(len(PLACES))) -> None:
    for renderer in RENDERERS:
        picture = renderer(path, page)
        for row in rows:
            _, place, colour = PLACES[row]
            wanted = (place.x, place.y, place.x + place.width, place.y + place.height)
            assert found(picture, colour) == pytest.approx(wanted, abs=0.001), (renderer.__name__, page, row)


@pytest.mark.parametrize("shape", SHAPES)
def test_marks_are_where_they_were_placed(shape: str, tmp_path: Path, platform: Signer, alice: Signer) -> None:
    source = makers.shaped(tmp_path / "shaped.pdf", **SHAPES[shape])
    done, _ = finished(tmp_path, [source], platform, alice)
    require_in_place(done, 0)


def test_marks_are_where_they_were_placed_in_a_file_of_mixed_pages(
    tmp_path: Path, platform: Signer, alice: Signer
) -> None:
    names = ["wide", "cropped and turned 90", "user unit", "small", "inherited"]
    sources = [makers.shaped(tmp_path / f"{number}.pdf", **SHAPES[name]) for number, name in enumerate(names)]
    mixed = tmp_path / "mixed.pdf"
    with pikepdf.new() as pdf:
        for source in sources:
            with pikepdf.open(source) as one:
                pdf.pages.extend(one.pages)
        pdf.save(mixed)
    done, count = finished(tmp_path, [mixed, sources[1]], platform, alice)
    assert count == len(names) + 1
    for page in range(count):
        require_in_place(done, page)


def test_attributes_of_a_deep_page_tree_are_inherited(tmp_path: Path, platform: Signer, alice: Signer) -> None:
    source = makers.bare(
        tmp_path / "deep.pdf",
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 2 /MediaBox [0 0 600 800] /Rotate 90 >>",
        b"<< /Type /Pages /Parent 2 0 R /Kids [4 0 R 5 0 R] /Count 2 /CropBox [50 100 450 700] >>",
        b"<< /Type /Page /Parent 3 0 R >>",
        b"<< /Type /Page /Parent 3 0 R /Rotate 180 /MediaBox [20 20 500 500] >>",
    )
    done, _ = finished(tmp_path, [source], platform, alice)
    require_in_place(done, 0)
    require_in_place(done, 1)


@pytest.mark.parametrize("shape", ["plain", "cropped and turned 90", "origin elsewhere", "user unit", "inherited crop"])
def test_marks_are_where_they_were_placed_in_a_file_that_is_signed_already(
    shape: str, tmp_path: Path, alice: Signer
) -> None:
    plain = makers.shaped(tmp_path / "shaped.pdf", **SHAPES[shape])
    with pikepdf.open(plain, inherit_page_attributes=False) as pdf:
        pdf.save(tmp_path / "regular.pdf")
    source = strangers.approve(tmp_path / "regular.pdf", Authority("Another Root").signer("Dora"))
    box = intake.inspect(source, tmp_path / "taken.pdf").pages[0]
    field, extended, done = fields_on(0)[2], tmp_path / "extended.pdf", tmp_path / "done.pdf"
    plan = extend.prepare_signed(tmp_path / "taken.pdf", extended, [field])
    marks = [Mark(field.id, field.kind, image=solid(box, 2))]
    alice.finish(done, append.append(extended, done, plan, "alice", marks, ceremony.act("alice")))
    require_in_place(done, 0, [2])


@pytest.mark.parametrize("renderer", RENDERERS)
def test_the_measure_tells_a_mark_that_is_two_thousandths_away(
    renderer: Callable[[Path, int], Image.Image], tmp_path: Path, platform: Signer, alice: Signer
) -> None:
    done, _ = finished(tmp_path, [makers.shaped(tmp_path / "shaped.pdf")], platform, alice)
    with pikepdf.open(done) as pdf:
        widget = next(item for item in pdf.Root.AcroForm.Fields if str(item.T) == "stamp_0-3")
        widget.Rect = pikepdf.Array([float(edge) + 0.8 for edge in widget.Rect])
        pdf.save(tmp_path / "moved.pdf")
    left = found(renderer(tmp_path / "moved.pdf", 0), PLACES[3][2])[0]
    assert left - PLACES[3][1].x == pytest.approx(0.002, abs=0.0006)
