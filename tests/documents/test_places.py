"""Marks are where they were placed, to a thousandth of the page, on every page geometry."""

import io
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from documents import pages
from documents.drawing import pictures
from documents.fields import Field, Kind, Mark
from documents.geometry import Place
from documents.rendering import render
from documents.revisions import append
from documents.sign import Act
from documents.uploads import intake
from tests.documents import ceremony, makers
from tests.documents.authority import NOW, Signer

WIDTH = 1800
SHAPES: dict[str, dict[str, Any]] = {
    "plain": {},
    "turned 90": {"Rotate": 90},
    "turned 180": {"Rotate": 180},
    "turned 270": {"Rotate": 270},
    "turned -90": {"Rotate": -90},
    "cropped": {"MediaBox": [0, 0, 600, 800], "CropBox": [50, 100, 450, 700]},
    "cropped and turned": {"MediaBox": [0, 0, 600, 800], "CropBox": [50, 100, 450, 700], "Rotate": 90},
    "origin elsewhere": {"MediaBox": [-300, 200, 100, 800], "Rotate": 270},
    "box upside down": {"MediaBox": [400, 600, 0, 0]},
    "crop beyond media": {"CropBox": [-100, -100, 300, 5000]},
    "user unit": {"UserUnit": 2.5, "Rotate": 90},
    "inherited": {"MediaBox": [10, 10, 410, 610], "Rotate": 270, "inherit": True},
}
PLACES = [Place(0.0, 0.0, 0.2, 0.1), Place(0.55, 0.3, 0.25, 0.125), Place(0.9, 0.95, 0.1, 0.05)]
KINDS: list[Kind] = ["signature", "stamp", "signature"]
AROUND = 0.04  # fraction of the page around a place in which its mark is looked for


@pytest.mark.parametrize("shape", SHAPES)
def test_pictures_are_drawn_where_they_were_placed(shape: str, tmp_path: Path, platform: Signer, alice: Signer) -> None:
    makers.shaped(tmp_path / "shaped.pdf", **SHAPES[shape])
    taken = intake.inspect(tmp_path / "shaped.pdf", tmp_path / "taken.pdf")
    across, up = taken.pages[0].size
    pairs = zip(PLACES, KINDS, strict=True)
    form = [Field(str(row), "alice", kind, 0, place) for row, (place, kind) in enumerate(pairs)]
    certified, plan = ceremony.prepared(tmp_path / "taken.pdf", form, platform)
    marks = [Mark(field.id, field.kind, image=filling(field.place, across, up)) for field in form]
    done = tmp_path / "done.pdf"
    alice.finish(done, append.append(certified, done, plan, "alice", marks, Act(NOW)))
    for rendered in (by_pdfium(done), by_poppler(done)):
        for place in PLACES:
            edges = (place.x, place.y, place.x + place.width, place.y + place.height)
            assert drawn(rendered, place) == pytest.approx(edges, abs=0.001)


def filling(place: Place, across: float, up: float) -> bytes:
    """A picture in the shape of a place on a page of this size in points."""
    return pictures.encode(makers.png(round(across * place.width * 4), round(up * place.height * 4)))


def by_pdfium(path: Path) -> bytes:
    return render.page_image(path, 0, WIDTH)


def by_poppler(path: Path) -> bytes:
    size = ["-scale-to-x", str(WIDTH), "-scale-to-y", "-1", "-cropbox"]
    subprocess.run(["pdftoppm", "-png", "-singlefile", *size, str(path), str(path.with_suffix(""))], check=True)
    return path.with_suffix(".png").read_bytes()


def drawn(picture: bytes, near: Place) -> tuple[float, float, float, float]:
    """The box of what is red around a place in the picture of a page, in fractions of the page."""
    with Image.open(io.BytesIO(picture)) as image:
        x, y = (round(max(edge - AROUND, 0) * side) for edge, side in ((near.x, image.width), (near.y, image.height)))
        x1 = min(near.x + near.width + AROUND, 1) * image.width
        y1 = min(near.y + near.height + AROUND, 1) * image.height
        part = image.convert("RGB").crop((x, y, round(x1), round(y1)))
        red, green, _ = part.split()
        seen = red.point([0] * 160 + [255] * 96), green.point([255] * 110 + [0] * 146)
        mask = Image.composite(seen[0], Image.new("L", part.size, 0), seen[1])
        left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
        across, up = image.size
        return (x + left) / across, (y + top) / up, (x + right) / across, (y + bottom) / up


@pytest.mark.parametrize("shape", ["plain", "turned 90", "user unit"])
def test_text_stands_upright_and_inside_its_place(shape: str, tmp_path: Path, platform: Signer, alice: Signer) -> None:
    makers.shaped(tmp_path / "shaped.pdf", **SHAPES[shape])
    intake.inspect(tmp_path / "shaped.pdf", tmp_path / "taken.pdf")
    place = Place(0.3, 0.4, 0.4, 0.1)
    field = Field("f", "alice", "text", 0, place)
    certified, plan = ceremony.prepared(tmp_path / "taken.pdf", [field], platform)
    done = tmp_path / "done.pdf"
    mark = Mark("f", "text", text="一二三四五六七八九十 " * 3)
    alice.finish(done, append.append(certified, done, plan, "alice", [mark], Act(NOW)))
    left, top, right, bottom = ink(done)
    assert place.x - 0.001 <= left < right <= place.x + place.width + 0.001
    assert place.y - 0.001 <= top < bottom <= place.y + place.height + 0.001
    assert right - left > bottom - top


def ink(path: Path) -> tuple[float, float, float, float]:
    """The box of what is dark on the first page, in fractions of it."""
    with Image.open(io.BytesIO(render.page_image(path, 0, 1200))) as image:
        box = image.convert("L").point([255] * 128 + [0] * 128).getbbox()
        left, top, right, bottom = box or (0, 0, 0, 0)
        return left / image.width, top / image.height, right / image.width, bottom / image.height


def test_every_shape_is_shown_by_the_renderer_in_the_size_that_is_counted(tmp_path: Path) -> None:
    import pikepdf

    for shape, attributes in SHAPES.items():
        source = makers.shaped(tmp_path / "shaped.pdf", **attributes)
        with pikepdf.open(source) as pdf:
            across, up = pages.box(pdf.pages[0]).size
        with Image.open(io.BytesIO(render.page_image(source, 0, 800))) as image:
            assert image.width / image.height == pytest.approx(across / up, abs=0.005), shape
